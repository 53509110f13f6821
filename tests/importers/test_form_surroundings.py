"""The day that stands outside a form's table."""

from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from importers.form_surroundings import NO_DAY, DayBeside, day_beside
from importers.formats.parts import Letter
from tests.importers.registers import read

_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_ROWS = (("姓名", "张三", "电话", "13800000000"), ("反映内容", "窑洞漏雨，要求入冬前解决住房。", "", ""))
_NOT_TAKEN = "表里没有日期, 表外面的日期看不出是不是登记的日期, 没有采用, 已按收到的日子接收, 请核对"


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
        ("第一次来访时间：2025年1月1日", NO_DAY),
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
