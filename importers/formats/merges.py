"""Merged cells: which cells of a row belong to one that begins in a row above, known row by row in little memory."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from importers.formats.limits import Limits
from importers.formats.markup import Readable, Silent, parse_whole, whole_number
from importers.formats.parts import MergedDown, Row
from importers.formats.source import Unreadable

_PIECE = 1 << 20
_OVERLAP = 32
"""Bytes that two pieces share, so that an end of cells between them is seen."""
_LONGEST_TAG = 200
_END_OF_CELLS = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>|<(?:[\w.-]+:)?sheetData\s*/>")
_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']([^\"'<>]{1,40})[\"']")
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ROW_BITS, _COLUMN_BITS = 24, 12


class Merges:
    """The merged cells of one sheet that reach over several rows."""

    def __init__(self, limits: Limits) -> None:
        """None yet."""
        self._limits = limits
        self._packed: list[int] = []
        """First row, last row, first and last column of each in one number: tuples would take four times as much."""

    def add(self, first_row: int, last_row: int, first_column: int, last_column: int) -> None:
        """Note a merged cell, rows 1-based and columns 0-based; Unreadable when there are absurdly many."""
        last_column = min(last_column, self._limits.columns - 1)
        if not 0 < first_row < last_row < 1 << _ROW_BITS or not 0 <= first_column <= last_column:
            return
        if len(self._packed) >= self._limits.merges:
            raise Unreadable(f"合并单元格超过{self._limits.merges}处, 请取消合并或分成几个文件提交")
        rows = first_row << _ROW_BITS | last_row
        self._packed.append((rows << _COLUMN_BITS | first_column) << _COLUMN_BITS | last_column)

    def marked(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, in rising order, each with the merged cells that it has a part in."""
        waiting = sorted(self._packed, reverse=True)
        reaching: dict[int, MergedDown] = {}
        for row in rows:
            while waiting and waiting[-1] >> (_ROW_BITS + 2 * _COLUMN_BITS) <= row.number:
                for merged in _unpacked(waiting.pop()):
                    reaching[merged.column] = merged
            if reaching:
                reaching = {column: merged for column, merged in reaching.items() if merged.last_row >= row.number}
                yield replace(row, merged=tuple(reaching.values())) if reaching else row
            else:
                yield row


def _unpacked(packed: int) -> Iterator[MergedDown]:
    columns, rows = (1 << _COLUMN_BITS) - 1, (1 << _ROW_BITS) - 1
    last_column, first_column = packed & columns, packed >> _COLUMN_BITS & columns
    last_row, first_row = packed >> 2 * _COLUMN_BITS & rows, packed >> (2 * _COLUMN_BITS + _ROW_BITS)
    for column in range(first_column, last_column + 1):
        yield MergedDown(column, first_row, last_row)


def merges_of_sheet(stream: Readable, limits: Limits) -> Merges:
    """The merged cells of an xlsx sheet; they stand behind its cells, which are passed over without being parsed.

    The cells of a damaged sheet are read as far as they go, so damage is left for that reading to tell.
    """
    merges = Merges(limits)
    tail, behind = b"", False
    while piece := _next_piece(stream):
        text = tail + piece
        if not behind:
            last = _END_OF_CELLS.search(text)
            if last is None:
                tail = text[-_OVERLAP:]
                continue
            behind, text = True, text[last.end() :]
        end = 0
        for found in _MERGED.finditer(text):
            _add_range(merges, found[1].decode("latin-1"))
            end = found.end()
        tail = text[max(end, len(text) - _LONGEST_TAG) :]
    return merges


def _next_piece(stream: Readable) -> bytes:
    try:
        return stream.read(_PIECE)
    except Unreadable:
        return b""


def _add_range(merges: Merges, reference: str) -> None:
    found = _RANGE.fullmatch(reference)
    if found:
        merges.add(int(found[2]), int(found[4]), column_of(found[1]), column_of(found[3]))


def column_of(letters: str) -> int:
    """The 0-based column of its letters."""
    column = 0
    for letter in letters.upper()[:4]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def merges_of_spreadsheet(stream: Readable, limits: Limits) -> Mapping[str, Merges]:
    """The merged cells of each table of an OpenDocument spreadsheet's content."""
    reader = _OpenDocument(limits)
    parse_whole(stream, reader)
    return reader.tables


class _OpenDocument(Silent):
    """Counts rows and cells with their repetitions (OpenDocument 1.2, 9.1)."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.tables: dict[str, Merges] = {}
        self._merges = Merges(limits)
        self._row = self._column = 0
        self._rows = 1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        if name == "table":
            self._merges = self.tables.setdefault(attributes.get("table:name", ""), Merges(self._limits))
            self._row = 0
        elif name == "table-row":
            self._row += 1
            self._column = 0
            self._rows = _count(attributes.get("table:number-rows-repeated"))
        elif name in {"table-cell", "covered-table-cell"}:
            down = _count(attributes.get("table:number-rows-spanned"))
            across = _count(attributes.get("table:number-columns-spanned"))
            self._merges.add(self._row, self._row + down - 1, self._column, self._column + across - 1)
            self._column += _count(attributes.get("table:number-columns-repeated"))

    def end(self, name: str) -> None:
        """See `markup.Handler`."""
        if name == "table-row":
            self._row += self._rows - 1


def _count(text: str | None) -> int:
    return max(whole_number(text, 1), 1)
