"""Petition registers and hotline exports."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.deliveries.receipt import RECEIPT_COLUMNS
from domain.failures.errors import FileError
from domain.words.vocabulary import Channel
from tests.importers.office_files import HEADER, read, row, write_csv, write_xlsx


def test_a_register_below_a_title_row_is_read(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [("克虎镇信访登记台账",), HEADER, row("X001"), row("X002")])

    found = read(path)

    assert [record.row for record in found.records] == [3, 4]
    assert found.records[0].raw.external_key == "X001"
    assert found.records[0].raw.channel is Channel.PETITION
    assert found.records[0].raw.petitioner.phone == "13800000000"


def test_a_row_that_bears_the_mark_of_a_receipt_is_no_note_and_no_sum(tmp_path: Path):
    mark = f"{'a' * 16}.1.{'b' * 16}.{'c' * 16}"
    blank = ("",) * len(HEADER)
    rows = [("退回", "", "3", mark, *blank), ("", "", "", "", "合计", *blank[1:])]
    path = write_xlsx(tmp_path / "回执.xlsx", [(*RECEIPT_COLUMNS, *HEADER), ("", "", "", "", *row("A")), *rows])

    found = read(path)

    assert [record.row for record in found.records] == [2]
    assert [problem.row for problem in found.problems] == [3]
    assert 4 in [warning.row for warning in found.warnings]


def test_a_merged_two_line_header_is_read(tmp_path: Path):
    upper = ("信访件编号", "信访人信息", "", "", "", "事项", "", "", "")
    lower = ("", "姓名", "联系电话", "证件号码", "住址", "信访日期", "信访目的", "内容分类", "概况信息")
    path = write_xlsx(tmp_path / "台账.xlsx", [("台账",), upper, lower, row("X001")])

    found = read(path)

    assert len(found.records) == 1
    assert found.records[0].raw.external_key == "X001"
    assert found.records[0].raw.purpose == "求决"


def test_notes_below_the_table_are_named_and_not_taken_in(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row(), (), ("填表人：张三",)])

    found = read(path)

    assert len(found.records) == 1
    assert any("说明" in warning.reason for warning in found.warnings)


def test_a_hotline_export_in_gb18030_with_line_breaks_in_cells_is_read(tmp_path: Path):
    header = ("工单编号", "来电时间", "来电人", "联系电话", "诉求标题", "诉求内容", "问题点位", "内容分类", "承办单位")
    record = ("H1", "2026-09-03 10:21", "张三", "13800000000", "停水", "村里停水\n半个月", "克虎镇", "水利", "水利局")
    path = write_csv(tmp_path / "工单.csv", [header, record, record[:1] + record[1:]])

    found = read(path)

    assert [item.row for item in found.records] == [2, 4]
    assert found.records[0].raw.channel is Channel.HOTLINE
    assert found.records[0].raw.text == "村里停水\n半个月"


def test_an_impossible_date_rejects_the_row_and_names_the_cell(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row("X001", day="2026-13-40"), row("X002")])

    found = read(path)

    assert [record.raw.external_key for record in found.records] == ["X002"]
    problem = found.problems[0]
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("台账", 2, "信访日期", "2026-13-40")
    assert "没有这一天" in problem.reason


def test_a_date_in_the_future_rejects_the_row(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row(day="2027-01-01")])

    assert "今天之后" in read(path).problems[0].reason


def test_a_row_without_text_is_rejected(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row(text="")])

    found = read(path)

    assert not found.records
    assert found.problems[0].column == "概况信息"


def test_an_id_number_turned_into_scientific_notation_is_never_guessed(tmp_path: Path):
    path = write_csv(tmp_path / "台账.csv", [HEADER, row(id_number="1.41124E+17")])

    found = read(path)

    assert found.records[0].raw.petitioner.id_number == ""
    assert "1.4E+17" in found.warnings[0].reason


def test_a_changed_text_under_the_same_number_is_taken_in_as_a_correction(tmp_path: Path):
    path = write_xlsx(
        tmp_path / "台账.xlsx",
        [HEADER, row("X001", "第一次写的内容，家里困难。"), row("X001", "更正后的内容，家里困难。")],
    )

    found = read(path)

    assert len({record.raw.id for record in found.records}) == 2
    assert any("编号与第2行相同" in warning.reason for warning in found.warnings)


def test_the_same_row_twice_has_the_same_id(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row("X001"), row("X001")])

    found = read(path)

    assert len(found.records) == 2
    assert len({record.raw.id for record in found.records}) == 1


def test_a_missing_column_is_named_together_with_the_headers_found(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [("编号", "姓名", "备注"), ("X001", "张三", "无")])

    with pytest.raises(FileError, match=r"反映内容.*编号、姓名、备注"):
        read(path)


def test_a_file_that_is_no_workbook_is_refused_by_name(tmp_path: Path):
    path = tmp_path / "坏了.xlsx"
    path.write_bytes(b"this is no workbook")

    with pytest.raises(FileError, match=r"坏了\.xlsx"):
        read(path)


def test_an_empty_file_is_refused(tmp_path: Path):
    path = tmp_path / "空.csv"
    path.write_bytes(b"")

    with pytest.raises(FileError, match="空的"):
        read(path)


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(FileError, match="读不出来"):
        read(tmp_path / "没有.xlsx")


def test_an_unknown_kind_of_file_is_refused_with_the_known_ones(tmp_path: Path):
    path = tmp_path / "照片.heic"
    path.write_bytes(b"x")

    with pytest.raises(FileError, match=r"\.xlsx"):
        read(path)


def test_a_second_sheet_that_is_no_register_is_named(tmp_path: Path):
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["填表说明"])
    first.append(["请如实填写"])
    second = book.create_sheet("登记")
    for cells in (HEADER, row()):
        second.append(list(cells))
    path = tmp_path / "台账.xlsx"
    book.save(path)

    found = read(path)

    assert len(found.records) == 1
    assert found.warnings[0].sheet == "Sheet"


def test_texts_as_json_lines_keep_their_line_numbers(tmp_path: Path):
    path = tmp_path / "texts.jsonl"
    lines = [json.dumps({"id": "a", "text": "家里有人病了"}), "{broken", json.dumps({"id": "b", "text": ""})]
    path.write_text("\n".join(lines), encoding="utf-8")

    found = read(path)

    assert [record.row for record in found.records] == [1]
    assert [problem.row for problem in found.problems] == [2, 3]


def test_an_excel_date_cell_is_read(tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row(day=datetime(2026, 9, 3))])

    published = read(path).records[0].raw.published_at

    assert published is not None
    assert published.isoformat() == "2026-09-03T00:00:00+08:00"


_CELLS = st.one_of(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), st.integers(0, 10**6))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(_CELLS, min_size=9, max_size=9), max_size=6))
def test_every_row_with_content_ends_as_record_problem_or_warning(tmp_path: Path, rows):
    path = write_csv(tmp_path / "台账.csv", [HEADER, *rows], encoding="utf-8")

    found = read(path)

    named = {record.row for record in found.records} | {one.row for one in (*found.problems, *found.warnings)}
    filled = [cells for cells in rows if any(str(cell).strip() not in ("", "'") for cell in cells)]
    assert len(named) >= len(filled)


def test_running_text_and_numbers_are_never_shown_as_headers(tmp_path: Path):
    path = tmp_path / "台账.csv"
    path.write_text("X-2026-0001%张三%13800000000%家里有人患病, 医疗费用负担重, 请求救助。\n" * 2, encoding="utf-8")

    with pytest.raises(FileError, match="没有找到写反映内容的那一列; ") as raised:
        read(path)

    assert "医疗费用" not in str(raised.value)
    assert "2026" not in str(raised.value)


def test_a_csv_with_a_column_of_several_things_is_parted_by_its_commas(tmp_path: Path):
    path = tmp_path / "台账.csv"
    path.write_text(
        "编号,姓名、性别、年龄、电话、住址,反映内容\nQ1,张三、男、45、138、某村,房子漏雨没人管。\n", "utf-8"
    )
    assert [one.raw.external_key for one in read(path).records] == ["Q1"]


@pytest.mark.parametrize("sign", ["、", "："])
def test_a_list_of_persons_in_a_letter_stays_a_letter(tmp_path: Path, sign: str):
    path = tmp_path / "联名信.txt"
    lines = ("反映人、联系电话、住址", "张三、13800000000、某村三组", "尊敬的领导、我是村民、房子漏雨")
    path.write_text("\n".join(lines).replace("、", sign), "utf-8")
    assert len(read(path).records) == 1
