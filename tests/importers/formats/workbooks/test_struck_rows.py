"""Rows struck through in workbooks, documents and HTML, read as the clerk would see them."""

import io
from collections.abc import Collection
from pathlib import Path

import docx
import pytest
import xlwt

from importers.formats.parts import Row
from tests.importers.formats.delivery import rows_of
from tests.importers.formats.office_files import ods, xls, xlsb

_HEADER = ("编号", "姓名", "件数", "人数", "内容")
_ROWS = (_HEADER, ("X1", "张三", 1, 2, "漏雨"), ("X2", "李四", 3, 4, "欠薪"))


def _old_workbook(struck: Collection[tuple[int, int]]) -> bytes:
    """An xls of three rows, some of whose cells are struck through."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("登记")
    plain, crossed = xlwt.XFStyle(), xlwt.XFStyle()
    crossed.font = xlwt.Font()
    crossed.font.struck_out = True
    for row, cells in enumerate(_ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell, crossed if (row, column) in struck else plain)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _struck(rows: Collection[Row]) -> list[int]:
    return [row.number for row in rows if row.struck]


@pytest.mark.parametrize(
    ("crossed", "told"),
    [
        ([(2, column) for column in range(5)], [3]),
        ([(2, column) for column in range(4)], []),
        ([(row, column) for row in (1, 2) for column in range(5)], [2, 3]),
        ([], []),
    ],
    ids=["one row", "one cell is not", "two rows", "none"],
)
def test_a_row_of_an_old_workbook_is_struck_when_every_cell_is(
    tmp_path: Path, crossed: Collection[tuple[int, int]], told: list[int]
):
    assert _struck(rows_of(tmp_path, "登记.xls", _old_workbook(crossed))) == told


_TEXTS = [[str(cell) for cell in row] for row in _ROWS]
_WHOLE = [(2, column) for column in range(5)]
_ALL_BUT_ONE = _WHOLE[:-1]


@pytest.mark.parametrize(("crossed", "told"), [(_WHOLE, [3]), (_ALL_BUT_ONE, []), ([], [])])
def test_a_row_of_a_binary_workbook_is_struck_when_every_cell_is(
    tmp_path: Path, crossed: Collection[tuple[int, int]], told: list[int]
):
    assert _struck(rows_of(tmp_path, "登记.xlsb", xlsb(_TEXTS, struck=crossed))) == told


@pytest.mark.parametrize("words", [False, True], ids=["cells", "words"])
@pytest.mark.parametrize(("crossed", "told"), [(_WHOLE, [3]), (_ALL_BUT_ONE, []), ([], [])])
def test_a_row_of_an_open_document_is_struck_when_every_word_is(
    tmp_path: Path, crossed: Collection[tuple[int, int]], told: list[int], words: bool
):
    assert _struck(rows_of(tmp_path, "登记.ods", ods(_TEXTS, struck=crossed, words=words))) == told


def test_a_row_of_an_open_document_that_stands_twice_is_told_of_twice(tmp_path: Path):
    assert _struck(rows_of(tmp_path, "登记.ods", ods(_TEXTS, struck=_WHOLE, repeated=2))) == [3, 4]


@pytest.mark.parametrize(("crossed", "told"), [(_WHOLE, [3]), (_ALL_BUT_ONE, [])])
def test_a_row_of_a_document_is_struck_when_every_word_is(
    tmp_path: Path, crossed: Collection[tuple[int, int]], told: list[int]
):
    document = docx.Document()
    table = document.add_table(rows=len(_TEXTS), cols=len(_HEADER))
    for row, texts in enumerate(_TEXTS):
        for column, text in enumerate(texts):
            table.cell(row, column).paragraphs[0].add_run(text).font.strike = (row, column) in crossed
    written = io.BytesIO()
    document.save(written)

    assert _struck(rows_of(tmp_path, "登记.docx", written.getvalue())) == told


def test_a_workbook_without_fonts_of_its_own_has_no_struck_rows(tmp_path: Path):
    assert _struck(rows_of(tmp_path, "登记.xls", xls({"登记": _ROWS}))) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("<td><s>X1</s></td><td><del>张三<br>李四</del></td><td></td>", [2]),
        ("<td><s>X1</s></td><td>张三</td>", []),
        ("<td><s>X1</s>旧</td><td><strike>张三</strike></td>", []),
    ],
    ids=["every word", "one cell is not", "a word behind it is not"],
)
def test_a_row_of_a_page_is_struck_when_every_word_is(tmp_path: Path, row: str, told: list[int]):
    page = f"<table><tr><td>编号</td><td>姓名</td><td>备注</td></tr><tr>{row}</tr></table>"

    assert _struck(rows_of(tmp_path, "导出.xls", page.encode())) == told
