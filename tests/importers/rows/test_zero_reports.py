"""Rows of villages where nobody came, among others."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.importers.office_files import read, write_csv

_HEADER = ("序号", "村名", "编号", "姓名", "联系电话", "反映内容", "排查日期", "责任人")
_VISIT = ("1", "蔡家洼村", "X1", "蔡一", "13800000000", "房屋漏雨, 请求救助。", "2026-09-03", "薛干部")


def outcomes(folder: Path, *rows: Sequence[str]) -> tuple[int, list[int], list[int]]:
    told = read(write_csv(folder / "登记簿.csv", [_HEADER, _VISIT, *rows]))
    zero = [one.row for one in told.warnings if "零报告" in one.reason]
    return len(told.records), [one.row for one in told.problems], zero


@pytest.mark.parametrize(
    "row",
    [
        ("2", "郭家垛村", "", "无", "无", "无", "2026-09-03", "薛干部"),
        ("2", "郭家垛村", "", "本周无", "", "", "", ""),
        ("", "郭家垛村", "", "零报告", "", "", "", "薛干部"),
        ("2", "郭家垛村", "/", "/", "/", "无", "2026-09-03", ""),
        ("2", "郭家垛村", "", "", "", "本周无来访", "", ""),
        ("2", "郭家垛村", "", "", "", "", "", "零报告"),
        ("2", "郭家垛村", "无", "无", "无", "无", "无", "无"),
    ],
)
def test_a_row_that_says_that_nobody_came_is_left_out_with_a_remark(tmp_path: Path, row: Sequence[str]):
    assert outcomes(tmp_path, row) == (1, [], [3])


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("2", "郭家垛村", "", "靳二", "", "无", "2026-09-03", ""), id="somebody came"),
        pytest.param(("2", "郭家垛村", "", "无", "13800000001", "无", "2026-09-03", ""), id="somebody rang"),
        pytest.param(("2", "郭家垛村", "X2", "无", "", "无", "2026-09-03", ""), id="a petition has the number"),
        pytest.param(("2", "郭家垛村", "", "匿名", "", "无", "2026-09-03", ""), id="somebody without a name"),
        pytest.param(("2", "郭家垛村", "", "不详", "", "", "2026-09-03", ""), id="nobody knows who"),
        pytest.param(("2", "郭家垛村", "", "", "", "待补", "2026-09-03", ""), id="a matter to come"),
        pytest.param(("2", "郭家垛村", "", "", "无", "", "2026-09-03", ""), id="only no phone"),
        pytest.param(("2", "郭家垛村", "", "", "", "", "2026-09-03", "无"), id="only nobody in charge"),
        pytest.param(("2", "郭家垛村", "", "/", "/", "/", "2026-09-03", ""), id="only marks"),
        pytest.param(("2", "郭家垛村", "", "", "", "", "2026-09-03", "无问题"), id="what became of it"),
    ],
)
def test_a_row_of_which_something_is_missing_is_refused(tmp_path: Path, row: Sequence[str]):
    assert outcomes(tmp_path, row) == (1, [3], [])


def test_no_matter_below_somebody_who_came_is_still_said(tmp_path: Path):
    row = ("2", "郭家垛村", "", "无", "", "村里没有水吃, 要求打井。", "2026-09-03", "")

    assert outcomes(tmp_path, row) == (2, [], [])


def test_the_same_as_above_below_it_means_no_petition(tmp_path: Path):
    zero = ("2", "郭家垛村", "", "无", "无", "无", "", "")
    ditto = ("3", "高家湾村", "", "高二", "", "同上", "2026-09-03", "")

    assert outcomes(tmp_path, zero, ditto) == (1, [4], [3])


@pytest.mark.parametrize("said", ["村里没有水吃, 要求打井。", "高二妻子患病", "夫妻双残", "困难"])
@pytest.mark.parametrize("nothing", [("无", ""), ("", "无"), ("无", "无")])
def test_what_stands_in_another_column_may_be_what_somebody_brought_forward(
    tmp_path: Path, nothing: tuple[str, str], said: str
):
    rows = [(*_HEADER, "备注"), (*_VISIT, ""), ("2", "郭家垛村", "", nothing[0], "", nothing[1], "", "薛干部", said)]

    told = read(write_csv(tmp_path / "登记簿.csv", rows))

    assert [one.row for one in told.problems] == [3]


@pytest.mark.parametrize(("address", "refused"), [("某村二组高二家", [3]), ("某村二组", [])])
def test_a_household_beside_it_may_have_a_matter_that_was_forgotten(tmp_path: Path, address: str, refused: list[int]):
    rows = [("姓名", "住址", "反映内容", "日期"), ("李一", "某村", "房屋漏雨, 请求救助。", "2026-09-03")]

    told = read(write_csv(tmp_path / "登记簿.csv", [*rows, ("", address, "无", "2026-09-03")]))

    assert [one.row for one in told.problems] == refused
