"""XML Spreadsheet 2003: what older systems write under the name of xls."""

from collections.abc import Mapping
from datetime import datetime

from importers.formats.limits import Limits
from importers.formats.markup import Silent, attribute_of, collected, parse_whole, whole_number
from importers.formats.parts import NOT_CALCULATED, Cell, CellNote, MergedDown, Row
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable
from importers.formats.workbooks.worksheets import check_sheets, send_sheet


def read_spreadsheet_xml(source: Source, sink: Sink) -> None:
    """Send every worksheet."""
    names = _Names()
    try:
        parse_whole(source.start(), names)
    except Unreadable:
        if not names.found:
            raise
    check_sheets(len(names.found), source.limits)
    for place, name in enumerate(names.found):
        rows = collected(source.start(), _Reader(place, source.limits))
        send_sheet(sink, source.part, name, rows, hidden=False)


class _Names(Silent):
    """Collects the names of the worksheets."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        if name == "Worksheet":
            self.found.append(attribute_of(attributes, "Name"))


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
        self._in_data = self._has_formula = False
        self._notes: list[CellNote] = []
        self._pieces: list[str] = []
        self.finished: list[Row] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        # Excel writes formatted text as ss:Data among elements without a prefix.
        name = name.rpartition(":")[2]
        if name == "Worksheet":
            self._sheet += 1
        elif self._sheet != self._place:
            return
        elif name == "Row":
            self._number = _index(attributes, self._number + 1)
            self._hidden = attribute_of(attributes, "Hidden") == "1"
            self._next_column = 0
        elif name == "Cell":
            self._column = _index(attributes, self._next_column + 1) - 1
            across = whole_number(attribute_of(attributes, "MergeAcross"), 0)
            self._next_column = self._column + 1 + across
            self._has_formula = attribute_of(attributes, "Formula") != ""
            down = whole_number(attribute_of(attributes, "MergeDown"), 0)
            if down:
                for column in range(self._column, min(self._next_column, self._limits.columns)):
                    self._down[column] = MergedDown(column, self._number, self._number + down)
        elif name == "Data":
            self._type = attribute_of(attributes, "Type")
            self._in_data, self._has_formula = True, False
            self._pieces.clear()

    def end(self, name: str) -> None:
        """See `markup.Handler`."""
        name = name.rpartition(":")[2]
        if self._sheet != self._place:
            return
        if name == "Data":
            self._in_data = False
            self._put("".join(self._pieces))
        elif name == "Cell" and self._has_formula and self._column < self._limits.columns:
            self._extend()
            self._notes.append(CellNote(self._column, NOT_CALCULATED))
        elif name == "Row":
            if self._cells:
                merged = tuple(one for one in self._down.values() if one.last_row >= self._number)
                notes = tuple(self._notes)
                self.finished.append(Row(self._number, tuple(self._cells), self._hidden, notes, merged=merged))
            self._cells, self._notes = [], []

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
        self._extend()
        self._cells[self._column] = _value(text, self._type)

    def _extend(self) -> None:
        self._cells.extend("" for _ in range(self._column + 1 - len(self._cells)))


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


def _index(attributes: Mapping[str, str], otherwise: int) -> int:
    return max(whole_number(attribute_of(attributes, "Index"), otherwise), 1)
