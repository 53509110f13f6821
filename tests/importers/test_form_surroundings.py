"""The day that stands outside a form's table."""

from datetime import UTC, datetime

import pytest

from importers.entries import Accepted, Warned
from importers.filled_forms import read_form
from importers.form_surroundings import DayBeside, day_beside
from importers.formats.parts import Form, FormField

_SAID = {"姓名": "张三", "电话": "13800000000", "反映内容": "窑洞漏雨，要求入冬前解决住房。"}


def form(text: str, **more: str) -> Form:
    return Form("", {label: FormField(value, 1.0) for label, value in (_SAID | more).items()}, text)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("填表时间：2026年8月25日    来访次数：第2次", DayBeside("2026年8月25日")),
        ("登记时间：2026-08-25", DayBeside("2026-08-25")),
        ("2026年8月25日", DayBeside("2026年8月25日", is_labelled=False)),
        ("编号：LF2026-018      2026年8月25日", DayBeside("2026年8月25日", is_labelled=False)),
        ("办结时限：2026年9月30日", DayBeside()),
        ("2026年8月25日\n2026年9月1日", DayBeside(is_labelled=False)),
        ("填表时间：      年  月  日", DayBeside()),
        ("填表时间：2026年8月25日\n2026年9月1日", DayBeside("2026年8月25日")),
    ],
)
def test_a_day_outside_the_table_is_the_forms_where_nothing_else_can_be_meant(line: str, day: DayBeside):
    assert day_beside(form(f"来访登记表\n{line}")).day == day.day
    assert not day.day or day_beside(form(line)) == day


def test_a_form_without_a_day_takes_the_one_above_it_and_says_so_where_no_label_does():
    *_, labelled = read_form(form("填表时间：2026年8月25日"), received_at=datetime(2026, 11, 24, tzinfo=UTC))
    warned, *_, bare = read_form(form("2026年8月25日"), received_at=datetime(2026, 11, 24, tzinfo=UTC))

    assert isinstance(warned, Warned)
    assert warned.problem.reason == "表里没有日期, 已按表外面写的日期接收, 请核对"
    for entry in (labelled, bare):
        assert isinstance(entry, Accepted)
        assert str(entry.record.raw.published_at)[:10] == "2026-08-25"


def test_a_day_in_the_table_goes_before_one_above_it():
    *_, entry = read_form(form("2026年8月25日", 来访日期="2026-08-20"), received_at=datetime(2026, 11, 24, tzinfo=UTC))

    assert isinstance(entry, Accepted)
    assert str(entry.record.raw.published_at)[:10] == "2026-08-20"
