"""Tables that stand beside or behind another: a second one to the right, and one that goes on without a header."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from importers.formats.parts import Row
from importers.headers.block import FEWEST_TWICE
from importers.headers.header import Header
from importers.headers.vocabulary import plain
from importers.values.cells import text_of
from importers.values.column_contents import Content, share_of

_OF_EACH_RECORD = ("household_id", "head_name", "name", "summary")
_HOUSEHOLD = re.compile(r"\d{8,20}")
_FEWEST_FITTING = 2
_TELLING = {
    "name": Content.NAME,
    "head_name": Content.NAME,
    "occurred_on": Content.DATE,
    "published_at": Content.DATE,
    "phone": Content.PHONE,
    "id_number": Content.ID_NUMBER,
}


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """The table with a header that was read last."""

    part: str
    label: str
    header: Header


def columns_of_table_beside(header: Header) -> tuple[int, ...]:
    """The columns of a second table right of the first, whose header begins anew; none as a rule."""
    texts = [plain(text) for text in header.texts]
    counted = Counter(text for text in texts if text)
    twice = {text for text, count in counted.items() if count > 1}
    told = {plain(header.texts[header.columns[field]]) for field in _OF_EACH_RECORD if field in header.columns}
    if len(twice) < FEWEST_TWICE or not told or not told <= twice:
        return ()
    first = next(text for text in texts if text in twice)
    begins = texts.index(first, texts.index(first) + 1)
    return tuple(range(begins, len(texts)))


def goes_on(row: Row, part: str, above: HeadedTable, *, needed: Collection[str]) -> bool:
    """True when the first row of a table fits below the header of the one above it in the same part of the file.

    It has no more columns, one of the fields `needed`, and two of name, day, phone, ID number and household number
    where the header has them.
    """
    if part != above.part:
        return False
    header = above.header
    widest = max((index for index, text in enumerate(header.texts) if text), default=-1)
    filled = [index for index, cell in enumerate(row.cells) if cell != ""]
    if not filled or filled[-1] > widest or not {header.columns.get(field) for field in needed} & {*filled}:
        return False
    values = {field: text_of(row.cells[index]) for field, index in header.columns.items() if index in filled}
    fits = (share_of(content, [values.get(field, "")]) > 0 for field, content in _TELLING.items())
    numbered = _HOUSEHOLD.fullmatch(values.get("household_id", "")) is not None
    return sum(fits) + numbered >= _FEWEST_FITTING
