"""Portions hold every text once, in order, and no more than they may."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.portions import portions


@given(st.lists(st.text(max_size=12), max_size=20), st.integers(1, 20), st.integers(0, 5))
def test_every_text_is_in_one_portion_in_order(contents: list[str], most: int, apart: int):
    found = list(portions(contents, most, apart=apart))

    assert [one for begin, end in found for one in contents[begin:end]] == contents
    for begin, end in found:
        assert end == begin + 1 or sum(len(one) + apart for one in contents[begin:end]) <= most


def test_a_portion_takes_what_fits_and_a_longer_text_stands_alone():
    assert list(portions(["甲乙", "丙", "丁" * 9, "戊", "己"], 3)) == [(0, 2), (2, 3), (3, 5)]
    assert list(portions(["甲乙", "丙"], 4, apart=1)) == [(0, 1), (1, 2)]
    assert list(portions([], 3)) == []
