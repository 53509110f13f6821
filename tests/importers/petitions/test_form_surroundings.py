"""The day that stands outside a form's table."""

from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from importers.formats.parts import Letter
from importers.petitions.form_surroundings import NO_DAY, DayBeside, day_beside
from tests.importers.office_files import read

_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_ROWS = (("姓名", "张三", "电话", "13800000000"), ("反映内容", "窑洞漏雨，要求入冬前解决住房。", "", ""))
_NOT_TAKEN = (
    "表里没有日期, 表外面的日期看不出是不是登记的日期, 没有采用, 已按收到的日子接收; "
    "是登记日期的请在它前面写上「登记日期：」后重新提交"
)


def document(path: Path, *lines: str, below: str = "", rows: tuple[tuple[str, ...], ...] = _ROWS, forms: int = 1):
    book = docx.Document()
    for line in lines:
        book.add_paragraph(line)
    for _ in range(forms):
        table = book.add_table(len(rows), 4)
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(place, column).text = text
        book.add_paragraph("来访登记表")
    if below:
        book.add_paragraph(below)
    book.save(str(path))
    return path


def received(path: Path) -> tuple[list[str], list[str]]:
    """The day of each petition, and all that is said."""
    found = read(path)
    days = [str(one.raw.published_at)[:10] for one in found.records]
    return days, [one.reason for one in found.warnings]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("填表时间：2026年8月25日    来访次数：第2次", DayBeside("2026年8月25日")),
        ("登记时间：2026-08-25", DayBeside("2026-08-25")),
        ("第18号  来访日期: 2026.8.25  接待人：李四", DayBeside("2026.8.25")),
        ("填表日期：2026年8月25日\n登记时间：2026-08-25", DayBeside("2026年8月25日")),
        ("填表日期：2026年8月25日\n2026年9月1日", DayBeside("2026年8月25日")),
        ("2026年8月25日", DayBeside(doubtful="2026年8月25日")),
        ("编号：LF2026-018      2026年8月25日", DayBeside(doubtful="2026年8月25日")),
        ("填表日期：2026年8月25日\n来访日期：2026年8月20日", DayBeside(doubtful="2026年8月25日、2026年8月20日")),
        ("填表日期：2027年8月25日", DayBeside(doubtful="2027年8月25日")),
        ("填表日期：1960年8月25日", DayBeside(doubtful="1960年8月25日")),
        ("填表日期：2026年8月35日", DayBeside(doubtful="2026年8月35日")),
        ("制表日期：2020.1.1  某某县信访局制", NO_DAY),
        ("办结日期：2026年9月30日", NO_DAY),
        ("填报日期：2026年8月25日", DayBeside("2026年8月25日")),
        ("填表时间：二〇二六年八月二十五日", DayBeside("二〇二六年八月二十五日")),
        ("填表时间：二O二六年八月二十五日", DayBeside("二O二六年八月二十五日")),
        ("填表时间：二〇二六年八月三十五日", DayBeside(doubtful="二〇二六年八月三十五日")),
        ("（第2次）\n来访时间：2026年8月25日", DayBeside(doubtful="2026年8月25日")),
        ("来访登记表（第2次）\n来访时间：2026年8月25日", DayBeside("2026年8月25日")),
        ("信访类型：初访  登记时间：2026-08-25", DayBeside("2026-08-25")),
        ("来访次数：第2次  登记时间：2026-08-25", DayBeside("2026-08-25")),
        ("第一次来访时间：2025年1月1日", NO_DAY),
        ("（上次）来访时间：2025年1月1日", DayBeside(doubtful="2025年1月1日")),
        ("上次 来访时间：2025年1月1日", DayBeside(doubtful="2025年1月1日")),
        ("初访 信访日期：2019年3月2日", DayBeside(doubtful="2019年3月2日")),
        ("首次\n来访时间：2025年1月1日", DayBeside(doubtful="2025年1月1日")),
        ("首次：\n来访时间：2025年1月1日\n登记时间：2026-08-25", DayBeside("2026-08-25")),
        ("填表时间：      年  月  日", NO_DAY),
    ],
)
def test_a_day_beside_a_form_is_its_own_behind_a_label_of_few_and_doubtful_otherwise(line: str, day: DayBeside):
    assert day_beside(Letter("", "来访登记表", f"来访登记表\n{line}"), received_at=_NOW) == day


def test_a_day_in_a_letter_beside_a_form_is_doubtful():
    words = "尊敬的领导：\n我家没水，请求解决。\n来信日期：2020年5月1日\n李四"

    assert day_beside(Letter("", "来信", words), received_at=_NOW) == DayBeside(doubtful="2020年5月1日")


@pytest.mark.parametrize("line", ["填表时间：2026年8月25日    来访次数：第2次", "登记时间：2026年8月25日"])
@pytest.mark.parametrize("is_above", [True, False])
def test_the_only_form_without_a_day_takes_the_one_around_it(line: str, is_above: bool, tmp_path: Path):
    lines = ("来访登记表", line) if is_above else ("来访登记表",)

    assert received(document(tmp_path / "表.docx", *lines, below="" if is_above else line)) == (["2026-08-25"], [])


def test_what_else_stands_around_a_form_with_its_day_is_said(tmp_path: Path):
    days, said = received(document(tmp_path / "表.docx", "填表时间：2026年8月25日", "发生日期：2024年5月1日"))

    assert days == ["2026-08-25"]
    assert said == ["这段文字当作随附说明, 没有导入; 如果它是一件信访, 请单独提交"]


@pytest.mark.parametrize(
    "below", ["{}下午，该户窑洞又塌了一孔。", "来访人{}当面说，有收据为证。", "登记日期：{} 该户窑洞又塌了。"]
)
def test_a_line_of_a_clerk_with_the_day_of_the_form_is_said(below: str, tmp_path: Path):
    day = "2026年8月25日"
    found = received(document(tmp_path / "表.docx", f"登记日期：{day}", below=below.format(day)))

    assert found == (["2026-08-25"], ["这段文字当作随附说明, 没有导入; 如果它是一件信访, 请单独提交"])


@pytest.mark.parametrize("line", ["登记时间：2026年8月25日 10:30", "填表时间：二〇二六年八月二十五日"])
def test_a_line_of_label_day_and_perhaps_a_time_is_all_in_the_record(line: str, tmp_path: Path):
    assert received(document(tmp_path / "表.docx", "来访登记表", line)) == (["2026-08-25"], [])


def test_a_form_without_a_number_is_known_by_what_it_was_kept_under_without_the_day(tmp_path: Path):
    (undated,) = read(document(tmp_path / "旧.docx", "来访登记表")).records
    (dated,) = read(document(tmp_path / "新.docx", "来访登记表", "填表时间：2026年8月25日")).records
    (numbered,) = read(document(tmp_path / "号.docx", "编号：XF-01", "填表时间：2026年8月25日")).records

    assert dated.raw.external_key != undated.raw.external_key
    assert [one.raw.former_key for one in (undated, dated, numbered)] == ["", undated.raw.external_key, ""]


def test_the_day_of_a_letter_beside_a_form_is_not_said_of_the_form():
    words = "尊敬的领导：\n我家没水，请求解决。\n李四\n2020年5月1日"

    assert day_beside(Letter("", "来信", words), received_at=_NOW) == NO_DAY


def test_a_day_of_doubt_beside_a_form_is_said(tmp_path: Path):
    days, said = received(document(tmp_path / "表.docx", "来访登记表", "编号：LF2026-018      2026年8月25日"))

    assert (days, said) == (["None"], [_NOT_TAKEN])


@pytest.mark.parametrize("said", ["2026-08-20", ""])
def test_a_day_in_the_table_or_its_empty_cell_goes_before_one_around_it(said: str, tmp_path: Path):
    rows = (*_ROWS, ("来访日期", said, "承办人", "李四"))
    days, remarks = received(document(tmp_path / "表.docx", "填表时间：2026年8月25日", rows=rows))

    assert days == [said or "None"]
    assert (_NOT_TAKEN in remarks) == (not said)


def test_of_several_forms_none_takes_a_day_without_a_number(tmp_path: Path):
    days, _ = received(document(tmp_path / "表.docx", "登记日期：2026年8月25日", forms=2))

    assert days == ["None", "None"]
