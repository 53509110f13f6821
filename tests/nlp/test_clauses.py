"""Clauses end at stops, at line ends, and where somebody wrote a space for a stop; every character keeps its place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.clauses import split_clauses


def _texts(content: str) -> list[str]:
    return [clause.text for clause in split_clauses(content)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("老人病了，没钱看。求助！", ["老人病了", "没钱看", "求助"]),
        ("路灯坏了\n水也停了", ["路灯坏了", "水也停了"]),
        ("房子塌了 没地方住 求帮助", ["房子塌了", "没地方住", "求帮助"]),
        ("欠 3 万元 和 iPhone 一部", ["欠 3 万元", "和 iPhone 一部"]),
        ("  。。 ， ", []),
        ("", []),
    ],
)
def test_a_text_is_cut_where_its_writer_stopped(content: str, expected: list[str]):
    assert _texts(content) == expected


@given(st.text(alphabet="病了房水 a1，。\n", max_size=60))
def test_every_clause_stands_where_it_says(content: str):
    clauses = split_clauses(content)
    assert all(content[clause.start : clause.end] == clause.text != "" for clause in clauses)
    assert all(one.end <= other.start for one, other in pairwise(clauses))


@given(st.text(alphabet="病了房水 a1，。\n", max_size=60))
def test_only_stops_and_white_is_left_out(content: str):
    kept = "".join(_texts(content))
    assert sorted("".join(kept.split())) == sorted(sign for sign in content if sign not in " ，。\n")
