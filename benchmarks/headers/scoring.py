"""Reads a table's header and counts the columns that are understood as its writer meant them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from importers.formats.parts import Row
from importers.headers.finding import HEAD_ROWS, find_header
from importers.headers.header import Header
from importers.headers.petition_layouts import petition_layouts
from importers.headers.register_layouts import register_layouts
from importers.headers.vocabulary import Layout

UNREAD = "unread"
_NOT_ASKED = frozenset({"form", "unit", "state"})
"""Fields that writers of tables were not asked to tell from what is not read."""
_ALIKE = {"published_at": "occurred_on", "body": "summary", "text": "summary", "id": "number", "topic": "category"}
"""What a board's layout calls the fields of petitions."""


class WrittenTable(BaseModel):
    """A table with what a careful clerk says of its columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    note: str
    rows: tuple[tuple[str, ...], ...]
    header: tuple[int, int]
    fields: tuple[str, ...] = ()


def read_tables(path: Path) -> Iterator[WrittenTable]:
    """The tables of a file, a JSON object a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield WrittenTable.model_validate_json(line)


def header_of(table: WrittenTable, *, guessing: bool) -> Header | None:
    """The header as the importers find it."""
    return _found(table, _layouts(table.kind), guessing)


def is_mistaken(table: WrittenTable, *, guessing: bool) -> bool:
    """True where a table that is neither is read as petitions or as a register."""
    return any(_found(table, layouts, guessing) for layouts in (petition_layouts(), register_layouts()))


def counted(table: WrittenTable, *, guessing: bool) -> Counter[str]:
    """Of the table's columns how many are `right`, `missed`, `mistaken` for another field, or `taken` for one."""
    header = header_of(table, guessing=guessing)
    count = Counter(tables=1, refused=header is None)
    layout = _layouts(table.kind).get(header.layout) if header else None
    found = {column.index: _ALIKE.get(column.field, column.field) for column in header.found} if header else {}
    for index, meant in enumerate(table.fields):
        read = found.get(index, UNREAD)
        if meant == UNREAD:
            count["others"] += 1
            count["taken"] += read not in (UNREAD, *_NOT_ASKED)
        elif read != UNREAD or layout is None or meant in {_ALIKE.get(name, name) for name in layout.fields}:
            count["columns"] += 1
            count["right" if read == meant else "missed" if read == UNREAD else "mistaken"] += 1
    return count


def _layouts(kind: str) -> Mapping[str, Layout]:
    return register_layouts() if kind == "households" else petition_layouts()


def _found(table: WrittenTable, layouts: Mapping[str, Layout], guessing: bool) -> Header | None:
    rows = [Row(number=number, cells=cells) for number, cells in enumerate(table.rows, start=1)]
    return find_header([row for row in rows if not row.is_blank][:HEAD_ROWS], layouts, guessing=guessing)
