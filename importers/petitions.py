"""Petition registers and hotline exports as raw documents, with a problem for every row that cannot be taken in."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from domain.document import Petitioner, RawDocument, document_id
from domain.errors import FileError
from domain.masking import mask_text
from domain.receipt import RowProblem
from domain.region import RegionCode
from domain.vocabulary import Channel
from importers.cells import DateProblem, moment_of, text_of
from importers.entries import Accepted, Entry, PetitionRecord, Rejected, Warned
from importers.headers import Header, Layout, find_header, load_layouts, missing_columns
from importers.identifiers import id_number_of, phone_of
from importers.profiles import NO_PROFILES, Profiles
from importers.sheet import Row, Sheet, fingerprint, read_bytes, read_sheets
from importers.text_lines import read_text_lines

__all__ = [
    "Accepted",
    "Entry",
    "PetitionFile",
    "PetitionReading",
    "PetitionRecord",
    "Rejected",
    "Warned",
    "open_petitions",
    "read_petitions",
]

_CHANNELS = {"petition_register": Channel.PETITION, "hotline_12345": Channel.HOTLINE}
_FUTURE = timedelta(days=1)
"""Registers are written by hand; a date more than a day ahead of the delivery is a slip of the pen."""
_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionFile:
    """Everything a delivered file says: every row with content is a record, a problem, or named in a warning."""

    file: str
    sha256: str
    records: tuple[PetitionRecord, ...]
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]


class PetitionReading:
    """A delivered file, read once from its beginning to its end."""

    def __init__(self, file: str, sha256: str, entries: Iterator[Entry]) -> None:
        """Of a file with this name and this SHA-256."""
        self.file = file
        self.sha256 = sha256
        self._entries = entries

    def __iter__(self) -> Iterator[Entry]:
        """Every entry in the file's order; FileError when the file turns out to hold no petitions."""
        return self._entries


@contextmanager
def open_petitions(
    path: Path, *, received_at: datetime, county: RegionCode, profiles: Profiles = NO_PROFILES
) -> Iterator[PetitionReading]:
    """The entries of a register, a hotline export or a list of texts; FileError when the file cannot be read."""
    delivered = read_petitions(path, received_at=received_at, county=county)
    yield PetitionReading(delivered.file, delivered.sha256, _entries(delivered))


def _entries(delivered: "PetitionFile") -> Iterator[Entry]:
    yield from (Warned(one) for one in delivered.warnings)
    yield from (Rejected(one) for one in delivered.problems)
    yield from (Accepted(record) for record in delivered.records)


class RowRefused(Exception):
    """The row cannot be taken in; carries the problem."""

    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def read_petitions(path: Path, *, received_at: datetime, county: RegionCode) -> PetitionFile:
    """The records of a register, a hotline export or a list of texts; FileError when the file is none of them."""
    content = read_bytes(path)
    sha256 = fingerprint(content)
    if path.suffix.lower() in {".json", ".jsonl"}:
        found = read_text_lines(path, content, received_at=received_at)
        records = tuple(PetitionRecord(sheet="", row=line, raw=raw) for line, raw in found.records)
        return PetitionFile(file=path.name, sha256=sha256, records=records, problems=found.problems, warnings=())
    layouts = {name: layout for name, layout in load_layouts().items() if name in _CHANNELS}
    tables, warnings = _tables(path, read_sheets(path, content), layouts)
    reader = _RowReader(received_at)
    for sheet, header in tables:
        reader.read(sheet, header)
    return PetitionFile(
        file=path.name,
        sha256=sha256,
        records=tuple(reader.records),
        problems=tuple(reader.problems),
        warnings=(*warnings, *reader.warnings),
    )


def _tables(
    path: Path, sheets: Sequence[Sheet], layouts: Mapping[str, Layout]
) -> tuple[list[tuple[Sheet, Header]], list[RowProblem]]:
    tables, warnings = [], []
    for sheet in sheets:
        header = find_header(sheet, layouts)
        if header is not None:
            tables.append((sheet, header))
        elif any(not row.is_blank for row in sheet.rows):
            reason = "这个工作表不是登记表, 没有导入"
            warnings.append(RowProblem(sheet=sheet.name, row=1, column=None, reason=reason, value=""))
    if not tables:
        raise FileError(_no_table(path, sheets, layouts))
    return tables, warnings


def _no_table(path: Path, sheets: Sequence[Sheet], layouts: Mapping[str, Layout]) -> str:
    filled = [sheet for sheet in sheets if any(not row.is_blank for row in sheet.rows)]
    if not filled:
        return f"{path.name}: 没有任何内容, 请检查是否导出了空表"
    missing, found = missing_columns(filled[0], next(iter(layouts.values())))
    name = f"工作表 {filled[0].name} " if filled[0].name else ""
    seen = "、".join(mask_text(text[:12]) for text in found)
    found_headers = f"找不到表头列「{missing}」, 看到的表头是: {seen}"
    return f"{path.name} {name}第1行起: {found_headers}; 请确认交的是信访登记表或12345工单导出"


class _RowReader:
    """Reads rows of tables one by one and keeps what became of each."""

    def __init__(self, received_at: datetime) -> None:
        self._received_at = received_at
        self._numbers: dict[tuple[str, str], int] = {}
        self.records: list[PetitionRecord] = []
        self.problems: list[RowProblem] = []
        self.warnings: list[RowProblem] = []

    def read(self, sheet: Sheet, header: Header) -> None:
        """Read every row below the header."""
        for row in sheet.rows:
            if row.number <= header.last_row or row.is_blank:
                continue
            if _is_remark(row, header):
                self._warn(sheet, row, None, "只有一个格有字, 当作表下说明, 没有导入", text_of(_only_cell(row)))
                continue
            try:
                raw = self._raw(sheet, header, row)
            except RowRefused as exc:
                self.problems.append(exc.problem)
            else:
                self._note_number(sheet, header, row, raw)
                self.records.append(PetitionRecord(sheet=sheet.name, row=row.number, raw=raw))

    def _raw(self, sheet: Sheet, header: Header, row: Row) -> RawDocument:
        values = {field: _cell_text(row, index) for field, index in header.columns.items()}
        if not values.get("summary") and not values.get("title"):
            raise RowRefused(_problem(sheet, row, header.text("summary"), "没有内容, 请补填后重新提交", ""))
        phone, phone_problem = phone_of(values.get("phone", ""))
        id_number, id_problem = id_number_of(values.get("id_number", ""))
        for field, problem in (("phone", phone_problem), ("id_number", id_problem)):
            if problem:
                self._warn(sheet, row, header.text(field), problem, values[field])
        title, text = values.get("title", ""), values.get("summary", "")
        key = values.get("number") or self._key_of_content(sheet, header, row, values)
        return RawDocument(
            id=document_id(header.layout, key, title, text),
            channel=_CHANNELS[header.layout],
            source=header.layout,
            external_key=key,
            title=title,
            text=text,
            published_at=self._moment(sheet, header, row),
            received_at=self._received_at,
            petitioner=Petitioner(
                name=values.get("name", ""), phone=phone, id_number=id_number, address=values.get("address", "")
            ),
            category=values.get("category", ""),
            purpose=values.get("purpose", ""),
            fields={
                header.texts[index] or f"第{index + 1}列": text_of(cell)
                for index, cell in enumerate(row.cells)
                if index < len(header.texts) and text_of(cell)
            },
        )

    def _moment(self, sheet: Sheet, header: Header, row: Row) -> datetime | None:
        index = header.columns.get("occurred_on")
        if index is None or index >= len(row.cells):
            return None
        try:
            moment = moment_of(row.cells[index])
        except DateProblem as exc:
            value = text_of(row.cells[index])
            raise RowRefused(_problem(sheet, row, header.text("occurred_on"), str(exc), value)) from exc
        if moment is not None and moment > self._received_at + _FUTURE:
            value = text_of(row.cells[index])
            raise RowRefused(_problem(sheet, row, header.text("occurred_on"), "日期在今天之后, 请核对", value))
        return moment

    def _key_of_content(self, sheet: Sheet, header: Header, row: Row, values: Mapping[str, str]) -> str:
        self._warn(sheet, row, header.text("number"), "没有编号, 以内容识别是否重复", "")
        material = json.dumps(values, ensure_ascii=False, sort_keys=True)
        return "content:" + hashlib.sha256(material.encode()).hexdigest()[:24]

    def _note_number(self, sheet: Sheet, header: Header, row: Row, raw: RawDocument) -> None:
        earlier = self._numbers.setdefault((header.layout, raw.external_key), row.number)
        if earlier != row.number and not any(raw.id == record.raw.id for record in self.records[-1:]):
            self._warn(
                sheet, row, header.text("number"), f"编号与第{earlier}行相同, 内容不同的按更正接收", raw.external_key
            )

    def _warn(self, sheet: Sheet, row: Row, column: str | None, reason: str, value: str) -> None:
        self.warnings.append(_problem(sheet, row, column, reason, value))


def _problem(sheet: Sheet, row: Row, column: str | None, reason: str, value: str) -> RowProblem:
    return RowProblem(sheet=sheet.name, row=row.number, column=column, reason=reason, value=mask_text(value[:_SHOWN]))


def _cell_text(row: Row, index: int) -> str:
    return text_of(row.cells[index]) if index < len(row.cells) else ""


def _only_cell(row: Row) -> str:
    return next(text_of(cell) for cell in row.cells if text_of(cell))


def _is_remark(row: Row, header: Header) -> bool:
    """A note or signature below the table stands in one cell, and not in the column of the summary."""
    filled = [index for index, cell in enumerate(row.cells) if text_of(cell)]
    return len(filled) == 1 and filled[0] != header.columns.get("summary")
