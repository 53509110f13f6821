"""Rows and forms that state their purpose below another header than 信访目的."""

from pathlib import Path

import docx
import pytest

from domain.texts.document import RawDocument
from tests.importers.office_files import read, write_csv

_TEXT = "村里发的救济粮我家五口没有分到，请求补发。"


def _rows(tmp_path: Path, header: str, *said: str) -> list[RawDocument]:
    rows = [[f"X-2026000{at}", "张三", "2026-09-03", one, f"{_TEXT}{at}"] for at, one in enumerate(said)]
    file = write_csv(tmp_path / "a.csv", [["信访编号", "姓名", "信访日期", header, "反映内容"], *rows])
    return [record.raw for record in read(file).records]


@pytest.mark.parametrize("header", ["来访目的", "来信目的", "信访类别", "反映类型", "诉求类型"])
def test_a_column_of_kinds_states_purposes_row_by_row(tmp_path: Path, header: str) -> None:
    accused, content, repeated, ticked = _rows(tmp_path, header, "揭发控告", "民政", "同上", "□求决 ☑检举控告")

    assert [one.purpose for one in (accused, content, repeated, ticked)] == ["揭发控告", "", "", "检举控告"]
    assert accused.category == ""


def test_a_kind_of_content_stays_the_category(tmp_path: Path) -> None:
    assert [one.category for one in _rows(tmp_path, "信访类别", "民政", "揭发控告")] == ["民政", ""]


def test_of_two_columns_of_kinds_the_one_with_the_content_is_the_category(tmp_path: Path) -> None:
    header = ["信访编号", "姓名", "信访日期", "信访类别", "问题类别", "反映内容"]
    file = write_csv(tmp_path / "a.csv", [header, ["X-20260001", "张三", "2026-09-03", "举报", "民政", _TEXT]])

    (record,) = read(file).records

    assert (record.raw.purpose, record.raw.category) == ("举报", "民政")


def test_an_accusation_counts_also_beside_another_purpose(tmp_path: Path) -> None:
    header = ["信访编号", "姓名", "信访日期", "信访目的", "反映类型", "反映内容"]
    file = write_csv(tmp_path / "a.csv", [header, ["X-20260001", "张三", "2026-09-03", "求决", "举报干部", _TEXT]])

    (record,) = read(file).records

    assert record.raw.purpose == "求决、举报干部"


def test_purposes_as_columns_are_ticked(tmp_path: Path) -> None:
    header = ["信访编号", "姓名", "信访日期", "求决", "揭发控告", "反映内容"]
    file = write_csv(tmp_path / "a.csv", [header, ["X-20260001", "张三", "2026-09-03", "", "√", _TEXT]])

    (record,) = read(file).records

    assert record.raw.purpose == "揭发控告"


@pytest.mark.parametrize("label", ["来访目的", "来信目的", "信访类别", "反映类型", "诉求类型"])
@pytest.mark.parametrize("is_last", [True, False])
def test_a_form_states_its_purpose_below_any_such_label(tmp_path: Path, label: str, is_last: bool) -> None:
    document = docx.Document()
    said = [(label, "□申诉 □求决 ☑揭发控告 □意见建议"), ("来访人数", "1")]
    rows = [[("姓名", "张三"), ("电话", "13800000000")], said if not is_last else said[::-1]]
    rows += [[("来访日期", "2026-09-03"), ("住址", "某某村")], [("反映内容", _TEXT), ("", "")]]
    table = document.add_table(rows=0, cols=4)
    for pairs in rows:
        for cell, text in zip(table.add_row().cells, [one for pair in pairs for one in pair], strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))

    (record,) = read(tmp_path / "a.docx").records

    assert (record.raw.purpose, record.raw.petitioner.name) == ("揭发控告", "张三")


@pytest.mark.parametrize(("header", "said"), [("问题类别", "举报投诉"), ("投诉类型", "举报"), ("信访类别", "投诉举报")])
def test_what_is_reported_of_a_leaking_pipe_is_no_accusation(tmp_path: Path, header: str, said: str) -> None:
    (read_row,) = _rows(tmp_path, header, said)

    assert "举报" not in read_row.purpose


def test_a_tick_below_an_opinion_or_on_a_ticket_below_a_report_states_no_purpose(tmp_path: Path) -> None:
    opinion = write_csv(
        tmp_path / "a.csv",
        [["信访编号", "姓名", "信访日期", "意见", "反映内容"], ["X-20260001", "张三", "2026-09-03", "√", _TEXT]],
    )
    ticket = write_csv(
        tmp_path / "b.csv",
        [
            ["工单编号", "来电人", "来电时间", "咨询", "建议", "举报", "诉求内容"],
            ["G20260001", "张三", "2026-09-03", "", "", "√", _TEXT],
        ],
    )

    assert [one.raw.purpose for file in (opinion, ticket) for one in read(file).records] == ["", ""]
