"""One header over several columns of years: the latest is read, and where nobody knows which is meant that is said."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from domain.words.vocabulary import MonitoringCategory
from importers.registers.registry import RegistryFile, read_registry
from tests.importers.office_files import write_csv

_HEADER = ("户编号", "户主姓名", "村代码")
_HEADS = (("A1", "庞甲", "141124104202"), ("A2", "庞乙", "141124104202"))


def read(folder: Path, *rows: Sequence[str]) -> RegistryFile:
    return read_registry(write_csv(folder / "台账.csv", rows), places=(), today=date(2026, 11, 24))


@pytest.mark.parametrize("item", ["监测对象类别", "监测类别", "三类户类型"])
@pytest.mark.parametrize(
    "years", [("2025年", "2026年"), ("2025", "2026"), ("2025年度", "2026年度"), ("2026年3月", "2026年11月")]
)
def test_of_years_below_one_header_the_latest_is_read_and_said(tmp_path: Path, item: str, years: tuple[str, str]):
    found = read(
        tmp_path,
        (*_HEADER, item, "", "主要风险", "", "备注"),
        ("", "", "", *years, *years, ""),
        (*_HEADS[0], "边缘易致贫户", "脱贫不稳定户", "因病", "因残", ""),
        (*_HEADS[1], "", "边缘易致贫户", "", "因学", ""),
    )

    assert [(one.monitoring[0].category, one.monitoring[0].risks) for one in found.households] == [
        (MonitoringCategory.UNSTABLE, ("因残",)),
        (MonitoringCategory.MARGINAL, ("因学",)),
    ]
    assert found.refused == ()
    assert [f"(到{told(years[1])})接收" in one.reason for one in found.warnings] == [True]


def told(year: str) -> str:
    bare = year.removesuffix("度").removesuffix("年")
    return bare if bare.endswith("月") else f"{bare}年"


def test_the_newest_year_counts_on_whichever_side_it_stands(tmp_path: Path):
    found = read(
        tmp_path,
        (*_HEADER, "监测对象类别", ""),
        ("", "", "", "2026年", "2025年"),
        (*_HEADS[0], "脱贫不稳定户", "边缘易致贫户"),
    )

    assert [one.monitoring[0].category for one in found.households] == [MonitoringCategory.UNSTABLE]


def test_years_beside_other_names_in_the_lowest_line_are_read_alike(tmp_path: Path):
    found = read(
        tmp_path,
        ("户编号", "村代码", "家庭成员", "", "", "监测对象类别", ""),
        ("", "", "姓名", "与户主关系", "身体状况", "2025年", "2026年"),
        ("A1", "141124104202", "庞甲", "户主", "健康", "边缘易致贫户", "脱贫不稳定户"),
    )

    assert [one.monitoring[0].category for one in found.households] == [MonitoringCategory.UNSTABLE]
    assert "(到2026年)接收" in found.warnings[0].reason


@pytest.mark.parametrize("parts", [("变更前", "变更后"), ("上年", "本年"), ("原类别", "现类别"), ("上次", "2026年")])
def test_parts_of_which_nobody_knows_the_latest_are_not_read_and_said(tmp_path: Path, parts: tuple[str, str]):
    found = read(
        tmp_path,
        (*_HEADER, "监测对象类别", "", "户主电话"),
        ("", "", "", *parts, ""),
        (*_HEADS[0], "边缘易致贫户", "脱贫不稳定户", "13800000001"),
    )

    assert [(one.monitoring, one.persons[0].phone) for one in found.households] == [((), "13800000001")]
    assert found.refused == ()
    assert [one.reason.partition(";")[0] for one in found.warnings] == [
        f"「监测对象类别」下面分了「{parts[0]}」、「{parts[1]}」几列, 看不出哪一列是现在的, 没有采用, 请核对"
    ]


def test_a_row_of_a_member_without_a_number_is_no_line_of_the_header(tmp_path: Path):
    found = read(
        tmp_path,
        ("户编号", "村代码", "姓名", "与户主关系", "监测对象类别", "", "致贫返贫风险"),
        ("A1", "141124104202", "庞甲", "户主", "边缘易致贫户", "", "因病"),
        ("", "", "庞丙", "之子", "", "", ""),
    )

    assert [[person.name for person in one.persons] for one in found.households] == [["庞甲", "庞丙"]]


def test_a_single_year_below_a_header_stays_a_row_of_its_own(tmp_path: Path):
    found = read(
        tmp_path,
        (*_HEADER, "监测对象类别", "致贫返贫风险"),
        ("", "", "", "2026年", ""),
        (*_HEADS[0], "边缘易致贫户", "因病"),
    )

    assert [one.monitoring[0].category for one in found.households] == [MonitoringCategory.MARGINAL]
    assert [one.row for one in found.warnings] == [2]


@pytest.mark.parametrize(
    "years", [("2025年", ""), ("", "2026年"), ("2025年9月", "2025年底"), ("2026年(前)", "2026年(后)")]
)
def test_years_of_which_one_is_missing_or_unclear_are_not_read_and_said(tmp_path: Path, years: tuple[str, str]):
    found = read(
        tmp_path,
        (*_HEADER, "监测对象类别", "", "主要风险", ""),
        ("", "", "", "2025年", "2026年", *years),
        (*_HEADS[0], "边缘易致贫户", "脱贫不稳定户", "因病", "因残"),
    )

    [record] = found.households[0].monitoring
    assert (record.category, record.risks) == (MonitoringCategory.UNSTABLE, ())
    assert found.refused == ()
    assert ["「主要风险」下面分了" in one.reason for one in found.warnings].count(True) == 1


@pytest.mark.parametrize("parts", [("手机", "座机"), ("必填", "选填"), ("1", "2")])
def test_parts_that_are_no_times_leave_the_first_column_as_it_is(tmp_path: Path, parts: tuple[str, str]):
    found = read(
        tmp_path,
        (*_HEADER, "户主电话", ""),
        ("", "", "", *parts),
        (*_HEADS[0], "13800000001", "0358000001"),
    )

    assert found.households[0].persons[0].phone == "13800000001"
    assert len(found.refused) == 1
