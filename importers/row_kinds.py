"""What a row below a header is: a record, a note, a sum, or the header printed once more."""

import re
from enum import Enum, auto
from functools import cache

from importers.cells import text_of
from importers.column_contents import Content, share_of
from importers.formats.parts import Row
from importers.header_vocabulary import plain
from importers.headers import Header
from importers.table_words import table_words

_SHORT = 12
"""Characters of a signature or sum at most; what is longer tells a matter."""


class RowKind(Enum):
    """Kinds of rows."""

    RECORD = auto()
    NOTE = auto()
    TOTAL = auto()
    HEADER_AGAIN = auto()


def kind_of(row: Row, header: Header, *, previous: int | None) -> RowKind:
    """The kind of a row that is not blank; `previous` is the number of the record read last."""
    filled = {index: text for index, cell in enumerate(row.cells) if (text := text_of(cell))}
    if not filled:
        return RowKind.NOTE
    if _is_header_again(filled, header):
        return RowKind.HEADER_AGAIN
    first = filled[min(filled)]
    matter = filled.get(header.columns.get("summary", header.columns.get("text", -1)), "")
    if len(filled) == 1:
        alone = not matter and not _is_further_person(filled, row, header, previous)
        return RowKind.NOTE if alone or _is_note(first) else RowKind.RECORD
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


def _is_header_again(filled: dict[int, str], header: Header) -> bool:
    """True when every filled cell stands in one of the header's lines, and at least half of the line is there."""
    for line in header.lines:
        written = {index: plain(text) for index, text in enumerate(line) if text}
        same = all(written.get(index) == plain(text) for index, text in filled.items())
        if same and len(filled) >= max(2, len(written) / 2):
            return True
    return False


def _is_further_person(filled: dict[int, str], row: Row, header: Header, previous: int | None) -> bool:
    """True for a name alone below a record: its matter is merged with the row above."""
    ((index, text),) = filled.items()
    return (
        index == header.columns.get("name")
        and previous is not None
        and row.number == previous + 1
        and share_of(Content.NAME, [text]) > 0
    )
