"""Cells of workbooks that stay text in every spreadsheet, whatever they begin with."""

import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from importers.petitions.record_table import escaped

ROWS_OF_A_SHEET = 1_000_000
CHARACTERS_OF_A_CELL = 32_767
_NOT_IN_A_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BEGINS_A_FORMULA = frozenset("=+-@\t\r")


def as_written(text: str) -> str:
    """What of the text a cell holds."""
    return _NOT_IN_A_CELL.sub("", text)[:CHARACTERS_OF_A_CELL]


def text_cell(page: Any, text: str) -> Any:
    """A cell of a write-only sheet that is text, also after somebody edited it; no formula is ever one."""
    cell: Any = WriteOnlyCell(page, "")
    # Set past openpyxl, which would read a leading = as a formula.
    cell._value = escaped(as_written(text))
    cell.data_type = "s"
    if text[:1] in _BEGINS_A_FORMULA:
        cell.quotePrefix = True
    return cell


def begin_page(book: Workbook, title: str, columns: Sequence[str]) -> Any:
    """A sheet with a bold, frozen header that can be filtered."""
    page = book.create_sheet(title)
    page.freeze_panes = "A2"
    header = [text_cell(page, text) for text in columns]
    for cell in header:
        cell.font = Font(bold=True)
    page.append(header)
    page.auto_filter.ref = f"A1:{get_column_letter(len(header))}{ROWS_OF_A_SHEET}"
    return page
