"""Which columns of a register hold all members of a household, and what is said of one that nobody reads."""

from collections.abc import Sequence

import pytest

from importers.formats.parts import Row
from importers.headers.header import Column, Header
from importers.registers.member_columns import lists_members, lists_several, unread_members

FAMILY = "李乙（妻）、庞丙（长子）"


@pytest.mark.parametrize(
    "header",
    [
        "家庭成员",
        "家庭成员信息",
        "家庭其他成员",
        "家庭成员（姓名、关系）",
        "家庭成员（姓名，与户主关系）",
        "家庭成员(姓名/与户主关系/身份证号/年龄)",
        "家庭成员（姓名、性别、与户主关系等）",
        "家庭成员（姓名与户主关系）",
        "家庭成员【姓名 关系】",
        "家庭成员（不含户主）",
        "家庭成员信息（姓名、关系）（除户主外）",
    ],
)
def test_a_header_with_how_to_write_a_member_in_brackets_is_one_of_all_members(header: str):
    assert lists_members(header)


@pytest.mark.parametrize(
    "header",
    [
        "家庭成员（劳动力）",
        "家庭成员（18岁以上）",
        "家庭成员情况（在校生）",
        "家庭成员（健康状况）",
        "家庭成员（姓名、残疾类别）",
        "家庭成员（姓名、劳动力）",
        "家庭成员（人）",
        "家庭成员数（姓名）",
        "家庭成员患病情况",
        "（姓名、关系）",
    ],
)
def test_a_header_that_may_name_some_of_the_members_is_none_of_all(header: str):
    assert not lists_members(header)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        (FAMILY, True),
        ("妻：李乙；长子：庞丙", True),
        ("李乙（妻）", False),
        ("李乙、庞丙", False),
        ("等4人", False),
        ("庞甲", False),
        ("", False),
    ],
)
def test_several_persons_stand_in_a_text_where_each_says_how_he_is_related(text: str, several: bool):
    assert lists_several(text) is several


def test_members_in_a_column_that_nobody_reads_are_said():
    header = heads("家里还有谁", "门牌颜色")

    said = unread_members(header, [Row(1, header.texts), Row(2, ("A1", "庞甲", FAMILY, "红"))])

    assert "「家里还有谁」一格里像是写了几个家庭成员" in said


@pytest.mark.parametrize(
    "rows",
    [
        [("A1", "庞甲", "李乙（妻）", FAMILY)],
        [("A1", "庞甲", "李乙、庞丙", "")],
        [("A1", "庞甲")],
        [("A1", FAMILY, "", "")],
    ],
)
def test_nothing_is_said_of_single_persons_of_columns_that_are_read_and_of_those_without_a_header(
    rows: Sequence[tuple[str, ...]],
):
    header = heads("家里还有谁", "")

    assert unread_members(header, [Row(number, cells) for number, cells in enumerate(rows, start=2)]) == ""


def heads(*texts: str) -> Header:
    """Of a ledger of heads with further columns that nobody reads."""
    return Header(
        layout="household_register",
        first_row=1,
        last_row=1,
        columns={"household_id": 0, "head_name": 1},
        texts=("户编号", "户主", *texts),
        found=(Column(0, "household_id", 1.0), Column(1, "head_name", 1.0)),
    )
