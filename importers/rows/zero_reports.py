"""Rows that only say that nobody came: 郭家垛村, 本周无."""

import re
from collections.abc import Mapping
from functools import cache

from importers.headers.header import Header, matter_columns
from importers.headers.vocabulary import plain
from importers.words.table_words import table_words

_MAY_STAND = ("town", "village", "natural_village", "group", "address", "occurred_on", "year", "month", "day")
"""What a report of nothing tells all the same: of where, and when."""
_SHORTEST_BY_ITSELF = 3
"""Characters that say it in any column: 本周无; 无 may be about that column alone."""
_MARKS = re.compile(r"[\W_]+")


def reports_nothing(filled: Mapping[int, str], header: Header) -> bool:
    """True for a row that names nobody and no matter, and says that there are none.

    无 says so in the column of the name or the matter, 本周无 or 零报告 in any. 匿名 and 不详 are somebody, 待补 is
    a matter to come, and an office's number was given to something.
    """
    may_stand = {index for field in _MAY_STAND for index in header.places.get(field, ())}
    telling = {index for places in header.places.values() for index in places} - may_stand
    if not all(_is_nothing(text) for index, text in filled.items() if index in telling):
        return False
    who_and_what = {*header.places.get("name", ()), *matter_columns(header)}
    return any(
        _says_nothing_came(text) and (index in who_and_what or len(text) >= _SHORTEST_BY_ITSELF)
        for index, text in filled.items()
        if index not in _counting(header)
    )


def _is_nothing(text: str) -> bool:
    return _MARKS.fullmatch(text) is not None or _says_nothing_came(text)


def _says_nothing_came(text: str) -> bool:
    return table_words().zero_report.fullmatch("".join(text.split())) is not None


def _counting(header: Header) -> frozenset[int]:
    return frozenset(index for index, text in enumerate(header.texts) if plain(text) in _counters())


@cache
def _counters() -> frozenset[str]:
    return frozenset(map(plain, table_words().counters))
