"""Sheets of who is there no more beside the register of who is."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.failures.errors import FileError
from importers.registers.lists_of_left import LIST_OF_LEFT
from importers.registers.registry import RegistryFile, read_registry
from tests.factories import VILLAGE

_REGISTER = (
    ("村代码", "户编号", "姓名", "与户主关系"),
    (VILLAGE.digits, "01", "庞甲", "户主"),
    (VILLAGE.digits, "01", "李丙", "配偶"),
)
_HEADER = ("户编号", "姓名", "与户主关系", "减少原因")
_GONE = (_HEADER, ("01", "庞老汉", "父亲", "病故"), ("02", "薛乙", "户主", "整户迁出"))
_WITH_VILLAGE = tuple((VILLAGE.digits if at else "村代码", *row) for at, row in enumerate(_GONE))

_Sheets = Mapping[str, Sequence[Sequence[str]]]


def delivered(folder: Path, sheets: _Sheets) -> RegistryFile:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for cells in rows:
            page.append(list(cells))
    path = folder / "台账.xlsx"
    book.save(path)
    return read_registry(path, places=(), today=date(2026, 9, 20))


def people(read: RegistryFile) -> list[str]:
    return [person.name for household in read.households for person in household.persons]


@pytest.mark.parametrize(
    "name",
    [
        "减少人员",
        "死亡人员",
        "迁出人员",
        "自然减少",
        "2026年减少人员花名册",
        "死亡、迁出人员名单",
        "户籍台账（减少）",
        "附件3 已迁出户",
        "低保死亡人员",
        "减少人员(2026年)",
    ],
)
@pytest.mark.parametrize("gone", [_GONE, _WITH_VILLAGE], ids=["without village", "with village"])
def test_a_sheet_of_who_left_is_left_out_with_one_remark(tmp_path: Path, name: str, gone: Sequence[Sequence[str]]):
    read = delivered(tmp_path, {"户籍台账": _REGISTER, name: gone})

    assert people(read) == ["庞甲", "李丙"]
    assert (read.problems, read.partly_read) == ((), frozenset())
    assert [(one.sheet, one.row, one.reason, one.value) for one in read.warnings] == [(name, 1, LIST_OF_LEFT, name)]


def test_so_is_one_whose_title_says_so(tmp_path: Path):
    read = delivered(tmp_path, {"Sheet1": _REGISTER, "Sheet2": (("2026年减少人员名单",), *_GONE)})

    assert people(read) == ["庞甲", "李丙"]
    assert [(one.row, one.value) for one in read.warnings] == [(2, "2026年减少人员名单")]


@pytest.mark.parametrize(
    "name",
    [
        "人员增减",
        "增加减少人员",
        "在册及减少人员",
        "含死亡人员",
        "疑似死亡人员",
        "收入减少户",
        "监测对象减少",
        "低保减少人员",
        "贫困人口减少",
        "搬迁迁出户",
        "死亡人员家属",
        "未迁出人员",
        "残疾证注销人员",
        "外嫁女",
        "迁出村",
        "迁出户",
        "户主死亡户",
        "户主已故",
        "死亡户",
        "家庭成员死亡户",
        "人口减少户",
        "牲畜死亡情况",
        "产量减少户",
        "护林员减少",
        "个体户注销",
        "危房迁出户",
        "户籍台账（含2026年死亡人员）",
        "在册及2025年迁出人员",
        "户籍台账（已核减死亡人员）",
        "在册（不包含已迁出）",
    ],
)
def test_a_sheet_of_others_is_read(tmp_path: Path, name: str):
    rows = (_REGISTER[0], (VILLAGE.digits, "03", "乔丁", "户主"))

    read = delivered(tmp_path, {"户籍台账": _REGISTER, name: rows})

    assert people(read) == ["庞甲", "李丙", "乔丁"]


def test_a_sheet_that_tells_to_which_settlement_people_moved_is_read(tmp_path: Path):
    rows = ((*_REGISTER[0], "安置点"), (VILLAGE.digits, "03", "乔丁", "户主", "惠民安置点"))

    assert people(delivered(tmp_path, {"户籍台账": _REGISTER, "迁出户": rows})) == ["庞甲", "李丙", "乔丁"]


@pytest.mark.parametrize("header", ["迁入地", "安置方式", "搬迁时间"])
def test_so_is_one_whose_headers_tell_of_a_move_to_a_settlement(tmp_path: Path, header: str):
    rows = ((*_REGISTER[0], header), (VILLAGE.digits, "03", "乔丁", "户主", "集中"))

    assert people(delivered(tmp_path, {"户籍台账": _REGISTER, "已迁出户": rows})) == ["庞甲", "李丙", "乔丁"]


@pytest.mark.parametrize(
    "line",
    [
        "填表说明：请勿填写已死亡人员",
        "说明：本表不填已迁出人员",
        "请核对后再删掉已迁出人员",
        "说明：整户迁出的请注销",
        "蔡家洼村户籍台账（已清理死亡人员）",
    ],
)
def test_a_line_above_that_says_how_to_fill_it_in_leaves_nobody_out(tmp_path: Path, line: str):
    assert people(delivered(tmp_path, {"户籍台账": ((line,), *_REGISTER)})) == ["庞甲", "李丙"]


def test_a_title_of_a_relocation_register_contradicts_the_name_of_its_sheet(tmp_path: Path):
    rows = (("易地扶贫搬迁户花名册",), _REGISTER[0], (VILLAGE.digits, "03", "乔丁", "户主"))

    assert people(delivered(tmp_path, {"户籍台账": _REGISTER, "已迁出户": rows})) == ["庞甲", "李丙", "乔丁"]


def test_a_name_that_contradicts_the_title_leaves_nobody_out(tmp_path: Path):
    rows = (("2026年人员增减台账",), _REGISTER[0], (VILLAGE.digits, "03", "乔丁", "户主"))

    assert people(delivered(tmp_path, {"户籍台账": _REGISTER, "减少": rows})) == ["庞甲", "李丙", "乔丁"]


def test_rows_with_a_column_of_changes_are_read_by_it(tmp_path: Path):
    rows = (("户编号", "姓名", "与户主关系", "变更类型"), ("01", "庞老汉", "父亲", "减少"))

    read = delivered(tmp_path, {"户籍台账": _REGISTER, "减少人员": rows})

    assert [(one.row, one.reason[:6]) for one in read.problems] == [(2, "写着「减少」")]
    assert read.partly_read == {"01"}


def test_a_table_without_a_header_behind_it_is_not_read_by_an_earlier_one(tmp_path: Path):
    further = ((VILLAGE.digits, "03", "乔丁", "户主"),)

    read = delivered(tmp_path, {"户籍台账": _REGISTER, "减少人员": _WITH_VILLAGE, "续": further})

    assert people(read) == ["庞甲", "李丙"]
    assert {one.sheet for one in read.warnings} == {"减少人员", "续"}


def test_a_file_of_nothing_else_says_what_to_hand_in(tmp_path: Path):
    with pytest.raises(FileError, match="已经不在的人"):
        delivered(tmp_path, {"减少人员": _GONE})
