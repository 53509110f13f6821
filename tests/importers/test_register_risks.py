"""Risks below 风险 and the like: read beside a category where they are known, said where other words stand."""

from datetime import date
from pathlib import Path

import pytest

from importers.registry import read_registry
from tests.importers.registers import write_csv

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
