"""Rows of an xls ([MS-XLS]) that somebody struck through: calamine tells of cells and not of fonts."""

import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from importers.formats.workbooks.old_workbook import records, records_by_sheet

_FONT, _FORMAT = 0x31, 0xE0
_FONT_HEAD = struct.Struct("<HH")
_STRUCK = 0x08
_NO_FONT = 4
"""No font has this number; those behind it are counted from one on (2.5.129)."""
_CELL = struct.Struct("<HHH")
_CELLS = frozenset({0x06, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E})
"""Cells that say something, one a record: row, column, format."""
_NUMBERS, _NUMBER_BYTES = 0xBD, 6
"""Numbers beside each other: row, first column, then format and number of each, then the last column (2.4.175)."""


def struck_rows(content: bytes) -> Mapping[str, Set[int]]:
    """By the name of the sheet the 1-based rows of which every cell that says something is struck through."""
    formats = _struck_formats(content)
    if not formats:
        return {}
    struck: defaultdict[str, dict[int, bool]] = defaultdict(dict)
    for sheet, kind, record in records_by_sheet(content):
        for row, used in _cells(kind, record):
            struck[sheet][row] = struck[sheet].get(row, True) and used in formats
    return {name: {row + 1 for row, whole in rows.items() if whole} for name, rows in struck.items()}


def _struck_formats(content: bytes) -> set[int]:
    """The numbers of the cell formats whose font is struck through."""
    fonts: set[int] = set()
    formats: set[int] = set()
    font_count = format_count = 0
    for kind, record in records(content):
        if kind == _FONT and len(record) >= _FONT_HEAD.size:
            if _FONT_HEAD.unpack_from(record)[1] & _STRUCK:
                fonts.add(font_count + (font_count >= _NO_FONT))
            font_count += 1
        elif kind == _FORMAT:
            if int.from_bytes(record[:2], "little") in fonts:
                formats.add(format_count)
            format_count += 1
    return formats


def _cells(kind: int, record: bytes) -> Iterator[tuple[int, int]]:
    """Row and format of each cell of the record."""
    if kind in _CELLS and len(record) >= _CELL.size:
        row, _, used = _CELL.unpack_from(record)
        yield row, used
    elif kind == _NUMBERS:
        row = int.from_bytes(record[:2], "little")
        for at in range(4, len(record) - _NUMBER_BYTES, _NUMBER_BYTES):
            yield row, int.from_bytes(record[at : at + 2], "little")
