"""Finds the header among title rows and merged cells, and says which column holds which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from importers.cells import text_of
from importers.sheet import Row, Sheet

_HERE = Path(__file__).parent
_DEPTH = 30
"""A header further down than this has never been seen; offices put at most a title, a unit line and notes above it."""
_IGNORED = re.compile(r"[\s()\uff08\uff09\[\]【】*:\uff1a_\-—]|(必填)|(选填)")


class Layout(BaseModel):
    """The columns of one kind of table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    required: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what its columns mean."""

    layout: str
    first_row: int
    last_row: int
    columns: Mapping[str, int]
    """Field to column index."""
    texts: tuple[str, ...]
    """Header text per column, as delivered; the lower line where there are two."""

    def text(self, field: str) -> str | None:
        """The header text of a field, None when the table has no such column."""
        index = self.columns.get(field)
        return None if index is None else self.texts[index]


def load_layouts(path: Path = _HERE / "headers.yml") -> dict[str, Layout]:
    """The known layouts by name."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: Layout.model_validate(layout) for name, layout in content.items()}


def find_header(sheet: Sheet, layouts: Mapping[str, Layout]) -> Header | None:
    """The header with the most known columns; None when no row has all required columns of any layout."""
    best: Header | None = None
    rows = sheet.rows[:_DEPTH]
    for index, row in enumerate(rows):
        for upper in (None, rows[index - 1]) if index else (None,):
            for name, layout in layouts.items():
                header = _match(name, layout, row, upper)
                if header is not None and (best is None or len(header.columns) > len(best.columns)):
                    best = header
    return best


def _match(name: str, layout: Layout, row: Row, upper: Row | None) -> Header | None:
    lower = [text_of(cell) for cell in row.cells]
    above = _filled([text_of(cell) for cell in upper.cells]) if upper else [""] * len(lower)
    above += [""] * (len(lower) - len(above))
    columns: dict[str, int] = {}
    texts = [_display(below, over) for below, over in zip(lower, above, strict=False)]
    known = {_plain(text): field for field, names in layout.fields.items() for text in names}
    for index, (below, over) in enumerate(zip(lower, above, strict=False)):
        field = (
            known.get(_plain(below)) or known.get(_plain(over + below)) or (None if below else known.get(_plain(over)))
        )
        if field is not None and field not in columns:
            columns[field] = index
    if not all(field in columns for field in layout.required) or len(columns) < 2:
        return None
    return Header(name, upper.number if upper else row.number, row.number, columns, tuple(texts))


def missing_columns(sheet: Sheet, layout: Layout) -> tuple[str, Sequence[str]]:
    """For the message about a table that fits no layout: the first missing header and the headers found."""
    rows = [[text_of(cell) for cell in row.cells if text_of(cell)] for row in sheet.rows[:_DEPTH]]
    widest = max(rows, key=len, default=[])
    found = {_plain(text) for text in widest}
    missing = next(
        (field for field in layout.required if not found & {_plain(name) for name in layout.fields[field]}), ""
    )
    return (layout.fields[missing][0] if missing else ""), widest[:20]


def _display(below: str, over: str) -> str:
    return (below or over).replace("\n", "")


def _filled(texts: list[str]) -> list[str]:
    """A merged cell's text stands in its first column only; carry it over the empty ones to its right."""
    filled, last = [], ""
    for text in texts:
        last = text or last
        filled.append(last)
    return filled


def _plain(text: str) -> str:
    return _IGNORED.sub("", text)
