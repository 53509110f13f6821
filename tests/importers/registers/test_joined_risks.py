"""A row for each risk of a household: none is lost, none is another household's, and what is removed stays apart."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from importers.registers.registry import RegistryFile, read_registry
from tests.importers.office_files import write_csv

_HEADER = ("户编号", "村代码", "户主姓名", "监测对象类别", "致贫返贫风险", "风险是否已消除", "识别监测时间")
_MARGINAL = "边缘易致贫户"


def read(folder: Path, *rows: Sequence[str], header: Sequence[str] = _HEADER) -> RegistryFile:
    path = write_csv(folder / "台账.csv", [header, *rows])
    return read_registry(path, places=(), today=date(2026, 11, 24))


def head(
    risk: str, removed: str = "否", when: str = "202601", name: str = "庞甲", category: str = _MARGINAL
) -> list[str]:
    return ["A1", "141124104202", name, category, risk, removed, when]


@pytest.mark.parametrize("when", ["202601", "2026年1月", "2026-01-20"])
def test_a_second_row_with_another_risk_adds_it_and_says_so(tmp_path: Path, when: str):
    found = read(tmp_path, head("因学"), head("因病", when=when))

    assert [[one.risks for one in each.monitoring] for each in found.households] == [[("因学", "因病")]]
    assert "与第2行是同一户, 写的风险不一样, 两行的风险都已记入这一户" in " ".join(one.reason for one in found.warnings)
    assert not any("没有重复导入" in one.reason for one in found.warnings)


@pytest.mark.parametrize("again", ["因学", "因子女上学", "无", "/", ""])
def test_a_row_that_names_no_further_risk_is_a_repeat(tmp_path: Path, again: str):
    found = read(tmp_path, head("因学"), head(again))

    assert [one.monitoring[0].risks for one in found.households] == [("因学",)]
    assert any("没有重复导入" in one.reason for one in found.warnings)


def test_the_risk_of_another_head_below_the_same_number_is_not_added(tmp_path: Path):
    found = read(tmp_path, head("因学"), head("因病", name="高乙"))

    assert [one.monitoring[0].risks for one in found.households] == [("因学",)]
    assert any("有2个户主" in one.reason for one in found.warnings)


@pytest.mark.parametrize("rows", [(("因学", "是"), ("因病", "否")), (("因病", "否"), ("因学", "是"))])
def test_of_a_risk_that_is_gone_and_one_that_is_not_the_latter_is_kept_and_the_other_said(
    tmp_path: Path, rows: Sequence[tuple[str, str]]
):
    found = read(tmp_path, *(head(*one) for one in rows))

    assert [[(one.risks, one.removed) for one in each.monitoring] for each in found.households] == [
        [(("因病",), False)]
    ]
    assert any("其中的「因学」没有记入" in one.reason for one in found.warnings)


def test_rows_of_two_categories_keep_the_first_ones_risk_and_say_what_was_left_out(tmp_path: Path):
    found = read(tmp_path, head("因学"), head("因病", category="突发严重困难户"))

    assert [one.monitoring[0].risks for one in found.households] == [("因学",)]
    assert any("其中的「因病」没有记入" in one.reason for one in found.warnings)


def test_two_months_stay_two_times_and_a_further_risk_of_the_second_is_added_to_it(tmp_path: Path):
    found = read(tmp_path, head("因学"), head("因病", when="202606"), head("因残", when="202606"))

    assert [[one.risks for one in each.monitoring] for each in found.households] == [[("因病", "因残"), ("因学",)]]


def test_options_without_a_tick_are_no_unknown_category_where_no_risk_is_named(tmp_path: Path):
    boxes = "□脱贫不稳定户 □边缘易致贫户 □突发严重困难户"
    silent = read(tmp_path, head("无", category=boxes))
    told = read(tmp_path, head("因病", category=boxes))

    assert [one.monitoring for one in (*silent.households, *told.households)] == [(), ()]
    assert silent.warnings == ()
    assert ["没有一项打勾" in one.reason for one in told.warnings] == [True]


_PERSONS = ("户编号", "村代码", "姓名", "与户主关系", "监测对象类别", "致贫返贫风险", "风险是否已消除", "消除监测时间")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_is_filled_in_for_the_head_alone_holds_for_the_risk_of_a_member(tmp_path: Path, order: Sequence[int]):
    rows = (
        ("A1", "141124104202", "庞甲", "户主", _MARGINAL, "因病", "是", "202606"),
        ("A1", "141124104202", "庞乙", "配偶", "", "因残", "", ""),
    )

    [entry] = read(tmp_path, *(rows[at] for at in order), header=_PERSONS).households

    assert [(one.risks, one.removed) for one in entry.monitoring] == [(("因病", "因残"), True)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_risk_without_an_answer_does_not_take_the_removal_of_another_row(tmp_path: Path, order: Sequence[int]):
    rows = (
        ("A1", "141124104202", "庞甲", "户主", _MARGINAL, "因学", "是", "202606"),
        ("A1", "141124104202", "庞甲", "户主", _MARGINAL, "因病", "", ""),
    )

    [entry] = read(tmp_path, *(rows[at] for at in order), header=_PERSONS).households

    assert [(one.risks, one.removed, one.removed_on) for one in entry.monitoring] == [(("因病",), False, None)]
