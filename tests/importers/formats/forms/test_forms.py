"""A form, label beside value, told from a list whose header bears units and hints in brackets."""

import pytest

from importers.formats.forms.forms import form_of
from importers.formats.parts import Row

_HEADER = (
    "编号",
    "来访日期（年/月/日）",
    "姓名（本人）",
    "年龄（岁）",
    "联系电话（手机）",
    "住址（到组）",
    "反映问题（200字以内）",
)
_MATTER = "反映：\n一、工伤赔偿未兑现；\n二、老板失联。"


def rows(*lines: tuple[str, ...]) -> list[Row]:
    return [Row(number, cells) for number, cells in enumerate(lines, start=1)]


def test_labels_with_hints_side_by_side_above_records_are_the_header_of_a_list() -> None:
    records = [("X1", "2026-6-1", "张三", "61", "13800000000", "一组", _MATTER)]

    assert form_of(rows(_HEADER, *records), "") is None
    assert form_of(rows(("来访登记表",), _HEADER, *records, *records), "") is None


def test_labels_with_hints_and_room_for_values_between_them_are_a_form() -> None:
    lines = [
        ("编号（填）", "X1", "来访日期（年/月/日）", "2026-6-1"),
        ("姓名", "张三", "性别", "男"),
        ("联系电话", "13800000000", "住址", "一组"),
        ("反映问题", _MATTER, "处理意见", "转镇"),
    ]

    form = form_of(rows(*lines), "")

    assert form is not None
    assert form.fields["姓名"].text == "张三"


@pytest.mark.parametrize("text", ["包户干部换人", "要求更换帮扶责任人", "帮扶资金未到位"])
def test_a_matter_about_helpers_below_its_label_is_the_matter(text: str) -> None:
    lines = [
        ("信访人", "张三", "联系电话", "13800000000"),
        ("住址", "二组", "身份证号", ""),
        ("诉求内容", ""),
        (text,),
        ("办理情况", "已办"),
    ]

    form = form_of(rows(*lines), "")

    assert form is not None
    assert form.fields["诉求内容"].text == text


@pytest.mark.parametrize("text", ["包联干部长期不入户", "要求更换帮扶责任人"])
def test_a_matter_about_helpers_before_a_label_is_no_helper(text: str) -> None:
    lines = [
        ("信访人", "张三", "住址", "二组"),
        ("主要诉求", "低保", "身份证号", ""),
        (text, "", "", "联系电话", "13900000000"),
    ]

    form = form_of(rows(*lines), "")

    assert form is not None
    assert text not in form.fields


@pytest.mark.parametrize("name", ["成员姓名", "家庭成员姓名"])
@pytest.mark.parametrize("relation", ["关系", "称谓", "与户主关系"])
def test_a_list_of_persons_with_their_household_numbers_is_no_card(name: str, relation: str) -> None:
    header = ("户编号", name, relation, "身份证号码", "健康状况")
    records = [("0001", "贺山", "户主", "", "健康"), ("0001", "秦月", "配偶", "", "残疾")]

    assert form_of(rows(header, *records), "") is None
    assert form_of(rows(("户编号", "村", *header[1:]), *[(one[0], "克虎村", *one[1:]) for one in records]), "") is None
