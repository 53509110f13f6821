"""Writes a file as an office would deliver it, and reads it back as parts with the rows in lists."""

import io
from collections.abc import Sequence
from pathlib import Path

from importers.formats.limits import Limits, standard_limits
from importers.formats.opening import open_parts
from importers.formats.parts import Cell, Form, Letter, RefusedPart, Row, Table
from importers.formats.source import Budget, Source

Read = tuple[str, str, list[Row]] | Letter | Form | RefusedPart


def parts_of(folder: Path, name: str, content: bytes, limits: Limits | None = None) -> list[Read]:
    """The parts; a table is (part, sheet, rows)."""
    path = folder / name
    path.write_bytes(content)
    with open_parts(path, limits) as parts:
        return [(part.part, part.sheet, list(part.rows)) if isinstance(part, Table) else part for part in parts]


def rows_of(folder: Path, name: str, content: bytes, limits: Limits | None = None) -> list[Row]:
    """The rows of a file that is one table and nothing else."""
    (table,) = parts_of(folder, name, content, limits)
    assert isinstance(table, tuple), table
    return table[2]


def source_of(folder: Path, name: str, content: bytes) -> Source:
    """The delivered file as a reader gets it, with the standard limits."""
    limits = standard_limits()
    return Source(
        stream=io.BytesIO(content),
        size=len(content),
        name=name,
        part="",
        depth=0,
        folder=folder,
        limits=limits,
        budget=Budget(limits),
    )


def cells_of(rows: Sequence[Row]) -> list[tuple[Cell, ...]]:
    """The cells alone."""
    return [row.cells for row in rows]
