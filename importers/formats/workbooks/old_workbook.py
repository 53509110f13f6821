"""The records of an xls ([MS-XLS] 2.1.4), and how far apart its cells lie: calamine holds all that is between them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import olefile

from importers.formats.source import Source, Unreadable

SPARSE = (
    "工作表「{name}」有内容写到了第{row}行第{column}列, 中间大片是空的, 读不下; "
    "请删去多余的内容, 或用WPS或Excel另存为xlsx后再提交"
)
_BEGIN, _SHEET, _END, _DATE_1904 = 0x809, 0x85, 0x0A, 0x22
_RECORD = struct.Struct("<HH")
_STREAMS = ("Workbook", "Book")
_DAMAGE = (OSError, ValueError, IndexError, TypeError, RecursionError)
"""What the reader of compound files raises of a damaged one."""
_SHORTEST_NAME = 8
_CELLS = frozenset({0x06, 0x7E, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E})
"""Formula, numbers, blanks, texts, truth values and errors: each begins with its row and its column."""
_PLACE = struct.Struct("<HH")
_MOST_PLACES = 6_000_000
"""Rows times columns of all sheets: calamine takes 128 bytes for each, empty ones too; 65,536 rows of 90 columns."""


@dataclass(slots=True)
class _Reach:
    """The smallest rectangle around the cells of a sheet."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def take(self, row: int, column: int) -> None:
        self.first_row, self.last_row = min(self.first_row, row), max(self.last_row, row)
        self.first_column, self.last_column = min(self.first_column, column), max(self.last_column, column)

    @property
    def places(self) -> int:
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)


def check_reach(content: bytes) -> None:
    """Unreadable when the cells of an xls lie so far apart that nobody can hold what is between them."""
    reaches: dict[str, _Reach] = {}
    for sheet, kind, record in records_by_sheet(content):
        if kind in _CELLS and len(record) >= _PLACE.size:
            row, column = _PLACE.unpack_from(record)
            reaches.setdefault(sheet, _Reach(row, column, row, column)).take(row, column)
    if sum(one.places for one in reaches.values()) > _MOST_PLACES:
        name, widest = max(reaches.items(), key=lambda item: item[1].places)
        raise Unreadable(SPARSE.format(name=name, row=widest.last_row + 1, column=widest.last_column + 1))


def stream_of(source: Source) -> bytes:
    """The workbook's stream; empty where the file has none, or is damaged."""
    try:
        with olefile.OleFileIO(source.start()) as compound:
            name = next(filter(compound.exists, _STREAMS), None)
            return compound.openstream(name).read() if name else b""
    except _DAMAGE:
        return b""


def counts_from_1904(content: bytes) -> bool:
    """True where the workbook counts days from 1904 (Date1904, 2.4.77); it says so before its first sheet."""
    before_sheets = takewhile(lambda one: one[0] != _END, records(content))
    return any(kind == _DATE_1904 and record[:1] == b"\x01" for kind, record in before_sheets)


def records_by_sheet(content: bytes) -> Iterator[tuple[str, int, bytes]]:
    """The name of the sheet, kind and content of each record; no name before the first sheet."""
    names = _sheets_of(content)
    sheet = ""
    for at, kind, record in _placed(content):
        if kind == _BEGIN:
            # A chart within a sheet begins anew, and belongs to it.
            sheet = names.get(at, sheet)
        yield sheet, kind, record


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record, up to where the stream breaks off."""
    return ((kind, record) for _, kind, record in _placed(content))


def _placed(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + _RECORD.size <= len(content):
        kind, length = _RECORD.unpack_from(content, at)
        yield at, kind, content[at + _RECORD.size : at + _RECORD.size + length]
        at += _RECORD.size + length


def _sheets_of(content: bytes) -> dict[int, str]:
    """The name of each sheet by its place."""
    return dict(_sheet(one) for kind, one in records(content) if kind == _SHEET and len(one) >= _SHORTEST_NAME)


def _sheet(record: bytes) -> tuple[int, str]:
    """Place and name of a sheet (2.4.28)."""
    count, is_wide = record[6], record[7] & 1
    text = record[8 : 8 + count * (1 + is_wide)]
    return int.from_bytes(record[:4], "little"), text.decode("utf-16-le" if is_wide else "latin-1", errors="replace")
