import json
from collections.abc import Mapping, Sequence

import pytest

from importers.formats.parts import MergedDown, Row
from importers.registers.members_in_cell import members_in
from importers.registers.unfolded_households import unfolded

IN_COLUMNS = ("村", "户编号", "户主姓名", "户主电话", "成员一姓名", "成员一关系", "成员二姓名", "成员二关系")
IN_A_CELL = ("村", "户编号", "户主", "身份证号", "家庭成员")
OF_SEVERAL = ("庞家庄村", "A4", "庞丁", "", "妻李某某带两个娃5口人")
_SHOWN = ("户编号", "户主姓名", "户主", "户主电话", "身份证号", "姓名", "关系", "与户主关系")


def test_members_in_columns_of_their_own_get_a_row_each_and_nothing_of_the_head():
    rows = unfold(IN_COLUMNS, ("庞家庄村", "A1", "庞甲", "138", "李乙", "配偶", "庞丙", "之子"))

    assert rows == [
        {"户编号": "A1", "户主姓名": "庞甲", "户主电话": "138"},
        {"户编号": "A1", "户主姓名": "庞甲", "姓名": "李乙", "与户主关系": "配偶"},
        {"户编号": "A1", "户主姓名": "庞甲", "姓名": "庞丙", "与户主关系": "之子"},
    ]


def test_columns_of_members_below_a_line_that_numbers_them_are_theirs_and_the_heads_keep_whose_they_are():
    head = [
        Row(1, ("户编号", "户主", "", "第一成员", "", "第二成员", "")),
        Row(2, ("", "姓名", "电话", "姓名", "关系", "姓名", "关系")),
        Row(3, ("A1", "庞甲", "138", "李乙", "妻", "", "")),
    ]

    rows, said = unfolded(head, iter(()))
    _, header, *persons = rows

    assert "一人一行" in said
    assert "看不出" not in said
    assert header.cells == ("户编号", "户主姓名", "户主电话", "", "", "", "", "姓名", "与户主关系")
    assert [row.cells for row in persons] == [
        ("A1", "庞甲", "138", "", "", "", "", "", ""),
        ("A1", "庞甲", "", "", "", "", "", "李乙", "妻"),
    ]


def test_a_head_who_stands_among_the_members_keeps_what_is_said_of_him():
    rows = unfold(IN_COLUMNS, ("庞家庄村", "A1", "庞甲", "138", "庞 甲", "户主", "李乙", "配偶"))

    assert rows[0] == {"户编号": "A1", "户主姓名": "庞甲", "户主电话": "138", "姓名": "庞 甲", "与户主关系": "户主"}
    assert len(rows) == 2


def test_members_in_one_cell_get_a_row_each_and_never_the_number_of_the_head():
    rows = unfold(IN_A_CELL, ("庞家庄村", "A1", "庞甲", "141196", "李乙（妻，1964年生）、庞丙（长子）"))

    assert rows == [
        {"户编号": "A1", "户主": "庞甲", "身份证号": "141196"},
        {"户编号": "A1", "户主": "庞甲", "姓名": "李乙", "与户主关系": "妻"},
        {"户编号": "A1", "户主": "庞甲", "姓名": "庞丙", "与户主关系": "长子"},
    ]


def test_a_cell_of_members_that_nobody_can_tell_apart_refuses_the_household():
    many = "李乙（妻）、庞丙（子）"
    rows = read(IN_A_CELL, *(("庞家庄村", number, "庞甲", "", many) for number in ("A1", "A2", "A3")), OF_SEVERAL)

    assert ["请一人一行填写" in note.reason for note in rows[-1].notes] == [True]
    assert {len(row.cells) for row in rows} == {len(rows[0].cells)}
    assert rows[-1].cells[4] == OF_SEVERAL[4]


def test_another_head_among_the_members_refuses_the_household():
    many = ("庞家庄村", "A1", "庞甲", "", "李乙（妻）、庞丙（子）")

    rows = read(IN_A_CELL, many, ("庞家庄村", "A2", "庞丁", "", "庞戊（户主）、李乙（妻）"))

    assert [bool(row.notes) for row in rows] == [False, False, False, True]


def test_a_number_that_returns_far_below_refuses_its_second_row():
    row = ("庞家庄村", "A1", "庞甲", "138", "李乙", "配偶", "庞丙", "之子")

    *_, last = unfolded(table(IN_COLUMNS, row), iter([Row(99, row)]))[0]

    assert ["前面已有一行" in note.reason for note in last.notes] == [True]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (("户编号", "户主", "家庭成员", "身份证号"), [("A1", "庞甲", "李乙（妻）、庞丙（子）", "1411")]),
        (
            ("户编号", "户主", "身份证号", "家庭成员"),
            [("A1", "庞甲", "1", "庞甲（户主）、李乙（妻）"), ("A1", "庞甲", "2", "李乙（妻）、庞丙（子）")],
        ),
        (
            ("户编号", "户主", "身份证号", "家庭成员"),
            [("A1", "庞甲", "1", "庞甲（户主）、李乙（妻）"), ("", "李 乙", "2", "李乙")],
        ),
        (("户编号", "户主", "家庭成员"), [("A1", "庞甲", "李乙（妻）"), ("A2", "庞丁", "王丙")]),
        (("户编号", "户主", "家庭成员"), [("A1", "庞甲", "李乙（妻）"), ("A2", "庞丁", "庞丁（户主）")]),
        (("户编号", "户主", "家庭成员"), [("A1", "庞甲", "李乙（妻）"), ("A2", "庞丁", "庞丁（父）")]),
        (("户编号", "户主", "家庭成员"), [("A1", "庞甲", "李乙、庞丙"), ("A2", "庞丁", "王丙、庞戊")]),
        (("户编号", "户主", "家庭成员"), [("A1", "庞甲", "李乙（妻）、庞丙（子）"), ("A2", "庞丁", "三口人")]),
        (("户编号", "家庭成员"), [("A1", "李乙（妻）、庞丙（子）")]),
        (("户主", "成员1姓名", "成员2姓名"), [("", "李乙", "庞丙")]),
        (("户编号", "户主", "姓名"), [("A1", "庞甲", "李乙（妻）、庞丙（子）")]),
        (("户编号", "户主", "家庭成员"), [("A1", "庞甲", "李乙（妻）、庞丙（子）"), ("A2", "庞丁", OF_SEVERAL[4])]),
        (("户编号", "户主", "驻村工作队成员"), [("A1", "庞甲", "王建国（队长）、李红（妻）")]),
        (("户编号", "户主", "帮扶队成员"), [("A1", "庞甲", "王建国（父）、李红（妻）")]),
        (("户编号", "户主", "与户主关系", "家庭成员"), [("A1", "庞甲", "妻", "李乙（妻）、庞丙（子）")]),
        (("户编号", "户主", "姓名", "家庭成员"), [("A1", "庞甲", "李乙", "李乙（妻）、庞丙（子）")]),
        (("户编号", "户主", "姓名", "姓名1", "姓名2"), [("A1", "庞甲", "李乙", "李乙", "庞丙")]),
        (("户编号", "户主", "家庭成员", "风险1", "风险2"), [("A1", "庞甲", "李乙", "因病", "")]),
        (("户编号", "户主", "成员1姓名"), [("A1", "庞甲", "李乙")]),
    ],
)
def test_where_it_is_not_sure_whose_a_row_is_it_stays_as_it_is(header: tuple[str, ...], rows: list[tuple[str, ...]]):
    head = table(header, *rows)

    read_rows, said = unfolded(head, iter(()))

    assert (list(read_rows), said) == (head, "")


def test_a_phone_that_is_numbered_otherwise_is_no_members_and_that_is_said():
    header = ("户编号", "户主", "联系电话1", "成员1 姓名", "成员2姓名", "成员2电话", "成员2手机", "风险类型1")

    rows, said = unfolded(table(header, ("A1", "庞甲", "138", "李乙", "庞丙", "137", "136", "因病")), iter(()))

    every = [row.cells for row in rows]
    titles, *persons = (cells[8:] for cells in every)
    assert every[0][:8] == ("户编号", "户主", "", "", "", "", "", "风险类型1")
    assert (titles, persons) == (("姓名", "联系电话"), [("", ""), ("李乙", ""), ("庞丙", "137")])
    assert "看不出「联系电话1、成员2手机」是谁的" in said


def test_phones_of_the_household_beside_a_cell_of_members_stay_as_they_are():
    header = ("户编号", "户主", "联系电话1", "家庭成员")

    rows, _ = unfolded(table(header, ("A1", "庞甲", "138", "李乙（妻）、庞丙（子）")), iter(()))

    titles, own, wife, _ = rows
    assert (titles.cells[2], own.cells[2], wife.cells[2]) == ("联系电话1", "138", "")
    assert "联系电话" not in titles.cells


def test_the_village_that_is_merged_over_households_is_that_of_their_members_and_nothing_else_of_the_head_is():
    row = ("庞家庄村", "A1", "庞 甲", "138", "庞甲", "", "李乙", "配偶")
    merged = (MergedDown(0, 3, 4), MergedDown(3, 3, 4))

    rows, _ = unfolded(table(IN_COLUMNS, row), iter([Row(3, ("", "A2", *row[2:]), merged=merged)]))

    *_, head, wife = rows
    assert (head.cells[-2:], wife.cells[-2:]) == (("庞甲", "户主"), ("李乙", "配偶"))
    assert (head.merged, wife.merged) == (merged, merged[:1])


@pytest.mark.parametrize("relation", ["父亲", "之子"])
def test_a_member_with_the_heads_name_and_another_relation_refuses_the_household(relation: str):
    (row,) = read(IN_COLUMNS, ("庞家庄村", "A1", "庞甲", "138", "庞甲", relation, "李乙", "配偶"))

    assert ["看不出各人是谁" in note.reason for note in row.notes] == [True]


def test_a_member_without_a_name_refuses_the_household_and_one_called_wu_is_nobody():
    rows = read(
        IN_COLUMNS,
        ("庞家庄村", "A1", "庞甲", "138", "", "配偶", "庞丙", "之子"),
        ("庞家庄村", "A2", "庞丁", "138", "无", "无", "/", ""),
    )

    assert [[note.reason.startswith("成员没有填姓名") for note in row.notes] for row in rows] == [[True], []]


def test_a_household_that_counts_more_persons_than_it_names_is_told_of():
    header = ("户编号", "户主", "家庭人口", "家庭成员")

    rows = read(header, *((f"A{size}", "庞甲", size, "李乙（妻）、庞丙（子）") for size in ("3", "4")))

    assert [[(note.column, note.reason[:10]) for note in row.notes] for row in rows] == [
        *([], [], []),
        *([(2, "家庭人口比读出的3人")], [], []),
    ]


def test_one_member_each_who_is_not_the_head_is_unfolded_and_has_nothing_of_the_head():
    rows = unfold(IN_A_CELL, *((("庞家庄村", number, "庞甲", "141196", "李乙（妻）")) for number in ("A1", "A2")))

    assert [row.get("身份证号") for row in rows] == ["141196", None] * 2


def test_a_list_of_objects_far_below_may_say_what_none_above_says():
    first, late = (json.dumps([{"姓名": "李乙", "关系": "妻"} | more]) for more in ({}, {"手机": "137"}))

    header, *_, last = unfolded(
        table(IN_A_CELL, ("庞家庄村", "A1", "庞甲", "", first)), iter([Row(99, ("", "A2", "庞丁", "", late))])
    )[0]

    assert last.cells[header.cells.index("联系电话")] == "137"


def test_households_of_one_have_no_members_and_a_broken_row_stays_broken():
    many = ("庞家庄村", "A1", "庞甲", "", "李乙（妻）、庞丙（子）")
    alone = [("庞家庄村", number, "庞丁", "", said) for number, said in (("A2", "无"), ("A3", "独居"), ("A4", "/"))]
    broken = Row(9, ("…",), damage="读不出来")

    rows = list(unfolded(table(IN_A_CELL, many, *alone, ("庞家庄村", "A5", "庞戊")), iter([broken]))[0])

    assert [(row.cells[1], row.cells[4], row.notes) for row in rows[4:-1]] == [
        (number, "", ()) for number in ("A2", "A3", "A4", "A5")
    ]
    assert rows[-1] == broken


def test_notes_and_sums_between_the_households_are_no_households():
    many = ("庞家庄村", "A1", "庞甲", "", "李乙（妻）、庞丙（子）")
    between = ("", "小计", "", "", ""), ("", "小计", "", "", ""), ("", "", "", "", "3口人"), ("", "", "", "", "5口人")

    rows = read(IN_A_CELL, many, *between)

    assert [text for row in rows[:3] for text in row.cells[5:7]] == ["", "", "李乙", "妻", "庞丙", "子"]
    assert not any("前面已有一行" in note.reason for row in rows for note in row.notes)


def test_a_member_without_a_relation_is_not_called_the_head():
    rows = unfold(IN_COLUMNS, ("庞家庄村", "A1", "庞甲", "138", "李乙", "", "庞丙", "之子"))

    assert [row.get("与户主关系") for row in rows] == [None, None, "之子"]


@pytest.mark.parametrize(
    ("titles", "behind"),
    [
        (("户编号", "户主", "家庭成员情况"), ()),
        (("户编号", "户主", "家庭 成员"), ()),
        (("户编号", "户主", "家庭成员", "风险类型"), ("因病",)),
        (("户编号", "户主", "家庭成员", "联系电话"), ("138",)),
        (("户编号", "户主", "家庭成员", "备注"), ("危房",)),
    ],
)
def test_a_column_of_all_members_may_have_columns_of_the_household_behind_it(
    titles: tuple[str, ...], behind: tuple[str, ...]
):
    header, own, wife, _ = unfolded(table(titles, ("A1", "庞甲", "李乙（妻）、庞丙（子）", *behind)), iter(()))[0]

    assert (own.cells[3 : len(titles)], wife.cells[len(titles)]) == (behind, "李乙")
    assert header.cells[:2] == titles[:2]


def test_a_column_of_all_members_below_a_group_and_what_only_lists_of_objects_say():
    head = [
        Row(1, ("基本情况", "", "", "")),
        Row(2, ("户编号", "户主", "村", "家庭成员")),
        Row(3, ("A1", "庞甲", "庞家庄村", json.dumps([{"姓名": "李乙", "关系": "妻", "手机": "137"}]))),
        Row(4, ("A2", "庞丁", "庞家庄村", "李乙（妻）、庞丙（子）")),
    ]

    _, header, _, wife, *_ = unfolded(head, iter(()))[0]

    assert wife.cells[header.cells.index("联系电话")] == "137"


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("李乙（妻，1964年生）", [{"name": "李乙", "relation": "妻", "born_on": "1964"}]),
        ("庞小妮(女儿,17岁,县一中上学)", [{"name": "庞小妮", "relation": "女儿", "student": "县一中上学"}]),
        ("李乙（妻，患有大病，外嫁）", [{"name": "李乙", "relation": "妻", "health": "患有大病", "state": "外嫁"}]),
        ("李乙（妻，因病去世）", [{"name": "李乙", "relation": "妻", "state": "因病去世"}]),
        ("李乙（妻，文盲，小学文化）", [{"name": "李乙", "relation": "妻", "state": "文盲、小学文化"}]),
        ("庞丙（子，小学未上学）", [{"name": "庞丙", "relation": "子", "state": "小学未上学"}]),
        ("庞小妮（女，2010年出生）", [{"name": "庞小妮", "sex": "女", "born_on": "2010"}]),
        ("妻：李乙 女：庞小妮", [{"name": "李乙", "relation": "妻"}, {"name": "庞小妮", "relation": "女儿"}]),
        ("1.李乙（妻）2.庞丙", None),
        ("李乙（妻）,庞丙（子）", [{"name": "李乙", "relation": "妻"}, {"name": "庞丙", "relation": "子"}]),
        ("李乙，庞丙", [{"name": "李乙"}, {"name": "庞丙"}]),
        ("李乙（妻）、庞丙", [{"name": "李乙", "relation": "妻"}, {"name": "庞丙"}]),
        ("1.李乙（妻）", [{"name": "李乙", "relation": "妻"}]),
        (
            "妻子：张喜连，1963年生\n长子庞海平 1988.5",
            [
                {"relation": "妻子", "name": "张喜连", "born_on": "1963"},
                {"relation": "长子", "name": "庞海平", "born_on": "1988"},
            ],
        ),
        ("李乙（妻，141196196409090000）", [{"name": "李乙", "relation": "妻", "id_number": "141196196409090000"}]),
        ("李乙（妻，14119619640909000x）", [{"name": "李乙", "relation": "妻", "id_number": "14119619640909000X"}]),
        ("李乙（妻，1964年5月3日生）", [{"name": "李乙", "relation": "妻", "born_on": "1964"}]),
        ("李乙（妻，1964.5.3）", [{"name": "李乙", "relation": "妻", "born_on": "1964"}]),
        ("李乙（妻，1.5万元）", [{"name": "李乙", "relation": "妻", "state": "1.5万元"}]),
        ("李乙（妻，高血压，残疾）", [{"name": "李乙", "relation": "妻", "health": "高血压、残疾"}]),
        ("庞丙（子，一中在读，住校上学）", [{"name": "庞丙", "relation": "子", "student": "一中在读、住校上学"}]),
        ("女儿：庞小妮", [{"name": "庞小妮", "relation": "女儿"}]),
        ("阿依古丽（妻）", [{"name": "阿依古丽", "relation": "妻"}]),
        ("1.李乙（妻）、 2.庞丙", [{"name": "李乙", "relation": "妻"}, {"name": "庞丙"}]),
        ("李乙，打工", [{"name": "李乙", "state": "打工"}]),
        ("李乙（妻） 庞丙", None),
        ("李乙（1964年），庞丙（1988年）", None),
        ("李乙/李小乙", None),
        ("李乙（妻，王庄人）", None),
        ("李乙（妻，1964.5，1965.5）", None),
        ("李乙（妻，2019年）", [{"name": "李乙", "relation": "妻", "state": "2019年"}]),
        ("李乙（妻，2019.13）", [{"name": "李乙", "relation": "妻", "state": "2019.13"}]),
        (
            "李乙（妻，身份证141196196409090000）",
            [{"name": "李乙", "relation": "妻", "id_number": "141196196409090000"}],
        ),
        ("李乙（妻）等4人", None),
        ("李乙（妻）、共3人", None),
        ("李乙（妻）、一子一女", None),
        ("李乙（妻）、两个孩子", None),
        ("李乙等", None),
        ("李乙（妻）、三子庞丙", [{"name": "李乙", "relation": "妻"}, {"relation": "三子", "name": "庞丙"}]),
        ("李乙（妻）、务农", None),
        ("李乙（妻）、无", None),
        ("李乙（庞甲之妻）", [{"name": "李乙", "state": "庞甲之妻"}]),
        ("李乙（妻，丈夫庞甲）", None),
        ("妻子、长子", None),
        ("3人", None),
        (json.dumps([{"姓名": "李乙", "年龄": 60, "户编号": "X9", "手机": 1380}]), [{"name": "李乙", "phone": "1380"}]),
        (" " + json.dumps([{"姓名": "李乙", "手机": None}]), [{"name": "李乙"}]),
        (json.dumps([{"xm": "李乙"}]), None),
        ('[{"姓名": "李乙", "备注": {"a": 1}}]', None),
        ("[1, 2]", None),
        ("[" * 9000, None),
        ('[{"a":' + '{"a":' * 1900, None),
        (json.dumps([{"姓名": "李乙"}] * 31), None),
        (json.dumps([{"姓名": "李乙" * 3000}]), None),
        ("、".join(["李乙"] * 31), None),
        ("李乙" + "、" * 1000, None),
    ],
)
def test_a_cell_says_who_belongs_to_the_household(text: str, members: Sequence[Mapping[str, str]] | None):
    assert members_in(text) == members


def test_a_list_of_objects_says_of_a_member_whatever_a_register_says():
    told = {
        "姓名": "name",
        "与户主关系": "relation",
        "性别": "sex",
        "出生日期": "born_on",
        "证件号码": "id_number",
        "联系电话": "phone",
        "健康状况": "health",
        "残疾证号": "disability_card",
        "劳动技能": "labour",
        "务工所在地": "work_place",
        "务工时间月": "work_months",
        "在校生状况": "student",
        "是否参加城乡居民基本医疗保险": "insured",
        "是否享受最低生活保障": "allowance",
        "是否特困供养人员": "supported",
        "备注": "state",
    }

    assert members_in(json.dumps([{key: key for key in told}])) == [{field: key for key, field in told.items()}]


def test_what_only_a_row_far_below_says_of_a_member_is_kept():
    many = ("庞家庄村", "A1", "庞甲", "", "李乙（妻）、庞丙（子）")
    wife = "李乙（妻，女，1964年5月，141196196409090000，高血压，在校，外嫁）"

    header, *_, last = unfolded(table(IN_A_CELL, many), iter([Row(99, ("", "A2", "庞丁", "", wife))]))[0]

    assert dict(zip(header.cells[5:], last.cells[5:], strict=True)) == {
        "姓名": "李乙",
        "与户主关系": "妻",
        "性别": "女",
        "出生日期": "1964",
        "证件号码": "141196196409090000",
        "健康状况": "高血压",
        "在校生状况": "在校",
        "备注": "外嫁",
    }


def table(header: tuple[str, ...], *rows: tuple[str, ...]) -> list[Row]:
    return [Row(at, cells) for at, cells in enumerate((header, *rows), start=1)]


def read(header: tuple[str, ...], *rows: tuple[str, ...]) -> list[Row]:
    _, *persons = unfolded(table(header, *rows), iter(()))[0]
    return persons


def unfold(header: tuple[str, ...], *rows: tuple[str, ...]) -> list[dict[str, str]]:
    head, *unfolded_rows = unfolded(table(header, *rows), iter(()))[0]
    return [said(head, row) for row in unfolded_rows]


def said(header: Row, row: Row) -> dict[str, str]:
    pairs = zip(map(str, header.cells), map(str, row.cells), strict=False)
    return {text: cell for text, cell in pairs if cell and text in _SHOWN}
