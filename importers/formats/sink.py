"""Where readers put what they find: messages to the parent, rows in batches."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from importers.formats.confined.messages import Begin, End, Far, Message, Rows, TableStart, send
from importers.formats.limits import Limits
from importers.formats.parts import Cell, CellNote, Form, FormField, Letter, RefusedPart, Row
from importers.formats.source import Unreadable, printable, reason_of

_BATCH_ROWS = 500
_BATCH_CHARACTERS = 80_000
_TOLD_SHARE = 0.005
"""Of the file: so much more is read before it is told again how far that is."""
_LAST_ROW = 2**31 - 1
"""A row's number beyond this no spreadsheet writes, and no database column of ours holds."""
STRAY = "这一行有内容写到了第{column}列, 超过{most}列, 那一格没有读取, 其余照常; 请删去或移到表里"
"""Said of a cell far right of the table."""
_CUT = "内容超过{limit}字, 后面的没有收; 请把这段长文字存成一个docx单独提交"


class Sink:
    """Sends what the readers find; every text passes here and leaves without null bytes and within the limits."""

    def __init__(self, stream: BinaryIO, limits: Limits, done: frozenset[str] = frozenset()) -> None:
        self._stream = stream
        self._limits = limits
        self._done = done
        self._sheets = 0
        self._sent = ""
        self._how_far: Callable[[], float] | None = None
        self._told = 0.0

    def measured(self, how_far: Callable[[], float]) -> None:
        """Tell with the rows that follow which share of the delivered file is read, which `how_far` knows."""
        self._how_far = how_far

    def begins(self, part: str, sent: str = "") -> bool:
        """Say that `part` is read from here on; False when an earlier process is already through with it.

        `sent` is when the mail was sent that brings it.
        """
        if part in self._done:
            return False
        self._sheets, self._sent = 0, sent
        self._send(Begin(part))
        return True

    def table(self, part: str, sheet: str, rows: Iterable[Row], *, hidden: bool = False) -> None:
        """Send the table; when the rows break off, what was read stands and the rest is refused."""
        self._sheets += 1
        if self._sheets > self._limits.sheets:
            raise Unreadable(f"表格超过{self._limits.sheets}个, 请分成几个文件提交")
        self._send(TableStart(part, printable(sheet), hidden))
        last = 0
        try:
            for batch in self._batches(rows):
                self._tell_how_far()
                self._send(Rows(batch))
                last = batch[-1].number
        except BrokenPipeError:
            raise
        except Exception as exc:  # noqa: BLE001 - parsers of strangers' files throw anything
            self.refused(part, reason_of(exc), sheet=sheet, row=last + 1)

    def _batches(self, rows: Iterable[Row]) -> Iterator[list[Row]]:
        """Rows in handy batches; the begun one goes out before a problem does."""
        batch: list[Row] = []
        characters, count = 0, 0
        try:
            for row in rows:
                batch.append(self._row(row))
                count += 1
                characters += sum(len(cell) for cell in row.cells if isinstance(cell, str))
                if len(batch) >= _BATCH_ROWS or characters >= _BATCH_CHARACTERS:
                    self._check_rows(count)
                    yield batch
                    batch, characters = [], 0
        except Exception:
            if batch:
                yield batch
            raise
        if batch:
            yield batch

    def _tell_how_far(self) -> None:
        share = min(self._how_far(), 1.0) if self._how_far else 0.0
        if share >= self._told + _TOLD_SHARE:
            self._told = share
            self._send(Far(share))

    def _check_rows(self, count: int) -> None:
        if count > self._limits.rows:
            raise Unreadable(f"行数超过{self._limits.rows}, 请分成几个文件提交")

    def letter(
        self,
        part: str,
        title: str,
        text: str,
        note: str = "",
        *,
        titled: bool = False,
        doubted: Iterable[str] | None = None,
    ) -> None:
        """Send a letter; one without any text is none, and of one too long the rest is refused."""
        most = self._limits.text_characters
        if text.strip():
            pieces = None if doubted is None else tuple(map(_clean, doubted))
            self._send(Letter(part, printable(title), _clean(text[:most]), _clean(note), titled, self._sent, pieces))
        if len(text) > most:
            self.refused(part, f"文字超过{most}字, 后面的没有读取; 请分成几个文件提交")

    def form(self, form: Form) -> None:
        """Send a filled-in form."""
        longest = self._limits.cell_characters
        fields = {
            _clean(label): FormField(_clean(field.text[:longest]), field.confidence, _clean(field.note))
            for label, field in form.fields.items()
        }
        text = _clean(form.text[: self._limits.text_characters])
        family = tuple(map(self._row, form.family))
        self._send(Form(form.part, fields, text, printable(form.sheet), form.hidden, family))
        if any(len(field.text) > longest for field in form.fields.values()):
            self.refused(form.part, _CUT.format(limit=longest), sheet=form.sheet)

    def refused(self, part: str, reason: str, *, sheet: str = "", row: int | None = None) -> None:
        """Send what cannot be read."""
        self._send(RefusedPart(part, _clean(reason), printable(sheet), row))

    def left_out(self, part: str, reason: str, *, sheet: str = "") -> None:
        """Send what is not read and keeps nothing else from being read."""
        self._send(RefusedPart(part, _clean(reason), printable(sheet), harmless=True))

    def end(self) -> None:
        """Say that everything was read."""
        self._send(End())

    def _row(self, row: Row) -> Row:
        if not 0 <= row.number <= _LAST_ROW:
            raise Unreadable("有一行的行号不正常, 文件已损坏; 请用WPS或Excel打开, 另存后再提交")
        if len(row.cells) > self._limits.columns:
            row = _without_stray_cells(row, self._limits)
        longest = self._limits.cell_characters
        if sum(len(cell) for cell in row.cells if isinstance(cell, str)) > self._limits.text_characters:
            raise Unreadable(
                f"第{row.number}行的文字超过{self._limits.text_characters}字, 请把这段长文字存成一个docx单独提交"
            )
        if not any(isinstance(cell, str) and (len(cell) > longest or "\x00" in cell) for cell in row.cells):
            return row
        notes = [
            CellNote(column, _CUT.format(limit=longest))
            for column, cell in enumerate(row.cells)
            if isinstance(cell, str) and len(cell) > longest
        ]
        cells: tuple[Cell, ...] = tuple(_clean(cell)[:longest] if isinstance(cell, str) else cell for cell in row.cells)
        return replace(row, cells=cells, notes=(*row.notes, *notes))

    def _send(self, message: Message) -> None:
        send(self._stream, message)


def _without_stray_cells(row: Row, limits: Limits) -> Row:
    """The row up to the last column that is read, the few cells right of it named; Unreadable when there are many."""
    stray = [index for index, cell in enumerate(row.cells) if index >= limits.columns and str(cell).strip()]
    if len(stray) > limits.stray_cells:
        raise Unreadable(f"第{row.number}行有{len(row.cells)}列, 超过{limits.columns}列, 请删去右边多余的列")
    notes = (CellNote(index, STRAY.format(column=index + 1, most=limits.columns)) for index in stray)
    return replace(row, cells=row.cells[: limits.columns], notes=(*row.notes, *notes))


def _clean(text: str) -> str:
    return text.replace("\x00", "")
