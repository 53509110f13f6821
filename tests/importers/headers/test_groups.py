"""Below somebody else's group a bare 姓名 is neither the petitioner nor one of the family."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from importers.registers.registry import RegistryFile, read_registry
from tests.importers.office_files import read, write_csv

_HEADS = ("村代码", "户编号", "户主姓名", "户主电话", "监测对象类别")
_HEAD = ("141124104202", "A1", "庞甲", "13544440001", "边缘易致贫户")
_BELOW = ("姓名", "单位", "电话")
_HELPER = ("马强", "县水利局", "13899990001")


def register(folder: Path, *rows: Sequence[str]) -> RegistryFile:
    return read_registry(write_csv(folder / "台账.csv", rows), places=(), today=date(2026, 11, 24))


@pytest.mark.parametrize("group", ["基本信息", "农户基本信息", "户主信息", "户信息", "基本情况"])
@pytest.mark.parametrize("helper", ["帮扶责任人", "帮扶干部", "结对帮扶情况", "监测员", "包联领导"])
def test_who_helps_a_household_is_none_of_it(tmp_path: Path, group: str, helper: str):
    groups = (group, "", "", "", "", helper, "", "")

    told = register(tmp_path, ("某镇监测户台账",), groups, (*_HEADS, *_BELOW), (*_HEAD, *_HELPER))

    (household,) = told.households
    assert [(one.name, one.phone) for one in household.persons] == [("庞甲", "13544440001")]
    assert any("「姓名、电话」写在帮扶人、监护人等后面" in one.reason for one in told.warnings)


@pytest.mark.parametrize("helper", ["帮扶责任人", "监测员"])
def test_a_helper_below_whom_alone_a_second_line_stands_is_none_of_it_either(tmp_path: Path, helper: str):
    upper, lower = (*_HEADS, helper, "", ""), ("", "", "", "", "", *_BELOW)

    told = register(tmp_path, upper, lower, (*_HEAD, *_HELPER))

    assert [one.name for one in told.households[0].persons] == ["庞甲"]


def test_the_members_keep_their_names_where_the_helpers_is_written_shorter(tmp_path: Path):
    columns = ("村代码", "户编号", "户主姓名", "成员姓名", "与户主关系", *_BELOW)
    groups = ("基本信息", "", "", "", "", "帮扶责任人", "", "")
    rows = [("141124104202", "A1", "庞甲", *who, *_HELPER) for who in (("庞甲", "户主"), ("任乙", "配偶"))]

    told = register(tmp_path, groups, columns, *rows)

    assert [(one.name, one.phone) for one in told.households[0].persons] == [("庞甲", ""), ("任乙", "")]


@pytest.mark.parametrize("group", ["家庭成员信息", "残疾人信息", "患者信息", "监测信息", "帮扶对象"])
def test_whom_another_group_names_stays_one_of_the_family(tmp_path: Path, group: str):
    told = register(
        tmp_path, ("基本信息", "", "", "", "", group, ""), (*_HEADS, "姓名", "性别"), (*_HEAD, "任乙", "女")
    )

    assert [one.name for one in told.households[0].persons] == ["庞甲", "任乙"]


def test_a_name_that_is_the_only_one_stays(tmp_path: Path):
    groups = ("序号", "户信息", "", "驻村帮扶", "")

    told = register(
        tmp_path, groups, ("序号", "村代码", "户编号", "姓名", "电话"), ("1", "141124104202", "A1", "庞甲", "")
    )

    assert [one.name for one in told.households[0].persons] == ["庞甲"]


def test_a_helper_merged_over_both_lines_has_nothing_below(tmp_path: Path):
    upper, lower = ("基本信息", "", "", "", "", "帮扶人", ""), (*_HEADS, "", "姓名")

    told = register(tmp_path, upper, lower, (*_HEAD, "马强", "任乙"))

    assert [one.name for one in told.households[0].persons] == ["庞甲", "任乙"]


@pytest.mark.parametrize("petitioner", ["高一平", ""])
def test_the_leader_of_a_case_is_not_its_petitioner(tmp_path: Path, petitioner: str):
    groups = ("基本情况", "", "", "", "包案领导", "", "")
    columns = ("信访编号", "信访人姓名", "信访日期", "反映内容", "姓名", "职务", "电话")
    case = ("KH-1", petitioner, "2026-09-01", "反映修路占地没有补偿", "张大山", "副镇长", "13812340001")

    told = read(write_csv(tmp_path / "台账.csv", (groups, columns, case)))

    (record,) = told.records
    assert (record.raw.petitioner.name, record.raw.petitioner.phone) == (petitioner, "")
    assert record.raw.fields["包案领导姓名"] == "张大山"
    assert any("排在「包案领导」后面" in one.reason for one in told.warnings)


def test_a_group_of_the_office_over_the_only_name_is_about_the_petitioner(tmp_path: Path):
    groups = ("登记", "", "接访情况", "", "", "办理", "")
    columns = ("编号", "来访日期", "姓名", "电话", "反映内容", "承办单位", "结果")
    case = ("KH-1", "2026-09-01", "高一平", "13812340001", "反映修路占地没有补偿", "某站", "已办")

    (record,) = read(write_csv(tmp_path / "台账.csv", (groups, columns, case))).records

    assert (record.raw.petitioner.name, record.raw.petitioner.phone) == ("高一平", "13812340001")


@pytest.mark.parametrize("helper", ["帮扶责任人", "帮扶联系人", "监测联系人"])
def test_a_second_line_of_the_header_below_a_helper_alone_is_no_row(tmp_path: Path, helper: str):
    columns = ("村代码", "户编号", "户主姓名", "户主证件号码", "户主电话", "家庭人口", "监测对象类别", helper, "", "")
    row = ("141124104202", "A1", "庞甲", "", "13544440001", "2", "边缘易致贫户", *_HELPER)

    told = register(tmp_path, columns, ("", "", "", "", "", "", "", *_BELOW), row)

    assert [[one.name for one in household.persons] for household in told.households] == [["庞甲"]]
    assert told.problems == ()


def test_a_second_line_of_the_header_below_anything_else_is_told(tmp_path: Path):
    columns = ("村代码", "户编号", "户主姓名", "户主证件号码", "户主电话", "家庭人口", "户类型", "监测情况", "")

    told = register(
        tmp_path, columns, ("", "", "", "", "", "", "", "类别", "状态"), (*_HEAD[:3], "", "", "2", "", "", "")
    )

    assert [one.row for one in told.problems] == [2]


@pytest.mark.parametrize("group", ["结对帮扶贫困户人口情况", "帮扶联系户信息", "驻村工作队核实情况"])
def test_a_group_with_relations_to_the_head_is_the_family(tmp_path: Path, group: str):
    groups = ("户信息", "", "", group, "", "", "")
    columns = ("村代码", "户编号", "户主姓名", "姓名", "与户主关系", "性别", "证件号码")
    rows = [("141124104202", "A1", "庞甲", *who, "") for who in (("庞甲", "户主", "男"), ("任乙", "配偶", "女"))]

    told = register(tmp_path, groups, columns, *rows)

    assert [one.name for one in told.households[0].persons] == ["庞甲", "任乙"]
    assert told.problems == ()


def test_a_helper_ends_where_the_members_begin(tmp_path: Path):
    groups = ("户信息", "", "", "帮扶责任人", "", "", "", "", "")
    columns = ("村代码", "户编号", "户主姓名", "姓名", "电话", "成员姓名", "与户主关系", "性别", "证件号码")
    row = ("141124104202", "A1", "庞甲", "马强", "13899990001", "庞甲", "户主", "男", "141124196001010010")

    told = register(tmp_path, groups, columns, row)

    (head,) = told.households[0].persons
    assert (head.name, head.phone, head.id_number) == ("庞甲", "", "141124196001010010")


def test_a_helper_is_none_of_the_family_where_no_other_group_is_written(tmp_path: Path):
    told = register(tmp_path, ("", "", "", "", "", "帮扶责任人", "", ""), (*_HEADS, *_BELOW), (*_HEAD, *_HELPER))

    assert [(one.name, one.phone) for one in told.households[0].persons] == [("庞甲", "13544440001")]


def test_who_came_to_the_day_of_a_leader_is_the_petitioner(tmp_path: Path):
    groups = ("领导接访登记", "", "", "", "", "", "办理", "")
    columns = ("编号", "来访日期", "姓名", "电话", "住址", "反映内容", "申请人", "结果")
    case = ("KH-1", "2026-09-01", "高一平", "13812340001", "某村", "反映修路占地没有补偿", "高一平", "已办")

    (record,) = read(write_csv(tmp_path / "台账.csv", (groups, columns, case))).records

    assert (record.raw.petitioner.name, record.raw.petitioner.phone) == ("高一平", "13812340001")
