"""Postscripts: what stands above them is still the signature, and whose the phones within them are."""

import pytest

from importers.letters.labels import labelled_fields
from importers.letters.postscripts import Postscript, before_another, postscript_in, signature_above
from importers.letters.signatures import Signature

_LONG = "昨天村主任又来我家，说再写信就要停了我家的低保，请领导一定为我们做主。"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["家里停水。", "张三", "", f"又及：{_LONG}"], Postscript(3, 3)),
        (["家里停水。", "2026年9月3日", f"P.S. {_LONG}"], Postscript(2, 5)),
        (["家里停水。", "张三", "电话：13800000000", f"另，{_LONG}"], Postscript(3, 2)),
        (["家里停水。", "敬礼", f"另：{_LONG}", "张三"], None),
        (["家里停水。", f"另：{_LONG}", "张三"], None),
        (["家里停水。", "张三", "另外三户也停水。"], None),
    ],
)
def test_a_postscript_begins_below_a_signature(lines: list[str], found: Postscript | None):
    assert postscript_in(lines) == found


def test_the_signature_above_a_postscript_counts_and_without_one_the_one_below_it():
    above = ["家里停水。", "张三", "2026年9月3日", f"又及：{_LONG}"]
    below = ["家里停水。", "2026年9月3日", f"又及：{_LONG}", "张三"]

    assert signature_above(above) == signature_above(below) == Signature("张三", "2026年9月3日")
    assert signature_above([*above, "李四 13900000000"]) == Signature("张三", "2026年9月3日")
    assert signature_above([*above, "13800000000"]) == Signature("张三", "2026年9月3日", "13800000000")


@pytest.mark.parametrize(
    ("postscript", "phone"),
    [
        ("又及：我的电话是13800000000", "13800000000"),
        ("又及：欠条附后。联系电话：13800000000", "13800000000"),
        ("又及：我儿子的电话是13900000000", ""),
        ("又及：村主任的电话是13900000000", ""),
    ],
)
def test_a_phone_in_a_postscript_is_the_writers_unless_it_follows_another(postscript: str, phone: str):
    assert labelled_fields(f"家里停水。\n张三\n{postscript}").fields.get("phone", "") == phone


def test_a_name_that_was_only_listed_above_a_postscript_signs_nothing():
    listed = ["涉及的农户有", "李二河", f"另外：{_LONG}", "周来福", "2026年9月5日"]

    assert signature_above(listed) == Signature("周来福", "2026年9月5日")
    assert signature_above(listed[:-1]) == Signature("周来福")


def test_a_postscript_that_another_signs_with_a_day_is_his_and_a_bare_name_below_it_is_not():
    lines = ["家里停水。", "张三", "2026年9月1日", f"又及：{_LONG}", "李四"]

    assert signature_above([*lines, "2026年9月2日"]) == Signature("李四", "2026年9月2日")
    assert signature_above(lines) == Signature("张三", "2026年9月1日")
    assert before_another([*lines, "电话：13900000000"]) == lines[:3]
    assert before_another(lines[:4]) == lines[:4]
