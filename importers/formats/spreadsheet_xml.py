"""XML Spreadsheet 2003: what older systems write under the name of xls."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from importers.formats.limits import Limits
from importers.formats.markup import parse, parse_whole
from importers.formats.parts import Cell, MergedDown, Row
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable
from importers.formats.worksheets import send_sheet


def read_spreadsheet_xml(source: Source, sink: Sink) -> None:
    """Send every worksheet."""
    names = _Names()
    try:
        parse_whole(source.start(), names)
    except Unreadable:
        if not names.found:
            raise
    for place, name in enumerate(names.found):
        send_sheet(sink, source.part, name, _rows(source, place), hidden=False)


def _rows(source: Source, place: int) -> Iterator[Row]:
    reader = _Reader(place, source.limits)
    try:
        for _ in parse(source.start(), reader):
            yield from reader.finished
            reader.finished.clear()
    except Unreadable:
        yield from reader.finished
        raise


class _Names:
    """Collects the names of the worksheets."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        if name == "Worksheet":
            self.found.append(_attribute(attributes, "Name"))

    def end(self, name: str) -> None:
        """See `markup.Handler`."""

    def text(self, text: str) -> None:
        """See `markup.Handler`."""


class _Reader:
    """Collects the rows of one worksheet."""

    def __init__(self, place: int, limits: Limits) -> None:
        self._place = place
        self._limits = limits
        self._sheet = -1
        self._number = 0
        self._hidden = False
        self._cells: list[Cell] = []
        self._column = self._next_column = 0
        self._down: dict[int, MergedDown] = {}
        self._type = ""
        self._in_data = False
        self._pieces: list[str] = []
        self.finished: list[Row] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        if name == "Worksheet":
            self._sheet += 1
        elif self._sheet != self._place:
            return
        elif name == "Row":
            self._number = _index(attributes, self._number + 1)
            self._hidden = _attribute(attributes, "Hidden") == "1"
            self._next_column = 0
        elif name == "Cell":
            self._column = _index(attributes, self._next_column + 1) - 1
            across = _whole(_attribute(attributes, "MergeAcross"), 0)
            self._next_column = self._column + 1 + across
            down = _whole(_attribute(attributes, "MergeDown"), 0)
            if down:
                for column in range(self._column, min(self._next_column, self._limits.columns)):
                    self._down[column] = MergedDown(column, self._number, self._number + down)
        elif name == "Data":
            self._type = _attribute(attributes, "Type")
            self._in_data = True
            self._pieces.clear()

    def end(self, name: str) -> None:
        """See `markup.Handler`."""
        if self._sheet != self._place:
            return
        if name == "Data":
            self._in_data = False
            self._put("".join(self._pieces))
        elif name == "Row":
            if self._cells:
                merged = tuple(one for one in self._down.values() if one.last_row >= self._number)
                self.finished.append(Row(self._number, tuple(self._cells), self._hidden, merged=merged))
            self._cells = []

    def text(self, text: str) -> None:
        """See `markup.Handler`."""
        if self._in_data and len(self._pieces) < self._limits.cell_characters:
            self._pieces.append(text)

    def _put(self, text: str) -> None:
        if text == "":
            return
        if self._column >= self._limits.columns:
            most = self._limits.columns
            raise Unreadable(
                f"第{self._number}行有内容写到了第{self._column + 1}列, 超过{most}列, 请删去右边多余的内容"
            )
        self._cells.extend("" for _ in range(self._column + 1 - len(self._cells)))
        self._cells[self._column] = _value(text, self._type)


def _value(text: str, kind: str) -> Cell:
    try:
        if kind == "Number":
            return int(text) if text.isdecimal() and len(text) < 20 else float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment if moment.hour or moment.minute or moment.second else moment.date()
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    """The attribute whatever prefix the writer gave the namespace."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _index(attributes: Mapping[str, str], otherwise: int) -> int:
    return max(_whole(_attribute(attributes, "Index"), otherwise), 1)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else otherwise
