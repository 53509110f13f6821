import json
from collections.abc import Mapping, Sequence

import pytest

from importers.formats.parts import Row
from importers.members_in_cell import members_in
from importers.unfolded_households import unfolded

IN_COLUMNS = ("村", "户编号", "户主姓名", "户主电话", "成员一姓名", "成员一关系", "成员二姓名", "成员二关系")
IN_A_CELL = ("村", "户编号", "户主", "身份证号", "家庭成员")
_SHOWN = ("户编号", "户主姓名", "户主", "户主电话", "身份证号", "姓名", "关系", "与户主关系")


def test_members_in_columns_of_their_own_get_a_row_each_and_nothing_of_the_head():
    rows = unfold(IN_COLUMNS, ("庞家庄村", "A1", "庞甲", "138", "李乙", "配偶", "庞丙", "之子"))

    assert rows == [
        {"户编号": "A1", "户主姓名": "庞甲", "户主电话": "138"},
        {"户编号": "A1", "户主姓名": "庞甲", "姓名": "李乙", "关系": "配偶"},
        {"户编号": "A1", "户主姓名": "庞甲", "姓名": "庞丙", "关系": "之子"},
    ]


def test_columns_of_members_below_a_line_that_numbers_them_are_theirs():
    head = [
        Row(1, ("户编号", "户主姓名", "第一成员", "", "第二成员", "")),
        Row(2, ("", "", "姓名", "关系", "姓名", "关系")),
        Row(3, ("A1", "庞甲", "李乙", "妻", "", "")),
    ]

    above, header, *rows = unfolded(head, iter(()))

    assert above.cells == ("户编号", "户主姓名", "", "", "", "")
    assert header.cells[-2:] == ("姓名", "关系")
    assert [(row.cells[1], *row.cells[-2:]) for row in rows] == [("庞甲", "", ""), ("庞甲", "李乙", "妻")]


def test_a_head_who_stands_among_the_members_keeps_what_is_said_of_him():
    rows = unfold(IN_COLUMNS, ("庞家庄村", "A1", "庞甲", "138", "庞甲", "户主", "李乙", "配偶"))

    assert rows[0] == {"户编号": "A1", "户主姓名": "庞甲", "户主电话": "138", "姓名": "庞甲", "关系": "户主"}
    assert len(rows) == 2


def test_members_in_one_cell_get_a_row_each_and_never_the_number_of_the_head():
    rows = unfold(IN_A_CELL, ("庞家庄村", "A1", "庞甲", "141196", "李乙（妻，1964年生）、庞丙（长子）"))

    assert rows == [
        {"户编号": "A1", "户主": "庞甲", "身份证号": "141196"},
        {"户编号": "A1", "户主": "庞甲", "姓名": "李乙", "与户主关系": "妻"},
        {"户编号": "A1", "户主": "庞甲", "姓名": "庞丙", "与户主关系": "长子"},
    ]


def test_a_cell_of_members_that_nobody_can_tell_apart_refuses_the_household():
    head = [
        Row(1, IN_A_CELL),
        Row(2, ("庞家庄村", "A1", "庞甲", "", "李乙（妻）、庞丙（子）")),
        Row(3, ("庞家庄村", "A2", "庞丁", "", "妻李某某带两个娃5口人")),
    ]

    rows = list(unfolded(head, iter(())))

    assert ["请一人一行填写" in note.reason for note in rows[-1].notes] == [True]


def test_a_register_of_one_person_a_row_stays_as_it_is():
    head = [Row(1, ("户编号", "户主", "家庭成员", "风险1", "风险2")), Row(2, ("A1", "庞甲", "李乙", "因病", ""))]

    assert list(unfolded(head, iter(()))) == head


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("李乙（妻，1964年生）", [{"姓名": "李乙", "与户主关系": "妻", "出生日期": "1964"}]),
        ("庞小妮(女儿,17岁,县一中上学)", [{"姓名": "庞小妮", "与户主关系": "女儿", "在校生状况": "县一中上学"}]),
        ("李乙（妻，患有大病，外嫁）", [{"姓名": "李乙", "与户主关系": "妻", "健康状况": "患有大病", "备注": "外嫁"}]),
        (
            "妻子：张喜连，1963年\n长子庞海平 1988.5",
            [
                {"姓名": "张喜连", "与户主关系": "妻子", "出生日期": "1963"},
                {"姓名": "庞海平", "与户主关系": "长子", "出生日期": "1988"},
            ],
        ),
        ("李乙，庞丙", None),
        ("李乙、庞丙", [{"姓名": "李乙"}, {"姓名": "庞丙"}]),
        (json.dumps([{"姓名": "李乙", "年龄": 60}]), [{"姓名": "李乙", "年龄": "60"}]),
        ("妻子、长子", None),
        ("[1, 2]", None),
        ("3人", None),
    ],
)
def test_a_cell_says_who_belongs_to_the_household(text: str, members: Sequence[Mapping[str, str]] | None):
    assert members_in(text) == members


def unfold(header: tuple[str, ...], *rows: tuple[str, ...]) -> list[dict[str, str]]:
    head, *unfolded_rows = unfolded([Row(at, cells) for at, cells in enumerate((header, *rows), start=1)], iter(()))
    return [said(head, row) for row in unfolded_rows]


def said(header: Row, row: Row) -> dict[str, str]:
    pairs = zip(map(str, header.cells), map(str, row.cells), strict=False)
    return {text: cell for text, cell in pairs if cell and text in _SHOWN}
