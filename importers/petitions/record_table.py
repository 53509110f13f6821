"""Petitions that arrive record by record, written as a register: so that they go the one way that all files go."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell

COLUMNS: Mapping[str, str] = {
    "number": "信访件编号",
    "name": "姓名",
    "sex": "性别",
    "age": "年龄",
    "phone": "联系电话",
    "id_number": "证件号码",
    "address": "住址",
    "date": "信访日期",
    "form": "信访形式",
    "purpose": "信访目的",
    "category": "内容分类",
    "persons": "涉及人数",
    "title": "标题",
    "matter": "信访事项",
}
"""Field of a record to the header it stands under; every header is in the vocabulary of `headers.yml`."""
KEYS: Mapping[str, str] = {header: field for field, header in COLUMNS.items()}
"""The same the other way round."""
FIRST_ROW = 2
"""The sheet's row of the first record; the others follow without a gap, whatever they hold."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET = "登记"
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Would be read as an escaped character; written as the escape of its underscore."""


def is_writable(text: str) -> bool:
    """True when a cell of a workbook can hold the text: no control characters, no halves of characters."""
    return _UNWRITABLE.search(text) is None


def escaped(text: str) -> str:
    """The text as a workbook holds it: what looks like an escaped character in it stays what it is."""
    return _ESCAPE.sub("_x005F_", text)


def write_record_table(path: Path, records: Sequence[Mapping[str, str]]) -> None:
    """Write a workbook with one row for each record; every text is writable, every cell is text, none is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET)

    def cell(text: str) -> Cell:
        made: Cell = WriteOnlyCell(sheet, escaped(text))
        # Set afterwards: a text that begins with = would be taken for a formula.
        made.data_type = "s"
        return made

    sheet.append(list(COLUMNS.values()))
    for record in records:
        sheet.append([cell(record.get(field, "")) for field in COLUMNS])
    book.save(path)
