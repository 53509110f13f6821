"""Purposes behind labels of a text."""

import pytest

from domain.texts.document import RawDocument
from importers.entries import Accepted
from importers.formats.parts import Letter
from importers.letters.reading import read_letter
from tests.importers.office_files import NOW


def _read(line: str) -> RawDocument:
    text = f"来访人：张三\n联系电话：13800000000\n{line}\n反映内容：村里发的救济粮我家五口没有分到，请求补发。"
    entries = read_letter(Letter("", "登记", text), received_at=NOW)
    return next(one.record.raw for one in entries if isinstance(one, Accepted))


@pytest.mark.parametrize(
    "line",
    [
        "来访目的：□申诉  □求决  ☑揭发控告  □意见建议",
        "反映类型（打√）　□申诉  □求决  ☑揭发控告",
        "来访日期：2026-09-03　信访类别：☑揭发控告　□求决",
        "诉求类型：\n□求决\n☑揭发控告",
        "信访目的：求决\n反映类型：揭发控告",
    ],
)
def test_a_text_states_its_purpose_behind_any_such_label(line: str) -> None:
    assert "揭发控告" in _read(line).purpose


def test_a_kind_of_content_is_no_purpose() -> None:
    read = _read("信访类别：民政")

    assert (read.purpose, read.category) == ("", "民政")


def test_a_sentence_about_somebody_elses_report_is_no_purpose() -> None:
    assert _read("案件性质：他去年举报不实").purpose == ""


@pytest.mark.parametrize(
    "line", ["诉求类型：投诉举报", "诉求类型：举报", "问题类别：投诉举报", "工单编号：G1\n反映类型：举报"]
)
def test_what_anybody_reports_to_a_hotline_is_no_accusation(line: str) -> None:
    assert _read(line).purpose == ""


@pytest.mark.parametrize("line", ["诉求类型：举报村干部", "诉求类型：检举控告", "来访目的：投诉举报", "反映类型：举报"])
def test_what_accuses_somebody_or_stands_below_an_offices_label_does(line: str) -> None:
    assert _read(line).purpose == line.split("：")[1]
