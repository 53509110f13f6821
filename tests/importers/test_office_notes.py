"""Whose day is a letter's where others write below it."""

import pytest

from importers.letter_writer import writer_of

_SIGNED = "尊敬的领导：\n我家窑洞裂了，请求救助。\n申请人：张三\n电话：13800000000\n2026年9月1日\n"


@pytest.mark.parametrize(
    "note",
    [
        "村委会意见：情况属实，经我村核实，同意。\n村主任（签字）：李建设 联系电话：13900000000\n2026年9月3日（盖章）",
        "村委会意见：情况属实。\n2026年9月3日",
        "以上情况属实。某家峁村委会（章）\n2026年9月3日",
        "\n录入人：李四  2026年9月20日",
        "（李四录入，2026年9月20日，电话0358-4420110）",
    ],
)
def test_a_letter_keeps_its_day_above_what_others_write_below_it(note: str):
    writer = writer_of(f"{_SIGNED}{note}".split("\n"))

    assert (writer.name, writer.phone, writer.day) == ("张三", "13800000000", "2026年9月1日")


@pytest.mark.parametrize(
    "end",
    [
        "以上情况属实，如有不实我愿意负责。\n申请人：张三\n2026年9月3日",
        "情况属实。\n张三\n2026年9月3日",
    ],
)
def test_what_the_petitioner_himself_adds_dates_the_letter(end: str):
    assert writer_of(f"{_SIGNED}{end}".split("\n")).day == "2026年9月3日"


def test_an_opinion_below_a_letter_without_a_day_hides_nothing():
    letter = "尊敬的领导：\n我家窑洞裂了，请求救助。\n村里的意见：不给。\n张三\n2026年9月3日"

    assert (writer_of(letter.split("\n")).name, writer_of(letter.split("\n")).day) == ("张三", "2026年9月3日")
