"""Rows of lists of places, by column name: whatever the file's format, its first row or its keys name the columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.failures.errors import FileError
from importers.formats.opening import open_parts
from importers.formats.parts import Part, RefusedPart, Row, Table
from importers.table_place import TablePlace
from importers.values.cells import text_of

PLACE_COLUMNS = (
    ("province_code", "province"),
    ("city_code", "city"),
    ("county_code", "county"),
    ("town_code", "town"),
    ("village_code", "village"),
)
"""Code and name of each level, the highest first."""
_COLUMNS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands, for messages."""

    file: str
    table: str
    """As a receipt names it; empty where the file is one table."""
    row: int

    def __str__(self) -> str:
        return f"{self.label} 第{self.row}行"

    @property
    def label(self) -> str:
        """The file, and the table in it where it has several."""
        return f"{self.file} {self.table}" if self.table else self.file


def read_place_rows(path: Path) -> Iterator[tuple[RowPlace, Mapping[str, str]]]:
    """The rows of a file with what stands in each column, trimmed; of objects only the keys with a value.

    Raises:
        FileError: where the file cannot be read to its end; after the last row when none of them could be of a place.
    """
    columns: dict[str, None] = {}
    known = False
    with open_parts(path) as parts:
        for part in parts:
            for place, row in _rows(path.name, part):
                columns.update(dict.fromkeys(row))
                known = known or _is_of_a_place(row)
                yield place, row
    if not known:
        seen = "、".join(list(columns)[:_COLUMNS_SHOWN]) or "没有"
        wanted = "、".join(column for level in PLACE_COLUMNS for column in level)
        raise FileError(f"{path.name}: 没有一行是地名。看到的列: {seen}; 区划表的列: {wanted}")


def _rows(file: str, part: Part) -> Iterator[tuple[RowPlace, Mapping[str, str]]]:
    if isinstance(part, RefusedPart):
        if not part.harmless:
            where = RowPlace(file, TablePlace(part.part, part.sheet).label, part.row or 1)
            raise FileError(f"{where if part.row else where.label}: {part.reason}")
        return
    if not isinstance(part, Table):
        return
    label, rows = TablePlace(part.part, part.sheet).label, (row for row in part.rows if not row.is_blank)
    header = next(rows, None)
    if header is None:
        return
    names = [text_of(cell) for cell in header.cells]
    for row in rows:
        place = RowPlace(file, label, row.number)
        named = _named(place, names, row)
        # Objects of JSON need not have all keys of the file: what is empty is not there.
        yield place, {name: text for name, text in named.items() if text or header.number}


def _named(place: RowPlace, names: Sequence[str], row: Row) -> Mapping[str, str]:
    if row.damage:
        raise FileError(f"{place}: 不是JSON对象")
    if row.notes:
        note = row.notes[0]
        raise FileError(f"{place} {names[note.column] if note.column < len(names) else ''}: {note.reason}")
    return {name: text_of(cell) for name, cell in zip(names, row.cells, strict=False) if name}


def _is_of_a_place(row: Mapping[str, str]) -> bool:
    codes = (code for code, _ in PLACE_COLUMNS)
    return bool(row.get("kind")) or bool(row.get("first") and row.get("last")) or any(row.get(code) for code in codes)
