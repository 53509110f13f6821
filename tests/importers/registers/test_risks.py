"""Risks below 风险 and the like: read beside a category where they are known, said where other words stand."""

from datetime import date
from pathlib import Path

import pytest

from domain.words.vocabulary import MonitoringCategory
from importers.registers.registry import read_registry
from tests.importers.office_files import write_csv

_HEADER = ("户编号", "村代码", "姓名", "与户主关系", "监测对象类别")
_ROW = ("A1", "141124104202", "庞甲", "户主", "边缘易致贫户")
_TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("header", ["风险", "风险因素", "返贫风险类型"])
def test_risks_below_a_short_header_are_read_beside_a_category(tmp_path: Path, header: str):
    path = write_csv(tmp_path / "台账.csv", [(*_HEADER, header), (*_ROW, "因病、因学")])

    read = read_registry(path, places=(), today=_TODAY)

    assert [one.monitoring[0].risks for one in read.households] == [("因病", "因学")]
    assert read.warnings == ()


@pytest.mark.parametrize("written", ["高", "已消除", "√", "是", "01"])
def test_what_is_no_risk_below_such_a_header_is_not_taken_for_one_and_said(tmp_path: Path, written: str):
    path = write_csv(tmp_path / "台账.csv", [(*_HEADER, "风险"), (*_ROW, written)])

    read = read_registry(path, places=(), today=_TODAY)

    assert [one.monitoring[0].risks for one in read.households] == [()]
    assert ["「风险」没有采用" in one.reason for one in read.warnings] == [True]


def test_a_column_in_which_nobody_has_a_risk_is_no_remark(tmp_path: Path):
    path = write_csv(tmp_path / "台账.csv", [(*_HEADER, "风险"), (*_ROW, "无")])

    assert read_registry(path, places=(), today=_TODAY).warnings == ()


def test_the_column_of_risks_counts_more_than_a_short_header(tmp_path: Path):
    path = write_csv(tmp_path / "台账.csv", [(*_HEADER, "风险", "风险类型"), (*_ROW, "因病", "因残")])

    read = read_registry(path, places=(), today=_TODAY)

    assert [one.monitoring[0].risks for one in read.households] == [("因残",)]


_OF_HEADS = ("户编号", "村代码", "户主姓名")


@pytest.mark.parametrize("header", ["对象类别", "对象类型"])
def test_categories_alone_below_a_short_header_are_the_category(tmp_path: Path, header: str):
    rows = [("A1", "141124104202", "庞甲", "边缘易致贫户", "未消除"), ("A2", "141124104202", "薛乙", "", "")]
    rows += [("A3", "141124104202", "乔丙", "脱贫不稳定户", "已消除")]
    path = write_csv(tmp_path / "台账.csv", [(*_OF_HEADS, header, "消除状态"), *rows])

    read = read_registry(path, places=(), today=_TODAY)

    told = {one.id: [(time.category, time.removed) for time in one.monitoring] for one in read.households}
    assert told == {
        "A1": [(MonitoringCategory.MARGINAL, False)],
        "A2": [],
        "A3": [(MonitoringCategory.UNSTABLE, True)],
    }


@pytest.mark.parametrize("other", ["脱贫户", "低保对象", "残疾人"])
def test_other_words_below_such_a_header_make_it_none_and_are_said(tmp_path: Path, other: str):
    rows = [("A1", "141124104202", "庞甲", "边缘易致贫户"), ("A2", "141124104202", "薛乙", other)]
    path = write_csv(tmp_path / "台账.csv", [(*_OF_HEADS, "对象类别"), *rows])

    read = read_registry(path, places=(), today=_TODAY)

    assert [one.monitoring for one in read.households] == [(), ()]
    assert ["「对象类别」没有采用" in one.reason for one in read.warnings] == [True]


def test_a_type_of_household_far_below_such_a_header_ends_no_monitoring(tmp_path: Path):
    rows = [(f"A{at}", "141124104202", "庞甲", "边缘易致贫户") for at in range(60)]
    path = write_csv(tmp_path / "台账.csv", [(*_OF_HEADS, "对象类别"), *rows, ("B1", rows[0][1], "薛乙", "脱贫户")])

    last = read_registry(path, places=(), today=_TODAY).entries[-1]

    assert (last.household.monitoring, last.facts.not_monitored) == ((), False)


def test_the_category_by_its_own_name_counts_more_than_a_short_header(tmp_path: Path):
    path = write_csv(tmp_path / "台账.csv", [(*_HEADER, "对象类别"), (*_ROW, "突发严重困难户")])

    read = read_registry(path, places=(), today=_TODAY)

    assert [one.monitoring[0].category for one in read.households] == [MonitoringCategory.MARGINAL]
