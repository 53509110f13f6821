"""Phones within a text that stand beside somebody else's name."""

import pytest

from importers.letters.phones_beside_names import is_among_others, is_beside_another
from importers.letters.writer import writer_of

HEAD = ["镇政府：", "我是某某村医高明，反映几户困难："]


@pytest.mark.parametrize(
    "told",
    [
        "1.李四，65岁，没钱吃药，电话13800000001；",
        "李四，65岁，没钱吃药，电话13800000001。",
        "隔壁李四（电话：13800000001）65岁没钱吃药。",
    ],
)
def test_the_phone_of_whoever_is_told_of_is_not_the_writers(told: str):
    signed = writer_of([*HEAD, told, "高明", "2026年9月3日", "联系电话：13800000009"])
    alone = writer_of([*HEAD, told, "高明", "2026年9月3日"])

    assert (signed.name, signed.phone) == ("高明", "13800000009")
    assert (alone.name, alone.phone) == ("高明", "")
    assert alone.of_others == (("电话", "13800000001"),)


def test_the_writers_own_phone_in_a_sentence_or_a_list_stays_his():
    own = ["我家没钱吃药，我叫高明，电话13800000001。", "2026年9月3日"]
    numbered = ["1.高明，65岁，没钱吃药，电话13800000001。", "高明", "2026年9月3日"]
    place = ["某某村，今年没有水，电话13800000001。", "高明", "2026年9月3日"]

    assert [writer_of(lines).phone for lines in (own, numbered, place)] == ["13800000001"] * 3
    assert not is_beside_another("李四，65岁，没钱吃药，", ())


def test_of_several_callers_in_one_text_without_a_writer_nobodys_phone_is_taken():
    notes = ["8点 李四打电话，羊圈倒了，电话13800000001", "9点 王五打电话，欠了医药费，说没有办法，电话13800000002"]

    assert writer_of(notes).phone == ""
    assert writer_of(["来电号码：13800000003", *notes]).phone == "13800000003"
    assert not is_among_others(["李四打电话，羊圈倒了，没有办法，电话13800000001"], "13800000001")


def test_my_phone_is_the_writers_though_another_number_is_told():
    lines = ["我的电话是13800000001，白天可以打。", "晚上请打13800000002，家里人会接。"]

    assert writer_of(lines).phone == "13800000001"
