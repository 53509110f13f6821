"""The table of the family within a form, told from a register of many households."""

import pytest

from importers.formats.forms.family_table import split_off
from importers.formats.parts import MergedDown, Row

_CARD = [("户编号", "1001", "户主姓名", "庞甲"), ("行政村", "庞家庄村", "联系电话", "13800000000")]
_HEADER = ("姓名", "与户主关系", "性别")
_MEMBERS = [("庞甲", "户主", "男"), ("李乙", "配偶", "女")]


def rows(*lines: tuple[str, ...]) -> list[Row]:
    return [Row(number, cells) for number, cells in enumerate(lines, start=1)]


def test_the_family_is_split_off_up_to_what_stands_below_it():
    below = [("备注", "房屋漏雨", ""), ("采集人：某某", "采集日期：2026-6-1", "")]
    given = rows(*_CARD, _HEADER, *_MEMBERS, *below)

    own, family = split_off(given)

    assert [row.number for row in family] == [3, 4, 5]
    assert [row.number for row in own] == [1, 2, 6, 7]


@pytest.mark.parametrize(
    "lines",
    [
        [*_CARD],
        [("乡镇", "克虎镇", "填报日期", "2026-6-1"), _HEADER, *_MEMBERS],
        [*_CARD, ("户编号", *_HEADER), ("1001", *_MEMBERS[0])],
        [*_CARD, ("姓名", "年龄", "性别"), ("庞甲", "60", "男")],
    ],
    ids=["no table", "nobody named above", "a number for each row", "no relation"],
)
def test_what_is_no_family_stays_with_the_form(lines: list[tuple[str, ...]]):
    own, family = split_off(rows(*lines))

    assert family == ()
    assert len(own) == len(lines)


def test_a_title_merged_down_beside_the_family_is_no_name_and_ends_with_it():
    beside = (MergedDown(0, 3, 5),)
    given = [
        *rows(*_CARD),
        Row(3, ("家庭成员", *_HEADER), merged=beside),
        *(Row(4 + at, ("", *cells), merged=beside) for at, cells in enumerate(_MEMBERS)),
        Row(6, ("帮扶措施", "公益性岗位", "", "")),
    ]

    own, family = split_off(given)

    assert [row.cells for row in family] == [_HEADER, *_MEMBERS]
    assert [row.number for row in own] == [1, 2, 6]
