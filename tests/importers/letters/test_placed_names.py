"""Who petitions where his village stands before his name behind the label."""

import pytest

from importers.letters.labels import labelled_fields


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("反映人：某家峁村 张三", "张三"),
        ("反映人：某家峁村张三", "张三"),
        ("求助人：某家峁村二组 张三 13800000000", "张三"),
        ("反映人：某某乡某家峁村村民 张 三", "张三"),
        ("反映人：村民张三", "张三"),
        ("来访人：某家峁村　张三（手印）", "张三"),
        ("反映人：榆树峁村 张三", "张三"),
        # Who may be a person himself, though his name ends as a place does: as written.
        ("反映人：张建社 李四", "张建社"),
        ("反映人：张向庄 王强", "张向庄"),
        ("反映人：刘建村 李四", "刘建村"),
        ("反映人：欧阳建社 李四", "欧阳建社"),
        ("反映人：张建社李四", "张建社李四"),
        ("反映人：李爱社 农民", "李爱社"),
        # What he is, and no name.
        ("反映人：榆树峁村 高中", "榆树峁村"),
        ("反映人：榆树峁村高中", "榆树峁村高中"),
        ("反映人：榆树峁村 文盲", "榆树峁村"),
        ("反映人：榆树峁村 农民", "榆树峁村"),
        ("反映人：榆树峁村 党员", "榆树峁村"),
        ("反映人：榆树峁村 时年58岁", "榆树峁村"),
        # Two names, an office or everybody: as written.
        ("反映人：某家峁村 张三 李四", "某家峁村"),
        ("反映人：某家峁村 电话：13800000000", "某家峁村"),
        ("反映人：某家峁村全体村民 张三", "某家峁村全体村民"),
        ("反映人：某某镇司法所", "某某镇司法所"),
        ("反映人：某某乡林场", "某某乡林场"),
        ("反映人：李庄文英", "李庄文英"),
        ("反映人：庄小三", "庄小三"),
        ("反映人：欧阳社平", "欧阳社平"),
    ],
)
def test_a_place_before_the_petitioners_name_is_no_part_of_it(line: str, name: str):
    assert labelled_fields(line).fields["name"] == name


def test_a_phone_below_the_petitioners_own_label_is_his_whatever_was_asked_above():
    letter = (
        "我找过村里武主任。\n请领导给想个办法。\n反映人：某家峁村 张三\n2026.10.8\n联系方式 13800000000（张三本人）"
    )

    assert labelled_fields(letter).fields["phone"] == "13800000000"


def test_a_phone_below_a_heading_of_the_accused_is_not_the_petitioners_who_is_named_above():
    letter = "反映人：张三\n被反映人情况：\n姓名：王大\n电话：13900000000"

    assert "phone" not in labelled_fields(letter).fields
