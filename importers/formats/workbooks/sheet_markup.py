"""The XML of one xlsx sheet as rows, in constant memory (ECMA-376 part 1, 18.3.1)."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from importers.formats.limits import Limits
from importers.formats.markup import Readable, collected
from importers.formats.merges import column_of
from importers.formats.parts import NOT_CALCULATED, Cell, CellNote, Row
from importers.formats.sink import STRAY
from importers.formats.source import Unreadable
from importers.formats.workbooks.serial_dates import NumberKind, note_of_1904, value_of
from importers.formats.workbooks.shared_strings import SharedStrings, unescape

_MOST_DIGITS = 12
"""Of the number of a row: more than any program writes, and fewer than Python refuses to read."""
_COLUMN_LETTERS = str.maketrans("", "", "0123456789$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """What the sheets of a workbook share."""

    strings: SharedStrings
    kinds: Sequence[NumberKind]
    """Per cell style."""
    since_1904: bool
    struck: Set[str] = frozenset()
    """The cell styles that draw a line through the text, as cells name them."""


def sheet_rows(stream: Readable, workbook: Workbook, limits: Limits) -> Iterator[Row]:
    """The rows that hold anything; Unreadable where the XML breaks off or a row is absurdly wide."""
    return collected(stream, _SheetReader(workbook, limits))


class _SheetReader:
    """Collects cells into rows as expat meets them."""

    def __init__(self, workbook: Workbook, limits: Limits) -> None:
        self._workbook = workbook
        self._limits = limits
        self._columns: dict[str, int] = {}
        self.finished: list[Row] = []
        self._number = 0
        self._hidden = False
        self._struck_styles = workbook.struck
        self._struck = 0
        self._cells: list[Cell] = []
        self._notes: dict[int, CellNote] = {}
        """By column: a damaged sheet may have a cell a million times."""
        self._column = -1
        self._stray = 0
        self._type = self._style = ""
        self._has_formula = self._listening = self._in_phonetic = False
        self._pieces: list[str] = []
        self._characters = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See `markup.Handler`."""
        if name == "c":
            self._start_cell(attributes)
        elif name == "v" or (name == "t" and not self._in_phonetic):
            self._listening = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            number = attributes.get("r", "")[:_MOST_DIGITS]
            self._number = int(number) if number.isdecimal() else self._number + 1
            self._hidden = attributes.get("hidden") in {"1", "true"}
            self._column = -1
            self._stray = 0
        elif name == "rPh":
            self._in_phonetic = True

    def end(self, name: str) -> None:
        """See `markup.Handler`."""
        if name == "c":
            self._end_cell()
        elif name in {"v", "t"}:
            self._listening = False
        elif name == "row":
            if self._cells or self._notes:
                struck = 0 < self._struck == sum(cell != "" for cell in self._cells)
                notes = tuple(self._notes.values())
                self.finished.append(Row(self._number, tuple(self._cells), self._hidden, notes, struck=struck))
            self._cells, self._notes, self._struck = [], {}, 0
        elif name == "rPh":
            self._in_phonetic = False

    def text(self, text: str) -> None:
        """See `markup.Handler`."""
        if self._listening and self._characters <= self._limits.cell_characters:
            self._pieces.append(text)
            self._characters += len(text)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column_of(reference) if reference else self._column + 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._has_formula = False
        self._pieces.clear()
        self._characters = 0

    def _column_of(self, reference: str) -> int:
        """0-based; remembered, since a sheet has few columns and many cells."""
        letters = reference.translate(_COLUMN_LETTERS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_of(letters)
        return column

    def _end_cell(self) -> None:
        text = "".join(self._pieces)
        if not text:
            if self._has_formula and self._type != "str":
                self._put("", CellNote(self._column, NOT_CALCULATED))
            return
        if self._style in self._struck_styles:
            self._struck += 1
        value = self._value(text)
        counts_from_1904 = self._workbook.since_1904 and self._type == "n"
        self._put(value, note_of_1904(self._column, value) if counts_from_1904 else None)

    def _put(self, value: Cell, note: CellNote | None = None) -> None:
        if value == "" and note is None:
            return
        if not 0 <= self._column < self._limits.columns:
            self._note_stray(value)
            return
        while len(self._cells) < self._column:
            self._cells.append("")
        if len(self._cells) == self._column:
            self._cells.append(value)
        else:
            self._cells[self._column] = value
        if note is not None:
            self._notes[note.column] = note

    def _note_stray(self, value: Cell) -> None:
        """One cell far to the right is a slip of the hand and costs itself; many are a sheet that nobody can read."""
        if str(value).strip() == "":
            return
        most = self._limits.columns
        self._stray += 1
        if self._stray > self._limits.stray_cells:
            raise Unreadable(
                f"第{self._number}行有内容写到了第{self._column + 1}列, 超过{most}列, 请删去右边多余的内容"
            )
        self._notes[self._column] = CellNote(self._column, STRAY.format(column=self._column + 1, most=most))

    def _value(self, text: str) -> Cell:
        if self._type == "s":
            return self._shared(text)
        if self._type == "n":
            return self._number_of(text)
        if self._type == "b":
            return text.strip() not in {"0", "false"}
        if self._type == "d":
            return _moment(text)
        return unescape(text)

    def _shared(self, text: str) -> str:
        try:
            return self._workbook.strings[int(text)]
        except (IndexError, ValueError):
            raise Unreadable(
                f"第{self._number}行引用了不存在的文字, 文件已损坏; 请用WPS或Excel打开, 另存后再提交"
            ) from None

    def _number_of(self, text: str) -> Cell:
        whole = text.removesuffix(".0")
        try:
            number = int(whole) if whole.isdecimal() and len(whole) < 20 else float(text)
        except ValueError:
            return text
        kinds = self._workbook.kinds
        style = int(self._style) if self._style.isdecimal() and len(self._style) < 8 else 0
        kind = kinds[style] if style < len(kinds) else NumberKind.NUMBER
        return value_of(number, kind, since_1904=self._workbook.since_1904) if number == number else text


def _moment(text: str) -> Cell:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return text
