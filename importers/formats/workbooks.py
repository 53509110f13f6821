"""Workbooks that calamine reads whole: xls, xlsb, ods."""

from collections.abc import Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from importers.formats.parts import Row
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable


def read_workbook(source: Source, sink: Sink) -> None:
    """Send every sheet that is one; sheets of charts and macros are left out."""
    try:
        book = CalamineWorkbook.from_filelike(source.start())
        hidden = {sheet.name: sheet.visible is not SheetVisibleEnum.Visible for sheet in book.sheets_metadata}
        for name in book.sheet_names:
            sink.table(source.part, name, _rows(book.get_sheet_by_name(name)), hidden=hidden.get(name, False))
    except CalamineError as exc:
        raise Unreadable("表格打不开, 可能已损坏、有密码或扩展名不对, 请另存为xlsx后再提交") from exc


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield Row(number, tuple(cells))
