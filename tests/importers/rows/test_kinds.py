"""Sums and signatures between and below the records of a table, which are none."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.importers.office_files import read, write_csv

_HEADER = ("来文号", "收信日期", "来信人", "通讯地址", "信访事项", "完成日期")
_LETTER = ("信〔2026〕1号", "2026-8-1", "桑国成", "桑树峁村", "反映房屋漏雨，请求救助。", "")


def outcomes(folder: Path, *rows: Sequence[str]) -> tuple[int, int, list[int]]:
    told = read(write_csv(folder / "登记簿.csv", [_HEADER, _LETTER, *rows]))
    return len(told.records), len(told.problems), [one.row for one in told.warnings if "没有导入" in one.reason]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("8月小计", "1件"), id="the sum of a month"),
        pytest.param(("9月份合计", "", "1"), id="in another column"),
        pytest.param(("本月小计", "", "", "", "1件"), id="the number where the matter stands"),
        pytest.param(("二季度合计", "3件"), id="of a quarter"),
        pytest.param(("2026年度共计", "", "", "", "12件"), id="of a year"),
        pytest.param(("登记人：靳文", "", "", "审核人："), id="who wrote it down"),
        pytest.param(("制表：", "", "靳文", "审核：", "贺某", "2026年9月1日"), id="who signs beside the label"),
        pytest.param(("填报人：", "靳文", "", "审核人：", "贺强"), id="two who sign"),
    ],
)
def test_sums_and_signatures_are_no_petitions_and_are_told(tmp_path: Path, row: tuple[str, ...]) -> None:
    assert outcomes(tmp_path, row) == (1, 0, [3])


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("", "2026-8-2", "靳文", "", "8月小计有误，请求复核。"), id="a sum within the matter"),
        pytest.param(
            ("登记人：靳文", "2026-8-2", "桑国成", "", "反映房屋漏雨。"), id="a matter behind who wrote it down"
        ),
        pytest.param(("审核：", "", "靳文", "", "反映村里道路不通。"), id="a matter that is no name"),
    ],
)
def test_a_matter_beside_them_is_a_petition(tmp_path: Path, row: tuple[str, ...]) -> None:
    assert outcomes(tmp_path, row)[:2] == (2, 0)


def matters(folder: Path, written: str) -> list[str]:
    rows = [_HEADER, _LETTER, ("信〔2026〕2号", "2026-8-2", "任英", "", written, "")]
    return [one.raw.text for one in read(write_csv(folder / "登记簿.csv", rows)).records]


@pytest.mark.parametrize("written", ["同上（第二封）", "同上(第二封)。", "〃（第二封）", "同上，第二封"])
def test_words_behind_ditto_in_brackets_are_added_to_what_stands_above(tmp_path: Path, written: str) -> None:
    assert matters(tmp_path, written) == [_LETTER[4], f"{_LETTER[4]}\n第二封"]


@pytest.mark.parametrize("written", ["与上件相同", "与上一条相同", "（同上）"])
def test_the_same_as_above_is_what_stands_above(tmp_path: Path, written: str) -> None:
    assert matters(tmp_path, written) == [_LETTER[4], _LETTER[4]]


@pytest.mark.parametrize("written", ["同上级反映（未答复）", "房屋漏雨（第二封）"])
def test_brackets_behind_a_matter_are_part_of_it(tmp_path: Path, written: str) -> None:
    assert matters(tmp_path, written)[1] == written
