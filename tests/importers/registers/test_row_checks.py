"""Cells of a register in which somebody else stands than the person of the row."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from domain.places.place import Place
from domain.places.region import RegionCode
from domain.register.household import Relation
from importers.registers.registry import RegistryFile, read_registry
from importers.registers.row_checks import names_several
from tests.importers.office_files import write_csv

_HEADER = ("村代码", "户编号", "户主姓名", "姓名", "与户主关系")
_VILLAGE = "141124104202"


def register(folder: Path, *rows: Sequence[str]) -> RegistryFile:
    lines = [_HEADER, *((_VILLAGE, "A1", *row) for row in rows)]
    return read_registry(write_csv(folder / "台账.csv", lines), places=(), today=date(2026, 11, 24))


@pytest.mark.parametrize("name", ["高满仓/李翠翠", "高一、李二", "高五，李六", "高七 和 李八", "欧阳建国；李四"])
def test_two_names_in_one_cell_are_two_persons(tmp_path: Path, name: str):
    read = register(tmp_path, ("高满仓", name, "户主"), ("高满仓", "高小", "长子"))

    assert [(one.row, one.reason[:8]) for one in read.problems] == [(2, "一格里写了几个人")]
    assert "A1" in read.partly_read


@pytest.mark.parametrize(
    "name",
    [
        "高满仓",
        "张和李",
        "王与李清",
        "高一/小花",
        "高一、女",
        "阿依·古丽",
        "古丽 巴哈尔",
        "马丽 古丽",
        "欧阳 小红",
        "高一/残疾",
        "高润 生",
        "高一 党员",
        "高一 单身",
        "高一/高龄",
        "高一 高血压",
        "高一、文盲",
        "",
    ],
)
def test_one_name_with_something_else_is_one_person(name: str):
    assert not names_several(name)


@pytest.mark.parametrize(
    "head", ["高有粮（已故）", "高有粮(去世)", "高有粮（2025年病故）", "高有粮（在家病故）", "高有粮（不幸去世）"]
)
def test_a_head_of_whom_another_row_says_that_he_died_is_no_member(tmp_path: Path, head: str):
    read = register(tmp_path, (head, "王桂花", "妻"), (head, "高小", "长子"))

    (household,) = read.households
    assert [(one.name, one.relation) for one in household.persons] == [
        ("王桂花", Relation.SPOUSE),
        ("高小", Relation.CHILD),
    ]
    told = [one for one in read.warnings if one.column == "户主姓名"]
    assert [(one.row, one.value) for one in told] == [(2, head), (3, head)]
    assert all("没有按这一格认户主" in one.reason for one in told)


def test_a_head_with_a_row_of_his_own_stays_whatever_stands_behind_his_name(tmp_path: Path):
    read = register(tmp_path, ("高有粮（已故）", "高有粮（已故）", "户主"), ("高有粮（已故）", "王桂花", "妻"))

    assert [one.name for one in read.households[0].persons] == ["高有粮", "王桂花"]


@pytest.mark.parametrize("remark", ["五保", "妻已故", "老伴去世", "父亲病故后变更", "原户主已故", "未迁出", "长女出嫁"])
def test_another_remark_behind_the_heads_name_takes_nothing_from_him(tmp_path: Path, remark: str):
    read = register(tmp_path, (f"高有粮（{remark}）", "王桂花", "妻"))

    assert [one.name for one in read.households[0].persons] == ["高有粮", "王桂花"]


def test_the_name_of_a_village_is_the_village(tmp_path: Path):
    village = Place(code=RegionCode(_VILLAGE), name="庞家庄村")
    path = write_csv(tmp_path / "台账.csv", [("村名称", *_HEADER[1:3]), ("庞家庄村", "A1", "庞甲")])

    read = read_registry(path, places=(village,), today=date(2026, 11, 24))

    assert [one.village.digits for one in read.households] == [_VILLAGE]
    assert read.warnings == ()
