"""The values of one row by field: the first filled column of each field, what repeats the row above, what is merged."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from importers.cells import text_of
from importers.formats.parts import Cell, Row
from importers.headers import Header
from importers.table_words import table_words

_LINES = re.compile(r"_x000[dD]_|\r\n?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\u200b]")
_WHOLE_MATTER = ("number", "occurred_on", "title", "summary", "purpose", "category")
"""What rows of several persons of one matter have in common."""
_PERSON = ("name", "phone", "id_number")
_SINGLE = re.compile(r"\w(?:\s+\w)+")


class NothingAbove(Exception):
    """A cell repeats the row above, and there is none; carries the field."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class RowValues:
    """One row as fields."""

    row: int
    cells: Mapping[str, Cell]
    """Field to cell, what repeats the row above filled in."""
    texts: Mapping[str, str]
    columns: Mapping[str, str]
    """Field to the header text of the column that was read."""
    same_matter: bool = False
    """True when the row only adds a person to the matter of the row above."""

    @property
    def person(self) -> str:
        """What tells the row's person from another, "" when nothing does."""
        return "\x1f".join(self.texts.get(field, "") for field in _PERSON).strip("\x1f")


def read_values(row: Row, filled: Mapping[int, str], header: Header, above: RowValues | None) -> RowValues:
    """The row's values; `filled` are the texts of its cells by column, `above` is the record read last.

    Raises:
        NothingAbove: a cell says 同上 where nothing stands above.
    """
    cells: dict[str, Cell] = {}
    columns: dict[str, str] = {}
    written: dict[str, str] = {}
    for field, places in header.places.items():
        for index in places:
            if index in filled:
                cells[field], columns[field], written[field] = row.cells[index], header.texts[index], filled[index]
                break
    ditto = table_words().ditto
    repeated = {field for field, text in written.items() if text in ditto}
    for field in repeated:
        if above is None or field not in above.cells:
            raise NothingAbove(field)
        cells[field] = above.cells[field]
    same = above is not None and row.number == above.row + 1 and _adds_a_person(header, cells, repeated)
    if same and above is not None:
        cells = {field: cell for field, cell in above.cells.items() if field in _WHOLE_MATTER} | cells
    texts = {field: normal_text(field, text_of(cell)) for field, cell in cells.items()}
    return RowValues(row.number, cells, texts, columns, same)


def normal_text(field: str, text: str) -> str:
    """The text without what only the file's format put there."""
    clean = _CONTROL.sub("", _LINES.sub("\n", text)).strip()
    if field == "number":
        return "".join(unicodedata.normalize("NFKC", clean).split())
    if field == "name":
        return "".join(clean.split()) if _SINGLE.fullmatch(clean) else " ".join(clean.split())
    return clean


def mark_of(*texts: str) -> str:
    """A short hash of the texts."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:24]


def _adds_a_person(header: Header, cells: Mapping[str, Cell], repeated: set[str]) -> bool:
    """True when every cell that tells the matter is empty or repeats, and a person is named.

    Without a column of numbers or days an empty matter may as well be forgotten; then only 同上 says that it is shared.
    """
    mapped = [field for field in _WHOLE_MATTER if field in header.columns]
    if "name" not in cells or any(field in cells and field not in repeated for field in mapped):
        return False
    return bool(repeated & set(mapped)) or "number" in mapped or "occurred_on" in mapped
