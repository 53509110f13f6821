"""Typed pages and the scanned page that ends them."""

import pytest

from importers.formats.parts import Letter
from importers.petitions.continued_letters import CONTINUED, continued

_TYPED = "县信访局：\n我儿子在工地被车撞伤，至今没有醒，住院欠费二十六万元。"
_END = "请求政府给予救助。\n此致\n敬礼\n写信人：张三\n2026年3月2日"


def test_an_unsigned_letter_goes_on_in_a_page_that_only_ends_it():
    joined = continued(Letter("", "来信", _TYPED), Letter("", "来信", _END, "有1行把握不足"))

    assert joined == Letter("", "来信", f"{_TYPED}\n{_END}", f"{CONTINUED}; 有1行把握不足")


@pytest.mark.parametrize(
    ("typed", "scanned"),
    [
        (f"{_TYPED}\n李四\n2026年3月1日", _END),
        (_TYPED, f"尊敬的领导：\n{_END}"),
        (_TYPED, "某医院\n诊断证明书\n患者：李四，男，需住院治疗。\n2026年3月2日"),
        (_TYPED, "求助信\n我家断水。\n张三\n2026年3月2日"),
        (_TYPED, "请求政府给予救助。"),
        ("会议记录，没有称呼。", _END),
    ],
)
def test_whatever_may_be_another_document_stays_apart(typed: str, scanned: str):
    assert continued(Letter("", "来信", typed), Letter("", "来信", scanned)) is None


def test_letters_of_two_members_stay_apart():
    assert continued(Letter("a.pdf", "a", _TYPED), Letter("b.pdf", "b", _END)) is None
