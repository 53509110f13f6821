"""What a row below a header is: a record, a note, a sum, or the header printed once more."""

import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import cache

from importers.column_contents import Content, share_of
from importers.header_vocabulary import plain
from importers.headers import Header
from importers.table_words import table_words

_SHORT = 12
"""Characters of a signature or sum at most; what is longer tells a matter."""

_LONGEST_NOTE = 60
"""Characters of a note that stands where a matter would."""


class RowKind(Enum):
    """Kinds of rows."""

    RECORD = auto()
    NOTE = auto()
    TOTAL = auto()
    HEADER_AGAIN = auto()


def kind_of(filled: Mapping[int, str], header: Header, *, below_record: bool) -> RowKind:
    """The kind of a row by the texts of its filled cells; `below_record` when the row above it is a record."""
    if not filled:
        return RowKind.NOTE
    if is_header_again(filled, header):
        return RowKind.HEADER_AGAIN
    first = next(iter(filled.values()))
    matter = filled.get(header.columns.get("summary", header.columns.get("text", -1)), "")
    if len(filled) == 1:
        alone = not matter and not (below_record and _is_name(filled, header))
        return RowKind.NOTE if alone or (_is_note(first) and len(first) <= _LONGEST_NOTE) else RowKind.RECORD
    if _is_total(first) and len(matter) <= _SHORT:
        return RowKind.TOTAL
    if _is_note(first) and (not matter or _is_note(matter)):
        return RowKind.NOTE
    return RowKind.RECORD


def _is_note(text: str) -> bool:
    return table_words().note.match(text) is not None or plain(text) in table_words().notes


def _is_total(text: str) -> bool:
    return _totals().fullmatch("".join(text.split())) is not None


@cache
def _totals() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, table_words().totals), key=len, reverse=True))
    return re.compile(rf"[(（]?(?:{words})[)）]?[:：]?\d*[件批人次]{{0,2}}")


def is_header_again(filled: Mapping[int, str], header: Header) -> bool:
    """True when every filled cell stands in one of the header's lines, and at least half of the line is there."""
    return any(
        len(filled) >= max(2, len(line) / 2) and all(line.get(index) == plain(text) for index, text in filled.items())
        for line in header.lines
    )


def _is_name(filled: Mapping[int, str], header: Header) -> bool:
    """True for a name alone: below a record its matter is merged with the row above."""
    ((index, text),) = filled.items()
    return index == header.columns.get("name") and share_of(Content.NAME, [text]) > 0
