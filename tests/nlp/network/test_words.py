"""The network's own words are found by the longest match."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.network.words import Words

_WORDS = Words(("老人", "老人家", "人家", "病"))


def test_the_longest_word_is_taken_and_what_is_no_word_has_nought():
    assert _WORDS.encode("老人家病了").tolist() == [2, 2, 2, 4, 0]
    assert _WORDS.sequence("老人病了") == [1, 4]


@given(st.text(alphabet="老人家病了，"))
def test_every_character_has_a_number_below_the_size(text: str):
    found = _WORDS.encode(text)
    assert len(found) == len(text)
    assert (found < _WORDS.size).all()


def test_without_words_nothing_is_one():
    assert Words(()).encode("老人").tolist() == [0, 0]
