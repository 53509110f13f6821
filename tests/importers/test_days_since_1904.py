"""Plain numbers in workbooks that count days from 1904: nobody reads them as days by the wrong calendar."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from importers.formats.parts import EITHER_CALENDAR
from importers.registers.registry import read_registry
from tests.importers.office_files import read

_HEADER = ("信访件编号", "信访日期", "登记日期", "信访人姓名", "反映内容")
_TEXT = "家中老人患病住院, 请求救助。"


def xlsx_since_1904(path: Path, *rows: Sequence[object]) -> Path:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def test_the_day_is_doubted_in_whichever_column_it_is_read(tmp_path: Path):
    rows = [("X1", "", 43894, "李一", _TEXT), ("X2", date(2024, 3, 5), 43894, "李二", _TEXT)]

    delivered = read(xlsx_since_1904(tmp_path / "台账.xlsx", _HEADER, *rows))

    assert [(one.row, one.reason) for one in delivered.problems] == [(2, EITHER_CALENDAR)]
    [record] = delivered.records
    assert record.raw.published_at is not None
    assert record.raw.published_at.date() == date(2024, 3, 5)


def test_an_old_workbook_that_counts_from_1904_is_known_as_one(tmp_path: Path):
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = True
    sheet = book.add_sheet("台账")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, cells in enumerate((_HEADER, ("X1", 43894, "", "李一", _TEXT), ("X2", 43894, "", "李二", _TEXT))):
        for column, cell in enumerate(cells):
            is_day = (number, column) == (2, 1)
            sheet.row(number).set_cell_number(1, 43894, day) if is_day else sheet.write(number, column, cell)
    written = io.BytesIO()
    book.save(written)
    path = tmp_path / "台账.xls"
    path.write_bytes(written.getvalue())

    delivered = read(path)

    assert [(one.row, one.column, one.reason) for one in delivered.problems] == [(2, "信访日期", EITHER_CALENDAR)]
    assert [str(one.raw.published_at)[:10] for one in delivered.records] == ["2024-03-05"]


def test_a_message_whose_day_is_by_nobody_knows_which_calendar_is_refused(tmp_path: Path):
    header = ("留言编号", "标题", "留言内容", "留言时间", "留言对象")
    path = xlsx_since_1904(tmp_path / "留言.xlsx", header, ("L1", "看病难", _TEXT, 43894, "某镇党委书记"))

    delivered = read(path)

    assert delivered.records == ()
    assert [(one.column, one.reason) for one in delivered.problems] == [("留言时间", EITHER_CALENDAR)]


def test_a_register_leaves_out_such_a_day_of_birth_and_says_so(tmp_path: Path):
    header = ("户编号", "村代码", "姓名", "与户主关系", "出生日期")
    path = xlsx_since_1904(
        tmp_path / "台账.xlsx",
        header,
        ("14112410420001", "141124104200", "庞甲甲", "户主", 40000),
        ("14112410420001", "141124104200", "庞乙乙", "之子", date(2001, 3, 5)),
    )

    delivered = read_registry(path, places=[], today=date(2026, 11, 24))

    assert [person.born_on for person in delivered.entries[0].persons] == [None, date(2001, 3, 5)]
    assert ("出生日期", EITHER_CALENDAR) in [(one.column, one.reason) for one in delivered.warnings]
