"""Whose day is an application's where a village committee writes below it."""

import pytest

from importers.letters.writer import writer_of

_LETTER = "尊敬的领导：\n我家窑洞裂了，请求救助。\n"
_SIGNED = f"{_LETTER}申请人：张三\n电话：13800000000\n2026年9月1日\n"
_SAID = (
    "村委会意见的日期没有当作信的日期, 已按写信人的日期接收; "
    "写信人的日期不对的请在回执Excel的「信访日期」一栏改正后再交"
)


@pytest.mark.parametrize(
    "opinion",
    [
        "村委会意见：情况属实，同意上报。\n村主任（签字）：李建设    联系电话：13900000000\n2026年9月3日（盖章）",
        "村委会意见：情况属实。\n2026年9月3日",
        "某家峁村村民委员会意见：经我村核实，情况属实，恳请上级给予救助。\n\n2026年9月3日",
        "村委会意见：情况属实，同意。村主任：李建设 2026年9月3日",
        "村委会意见：张三所写情况属实。\n2026年9月3日",
        "村委会意见：\n情况属实，同意上报。\n（盖章）\n2026年9月3日",
        "以上情况属实。某家峁村委会（章）\n2026年9月3日",
        "以上情况属实\n某家峁村村民委员会（公章）\n二〇二六年九月三日",
        "以上情况属实\n某家峁村村民委员会（公章）\n二O二六年九月廿三日",
        "村委会意见：情况属实。\n2026年9月3日\n镇政府意见：同意。\n2026年9月10日",
        "经核实，以上情况属实。\n某家峁村村委会（章）\n2026年9月3日",
        "兹证明以上情况属实。某家峁村村委会 2026年9月3日",
        "村“两委”意见：情况属实。\n2026年9月3日",
        "村党支部意见\n情况属实\n2026年9月3日",
        "【村委会意见】情况属实。\n2026年9月3日",
    ],
)
@pytest.mark.parametrize("signed", [_SIGNED, f"{_LETTER}张三 13800000000\n2026年9月1日\n"])
def test_an_application_keeps_its_day_above_a_village_committees_opinion(opinion: str, signed: str):
    writer = writer_of(f"{signed}{opinion}".split("\n"))

    assert (writer.name, writer.phone, writer.day) == ("张三", "13800000000", "2026年9月1日")
    assert _SAID in [reason for _, reason, _ in writer.remarks]


def test_the_phone_of_the_villages_head_is_nobodys_who_petitions():
    lines = f"{_LETTER}张三\n2026年9月1日\n村委会意见：情况属实。\n村主任：李建设 联系电话：13900000000\n2026年9月3日"
    writer = writer_of(lines.split("\n"))

    assert (writer.name, writer.phone) == ("张三", "")
    assert ("联系电话", "13900000000") in writer.of_others


@pytest.mark.parametrize(
    "end",
    [
        "以上情况属实，如有不实我愿意负责。\n申请人：张三\n2026年9月3日",
        "以上情况属实，请领导核实。\n2026年9月3日",
        "情况属实。\n2026年9月3日",
        "情况属实。\n张三\n2026年9月3日",
        "以上情况属实，村委会可以证明\n2026年9月3日",
        "以上情况属实，已报村委会\n2026年9月3日",
        "以上情况属实，村委会主任王大同意过\n2026年9月3日",
        "村委会意见：不同意。\n2026年9月3日",
        "村委会意见：同意。\n到现在没有落实，请解决。\n2026年9月3日",
        "村委会意见：情况属实。\n请求镇政府解决。\n2026年9月3日",
        "村委会意见：情况属实。\n李四\n2026年9月3日",
        "以上情况属实，张三\n某家峁村委会\n2026年9月3日",
        "单位意见：情况属实。\n2026年9月3日",
        "村委会意见：情况属实，同意。\n2027年9月3日",
        "村委会意见：情况属实，同意。\n2026年8月3日",
    ],
)
def test_what_may_be_the_writers_or_of_a_new_letter_is_read_as_before(end: str):
    writer = writer_of(f"{_SIGNED}{end}".split("\n"))

    assert writer.day == end.split("\n")[-1]
    assert _SAID not in [reason for _, reason, _ in writer.remarks]


def test_an_opinion_below_an_application_without_a_day_hides_nothing():
    letter = f"{_LETTER}申请人：张三\n村委会意见：情况属实。\n2026年9月3日"

    assert writer_of(letter.split("\n")).day == "2026年9月3日"
