"""The merged cells of a binary workbook ([MS-XLSB] 2.1.7): calamine reads its cells and does not tell of them."""

import struct
from collections.abc import Iterator, Mapping

from importers.formats.limits import Limits
from importers.formats.markup import Readable
from importers.formats.merges import Merges
from importers.formats.packages.office_package import OfficePackage
from importers.formats.source import Unreadable
from importers.formats.workbooks.old_workbook import SPARSE

_SHEET, _MERGED_CELL, _ROW = 156, 176, 0
_CELLS = range(1, 12)
_MOST_PLACES = 20_000_000
"""Rows times columns of a sheet: calamine takes 32 bytes for each, empty ones too, and without them it is the end."""
_RANGE = struct.Struct("<4I")
_LONGEST_KEPT = 1024
"""Bytes of the longest record that is looked at; of longer ones, which are cells, only the beginning is."""
_BEGINNING = 4
_PIECE = 1 << 16


def merges_of_binary_workbook(office: OfficePackage, workbook: str, limits: Limits) -> Mapping[str, Merges]:
    """By the name of each sheet; a sheet whose part cannot be found or read has none.

    Unreadable when the cells of a sheet lie so far apart that nobody can hold what is between them.
    """
    found = {}
    for name, path in sheets_of_binary_workbook(office, workbook).items():
        with office.open(path) as stream:
            found[name] = _merges(stream, name, limits)
    return found


def sheets_of_binary_workbook(office: OfficePackage, workbook: str) -> Mapping[str, str]:
    """Name and path of each sheet whose part is there."""
    paths = office.relations(workbook).paths
    with office.open(workbook) as stream:
        sheets = [_sheet(content) for kind, content in records_of(stream) if kind == _SHEET]
    return {name: paths[relation] for name, relation in sheets if office.has(paths.get(relation, ""))}


def _merges(stream: Readable, name: str, limits: Limits) -> Merges:
    merges = Merges(limits)
    row = column = 0
    for kind, content in records_of(stream):
        if kind == _ROW:
            row = max(row, int.from_bytes(content[:4], "little") + 1)
        elif kind in _CELLS:
            column = max(column, int.from_bytes(content[:4], "little") + 1)
        if row * column > _MOST_PLACES:
            raise Unreadable(SPARSE.format(name=name, row=row, column=column))
        if kind == _MERGED_CELL and len(content) >= _RANGE.size:
            first_row, last_row, first_column, last_column = _RANGE.unpack_from(content)
            merges.add(first_row + 1, last_row + 1, first_column, last_column)
    return merges


def _sheet(content: bytes) -> tuple[str, str]:
    """Name and relation of a sheet (BrtBundleSh, 2.4.304): two numbers, then two counted UTF-16 texts."""
    relation, behind = _text(content, 8)
    name, _ = _text(content, behind)
    return name, relation


def _text(content: bytes, start: int) -> tuple[str, int]:
    count = int.from_bytes(content[start : start + 4], "little")
    end = start + 4 + 2 * count
    return content[start + 4 : end].decode("utf-16-le", errors="replace"), end


def records_of(stream: Readable) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record (2.1.4); where the part breaks off or is damaged, up to there."""
    reader = _Bytes(stream)
    while (kind := reader.number(2)) is not None:
        length = reader.number(4)
        if length is None:
            return
        yield kind, reader.take(length if length <= _LONGEST_KEPT else _BEGINNING)
        if length > _LONGEST_KEPT:
            reader.skip(length - _BEGINNING)


class _Bytes:
    """A stream piece by piece."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._held = b""
        self._at = 0

    def take(self, count: int) -> bytes:
        """So many bytes, fewer at the end."""
        while len(self._held) - self._at < count and (piece := self._piece()):
            self._held, self._at = self._held[self._at :] + piece, 0
        taken = self._held[self._at : self._at + count]
        self._at += len(taken)
        return taken

    def skip(self, count: int) -> None:
        """Pass over so many bytes."""
        while count > 0 and (passed := self.take(min(count, _PIECE))):
            count -= len(passed)

    def number(self, longest: int) -> int | None:
        """A number of seven bits a byte, the last one without the eighth; None at the end."""
        found = 0
        for place in range(longest):
            byte = self.take(1)
            if not byte:
                return None
            found |= (byte[0] & 0x7F) << 7 * place
            if not byte[0] & 0x80:
                break
        return found

    def _piece(self) -> bytes:
        try:
            return self._stream.read(_PIECE)
        except Unreadable:
            return b""
