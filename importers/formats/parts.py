"""What a delivered file consists of: tables, letters, filled-in forms, and what cannot be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta
"""A cell as delivered; an empty cell is the empty string, an error cell its code (#REF!)."""
NOT_CALCULATED = "这一格是公式, 文件里没有算好的结果; 请用WPS或Excel打开, 保存后再提交"
"""What is said of a cell with a formula whose result the file does not hold; nobody calculates it."""
EITHER_CALENDAR = "这一格是一个数字, 看不出是哪一天; 是日期的请在原文件里写成 2026-09-03 这样, 保存后提交原文件"
"""What is said of a plain number that would be a day in a workbook that counts from 1904: readers count from 1900."""


@dataclass(frozen=True, slots=True)
class CellNote:
    """What the reader of the file has to say about one cell."""

    column: int
    """0-based, as an index into the row's cells."""
    reason: str
    """Chinese: what is wrong with the cell, and what to do."""


@dataclass(frozen=True, slots=True)
class MergedDown:
    """A cell's part in a merged cell that reaches over several rows; what the merged cell says stands in its first."""

    column: int
    """0-based, as an index into the row's cells."""
    first_row: int
    last_row: int
    """1-based, both within the merged cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the clerk sees it, and its cells."""

    number: int
    """1-based; rows that are not stored are left out, so numbers may jump. Text tables: the line where it starts."""
    cells: tuple[Cell, ...]
    hidden: bool = False
    notes: tuple[CellNote, ...] = ()
    merged: tuple[MergedDown, ...] = ()
    """The merged cells over several rows in which this row has a part; those of columns alone are not told."""
    damage: str = ""
    """Chinese: why the row cannot be read; its only cell is then what stands there. Empty for every other row."""
    struck: bool = False
    """True where a line is drawn through every cell that says anything; told of workbooks, docx and HTML."""
    is_made: bool = False
    """True for a row that no table has, made of what a form says: nobody left its empty cells empty."""

    @property
    def is_blank(self) -> bool:
        """True when no cell says anything."""
        return all(str(cell).strip() == "" for cell in self.cells)

    @property
    def uncalculated(self) -> frozenset[int]:
        """The columns of formulas whose result the file does not hold."""
        if not self.notes:
            return frozenset()
        return frozenset(note.column for note in self.notes if note.reason == NOT_CALCULATED)

    @property
    def of_either_calendar(self) -> frozenset[int]:
        """The columns of plain numbers of which nobody knows whether they are days, and which."""
        return frozenset(note.column for note in self.notes if note.reason == EITHER_CALENDAR)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one table of a document.

    The rows are read once, in order, before the next part is asked for; what is left of them is then skipped.
    JSON objects come as a table too: row 0 holds the keys.
    """

    part: str
    """Path of the member inside the delivered file, "" for the file itself."""
    sheet: str
    """Name of the sheet; empty for a text table."""
    rows: Iterator[Row]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """Free text: a letter, a mail, the paragraphs of a document, a page read by OCR."""

    part: str
    title: str
    text: str
    note: str = ""
    """Chinese: what of it was read without certainty, and what to do."""
    titled: bool = False
    """True where the title is the sender's own, as a mail's subject; elsewhere it is the name of the file."""
    sent: str = ""
    """When the mail was sent that the letter was attached to; "" for every other letter."""
    doubted: tuple[str, ...] | None = None
    """Pieces of the text that the OCR was not sure of; None where the text was typed."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One value of a filled-in form."""

    text: str
    confidence: float
    """0 to 1; 1 where the value was typed, the OCR's own figure where it was read from an image."""
    note: str = ""
    """Chinese: what was repaired, or does not fit, and what to do."""


@dataclass(frozen=True, slots=True)
class Form:
    """One filled-in registration form."""

    part: str
    fields: Mapping[str, FormField]
    """Label as printed to value, in the form's order."""
    text: str
    """Everything the page says, in reading order."""
    sheet: str = ""
    """Name of the sheet that is the form; empty where a document holds it."""
    hidden: bool = False
    family: tuple[Row, ...] = ()
    """The table of the family within the form, with its header; empty where there is none."""


@dataclass(frozen=True, slots=True)
class RefusedPart:
    """What cannot be read: a member, a sheet, or the rest of a table from a row on. The other parts stand."""

    part: str
    reason: str
    """Chinese: what is wrong, and what to do."""
    sheet: str = ""
    row: int | None = None
    """The row the reading stopped at; rows before it were delivered."""
    harmless: bool = False
    """True for what is no delivery at all, as the lock file of an open document: left out, nothing is to be mended."""


Part = Table | Letter | Form | RefusedPart
