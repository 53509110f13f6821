"""A receipt as a workbook: the rows as delivered, what became of each, and what to do.

The clerk filters what was refused, mends it in place and delivers the workbook again: its own columns are left out when
it comes back. Every row bears a mark by which it is known then: mended rows are taken in, other changed rows correct
their records, and what is unchanged stays what it was.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook

from domain.deliveries.receipt import (
    RECEIPT_COLUMNS,
    Receipt,
    RowOutcome,
    RowProblem,
    RowReader,
    RowReceipt,
    reads_everything,
)
from pipeline.deliveries.letter_cells import LETTER_COLUMNS, cells_of
from pipeline.deliveries.receipt_record import receipt_rows
from pipeline.deliveries.written_cells import content_of
from pipeline.private_file import written_whole
from pipeline.text_cells import CHARACTERS_OF_A_CELL, ROWS_OF_A_SHEET, begin_page, text_cell
from storage.deliveries.row_marks import RowMarks
from storage.store import Store

_CUT = f"有的格太长, 这里只有前{CHARACTERS_OF_A_CELL}个字, 要改请在原文件里改"
_CHARACTERS_OF_A_TITLE = 31
_NOT_IN_A_TITLE = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_WARNINGS_HELD = 10_000
"""Remarks stand next to their row in the file; more than this never wait for one."""
_PAGE = 300


def write_receipt_workbook(path: Path, store: Store, receipt: Receipt, may_read: RowReader = reads_everything) -> None:
    """Write the receipt as xlsx, a sheet for each table of the file; every cell is text, none is a formula.

    Rows stand in the file's order, the columns of the file behind those of the receipt; of a repeat the cells are those
    that were delivered, never those of the record that it repeats: another office may have brought that. What the
    retention policy has emptied is empty. A row that the reader may not read is left out; of one that was refused the
    cells alone, or nobody would mend it. Memory does not grow with the number of rows. FileError when nothing can be
    written there.
    """
    with written_whole(path) as output:
        pages = _Pages(receipt, store.row_marks())
        for row, fields, warnings in _rows_with_warnings(store, receipt, may_read):
            pages.write(row, fields, warnings)
        pages.save(output)


class _Pages:
    """The sheets of the workbook, begun when their first row comes."""

    def __init__(self, receipt: Receipt, marks: RowMarks) -> None:
        self._receipt = receipt.id
        self._marks = marks
        self._book = Workbook(write_only=True)
        self._columns = {table.sheet: table.columns for table in receipt.tables}
        self._pages: dict[tuple[str, bool], Any] = {}
        self._written: Counter[tuple[str, bool]] = Counter()
        self._titles: set[str] = set()

    def write(self, row: RowReceipt, fields: Mapping[str, str], warnings: Sequence[RowProblem]) -> None:
        columns = self._columns.get(row.sheet, ())
        # A letter beside a table has none of its columns.
        key = row.sheet, bool(columns) and _is_letter(fields, columns)
        columns = LETTER_COLUMNS if key[1] else columns or LETTER_COLUMNS
        if self._written[key] % ROWS_OF_A_SHEET == 0:
            self._pages[key] = self._begin(row.sheet, columns)
        self._written[key] += 1
        page = self._pages[key]
        cells = {name: fields.get(name, "") for name in columns}
        advice = _advice(row, warnings)
        if any(len(text) > CHARACTERS_OF_A_CELL for text in cells.values()):
            advice = "; ".join(filter(None, (advice, _CUT)))
        mark = self._marks.of(self._receipt, row.position, content_of(cells))
        told = (row.outcome.label, advice, str(row.row), mark, *cells.values())
        page.append([text_cell(page, text) for text in told])

    def save(self, output: IO[bytes]) -> None:
        if not self._pages:
            self._begin("回执", ())
        self._book.save(output)

    def _begin(self, sheet: str, columns: Sequence[str]) -> Any:
        return begin_page(self._book, self._title(sheet or "回执"), (*RECEIPT_COLUMNS, *columns))

    def _title(self, sheet: str) -> str:
        plain = _NOT_IN_A_TITLE.sub("_", sheet).strip("'") or "回执"
        title, copies = plain[:_CHARACTERS_OF_A_TITLE], 1
        while title.casefold() in self._titles:
            copies += 1
            title = f"{plain[: _CHARACTERS_OF_A_TITLE - 6]}({copies})"
        self._titles.add(title.casefold())
        return title


def _rows_with_warnings(
    store: Store, receipt: Receipt, may_read: RowReader
) -> Iterator[tuple[RowReceipt, Mapping[str, str], list[RowProblem]]]:
    """Every row that has an outcome, with its cells and the remarks that stand right before or behind it."""
    held: dict[tuple[str, int], list[RowProblem]] = {}
    waiting: tuple[RowReceipt, Mapping[str, str]] | None = None
    for row, fields in _rows_with_fields(store, receipt, may_read):
        if row.outcome is RowOutcome.WARNED:
            if row.problem is not None:
                held.setdefault((row.sheet, row.row), []).append(row.problem)
            if len(held) > _WARNINGS_HELD:
                held.pop(next(iter(held)))
            continue
        if waiting is not None:
            yield *waiting, held.pop((waiting[0].sheet, waiting[0].row), [])
        waiting = row, fields
    if waiting is not None:
        yield *waiting, held.pop((waiting[0].sheet, waiting[0].row), [])


def _rows_with_fields(
    store: Store, receipt: Receipt, may_read: RowReader
) -> Iterator[tuple[RowReceipt, Mapping[str, str]]]:
    rows = receipt_rows(store, receipt.id)
    while page := list(islice(rows, _PAGE)):
        with store.reading() as work:
            documents = work.raw.found([row.document_id for row in page if row.document_id and _is_new(row)])
            known_open = work.routes.open_among([row.document_id for row in page if row.document_id])
        for row in page:
            document = documents.get(row.document_id) if row.document_id and _is_new(row) else None
            fields = cells_of(document) if document is not None else row.fields
            refused = row.outcome is RowOutcome.REJECTED
            if may_read(" ".join(fields.values()), accusation=not refused and row.document_id not in known_open):
                yield row, fields
            elif refused:
                yield row, {}


def _is_letter(fields: Mapping[str, str], columns: Sequence[str]) -> bool:
    said = {name for name, text in fields.items() if text}
    return bool(said) and said <= set(LETTER_COLUMNS) and not said <= set(columns)


def _is_new(row: RowReceipt) -> bool:
    return row.outcome in (RowOutcome.ACCEPTED, RowOutcome.CORRECTED)


def _advice(row: RowReceipt, warnings: Sequence[RowProblem]) -> str:
    said = [f"{one.column}: {one.reason}" if one.column else one.reason for one in (row.problem, *warnings) if one]
    if row.outcome is RowOutcome.REJECTED and row.problem is None:
        said.append("原因已按保留期限清理")
    if row.outcome is RowOutcome.DUPLICATE and row.problem is None:
        said.append(f"与已有记录 {row.document_id} 相同, 不用再交" if row.document_id else "已经登记过, 不用再交")
        if row.earlier_id is not None:
            said.append("提示已按保留期限清理")
    elif row.outcome is RowOutcome.DUPLICATE and row.problem is not None and row.problem.value:
        said[0] = f"{row.problem.value}: {said[0]}"
    if row.outcome is RowOutcome.CORRECTED:
        said.append(f"更正了已有记录 {row.earlier_id}")
    return "; ".join(said)
