"""Workbooks that calamine reads whole: xls, xlsb, ods. The first is small by its format, the others are rare."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Self

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from importers.formats.merges import Merges, merges_of_spreadsheet
from importers.formats.packages.office_package import OfficePackage
from importers.formats.packages.packages import open_package
from importers.formats.packages.pasted import Pasted
from importers.formats.parts import Cell, Row
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable
from importers.formats.workbooks.binary_merges import merges_of_binary_workbook
from importers.formats.workbooks.old_workbook import check_reach, counts_from_1904, stream_of
from importers.formats.workbooks.serial_dates import note_of_1904
from importers.formats.workbooks.struck_rows import struck_rows
from importers.formats.workbooks.struck_spreadsheets import struck_rows_of_binary_workbook, struck_rows_of_spreadsheet
from importers.formats.workbooks.workbook_pictures import pictures_of_old_workbook, pictures_of_workbook
from importers.formats.workbooks.worksheets import send_sheet

_CONTENT = "content.xml"
_BINARY = ".bin"
_DAMAGED = "表格打不开, 可能已损坏或有密码; 请用WPS或Excel打开, 另存为xlsx后再提交"
_PANIC = "PanicException"


def read_workbook(source: Source, sink: Sink) -> None:
    """Send every worksheet in the order of its tabs; sheets of charts and macros are left out."""
    beside = _Beside.of_package(source) if source.head(2) == b"PK" else _Beside.of_old_workbook(source)
    try:
        book = CalamineWorkbook.from_filelike(source.start())
        for sheet in book.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                hidden = sheet.visible is not SheetVisibleEnum.Visible
                filled = _read_sheet(book, sheet.name, hidden, beside, source, sink)
                beside.pasted.get(sheet.name, Pasted()).say(sink, source.part, sheet.name, alone=not filled)
    except PasswordError as exc:
        raise Unreadable("文件有打开密码, 请去掉密码后再提交") from exc
    except CalamineError as exc:
        raise Unreadable(_DAMAGED) from exc
    except BaseException as exc:
        # What calamine, in Rust, did not expect is a panic, and that is no Exception.
        if type(exc).__name__ != _PANIC:
            raise
        raise Unreadable(_DAMAGED) from exc


@dataclass(frozen=True, slots=True)
class _Beside:
    """What calamine does not tell of the sheets, by their names; read first, and held while it reads the cells."""

    pasted: Mapping[str, Pasted]
    merged: Mapping[str, Merges]
    """Of an ods or xlsb: calamine tells those of xls only."""
    struck: Mapping[str, Set[int]]
    """The rows that are struck through."""
    since_1904: bool = False
    """True where days are counted from 1904: calamine reads those that are formatted as days."""

    @classmethod
    def of_package(cls, source: Source) -> Self:
        """Of an ods or xlsb; Unreadable when it is damaged: of XML that does not close calamine finds no end."""
        open_package(source.start(), source.limits).close()
        merged, struck = _merges_and_struck_rows(source)
        return cls(pictures_of_workbook(source), merged, struck)

    @classmethod
    def of_old_workbook(cls, source: Source) -> Self:
        """Of an xls; Unreadable when its cells lie too far apart."""
        content = stream_of(source)
        check_reach(content)
        return cls(pictures_of_old_workbook(content), {}, struck_rows(content), counts_from_1904(content))


def _merges_and_struck_rows(source: Source) -> tuple[Mapping[str, Merges], Mapping[str, Set[int]]]:
    with open_package(source.start(), source.limits) as package:
        office = OfficePackage(package)
        workbook = office.main()
        if workbook.endswith(_BINARY):
            merged = merges_of_binary_workbook(office, workbook, source.limits)
            return merged, struck_rows_of_binary_workbook(office, workbook)
        if not office.has(_CONTENT):
            return {}, {}
        with office.open(_CONTENT) as stream:
            merged = merges_of_spreadsheet(stream, source.limits)
        with office.open(_CONTENT) as stream:
            return merged, struck_rows_of_spreadsheet(stream)


def _read_sheet(book: CalamineWorkbook, name: str, hidden: bool, beside: _Beside, source: Source, sink: Sink) -> bool:
    """Send the sheet; False for one without a single row."""
    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError:
        sink.refused(source.part, "这个工作表读不出来; 请用WPS或Excel打开, 另存为xlsx后再提交", sheet=name)
        return True
    merges = beside.merged.get(name)
    if merges is None:
        merges = Merges(source.limits)
        for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
            merges.add(first_row + 1, last_row + 1, first_column, last_column)
    rows = _rows(sheet, beside.struck.get(name, frozenset()), since_1904=beside.since_1904)
    return send_sheet(sink, source.part, name, merges.marked(rows), hidden=hidden)


def _rows(sheet: CalamineSheet, struck: Set[int], *, since_1904: bool) -> Iterator[Row]:
    # calamine begins with the first column that holds something; merged cells count from the sheet's own.
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        trimmed = _trimmed([*before, *cells])
        if trimmed:
            found = (note_of_1904(at, cell) for at, cell in enumerate(trimmed)) if since_1904 else ()
            notes = tuple(note for note in found if note is not None)
            yield Row(number, trimmed, notes=notes, struck=number in struck)


def _trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    last = next((index for index in range(len(cells) - 1, -1, -1) if cells[index] != ""), -1)
    return tuple(cells[: last + 1])
