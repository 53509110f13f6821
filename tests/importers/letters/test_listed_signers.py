"""Who signs a letter where several stand below one label."""

import pytest

from importers.letters.listed_signers import signers_in
from importers.letters.signatures import is_end
from importers.letters.writer import writer_of

_TEXT = "尊敬的领导：\n我们村断水了，请求解决。\n"


@pytest.mark.parametrize(
    ("end", "names", "phone"),
    [
        (
            "反映人：\n张三 13800000000\n李四 13900000000\n王小五 13700000000\n2026年9月8日",
            "张三、李四、王小五",
            "13800000000",
        ),
        ("反映人：\n1. 张三，13800000000\n2. 李四，13900000000\n2026年9月8日", "张三、李四", "13800000000"),
        ("申请人（签字）：\n张三\n13800000000\n李四\n13900000000\n2026年9月8日", "张三、李四", "13800000000"),
        (
            "2026年9月8日\n村民签名：\n张三 李四 王小五\n赵六 钱小七\n孙小八",
            "张三、李四、王小五、赵六、钱小七、孙小八",
            "",
        ),
        ("反映人：\n张志学\n李建会\n2026年9月8日", "张志学、李建会", ""),
        ("反映人：\n张三\n李四\n2026年9月8日\n13800000000", "张三、李四", "13800000000"),
        ("反映人：\n张三\n李四\n2026年9月8日\n手机 138 0000 0000", "张三、李四", "138 0000 0000"),
        ("反映人：\n张三\n李四 13900000000\n2026年9月8日", "张三、李四", "13900000000"),
        ("反映人：\n张三\n李四 13900000000\n王小五 13700000000\n2026年9月8日", "张三、李四、王小五", ""),
        ("反映人姓名：\n张三 13800000000\n李四 13900000000\n2026年9月8日", "张三、李四", "13800000000"),
        ("反映人：张三 13800000000\n李四 13900000000\n王小五 13700000000\n2026年9月8日", "张三", "13800000000"),
        ("反映人：张三 13800000000\n        李四 13900000000\n2026年9月8日", "张三", "13800000000"),
        ("联名人：\n张 三（手印）\n李 四（手印）\n联系电话：13800000000\n2026年9月8日", "张三、李四", "13800000000"),
        ("联名村民（签字）：\n张三  李四\n王小五  赵六\n2026年9月8日", "张三、李四、王小五、赵六", ""),
        ("联名村民签字：张三、李四\n2026年9月8日\n电话：张三 13800000000", "张三、李四", "张三 13800000000"),
        ("联名人：张三  李四\n王小五  赵六\n2026年9月8日", "张三、李四、王小五、赵六", ""),
        (
            "住户代表：\n张三（501室）13800000000\n李四（3号楼302）13900000000\n2026年9月8日",
            "张三、李四",
            "13800000000",
        ),
        ("村民代表：张三 李四\n2026年9月8日", "张三、李四", ""),
        ("王五 13800000000\n2026年9月8日\n在场见证\n村民代表：\n张三 13900000000\n李四", "王五", "13800000000"),
        ("王五 13800000000\n2026年9月8日\n联名村民：张三、李四", "王五、张三、李四", "13800000000"),
        ("某村全体村民\n2026年9月8日\n村民代表：\n张三\n李四", "张三、李四", ""),
    ],
)
def test_all_below_a_label_sign_and_the_first_ones_phone_is_theirs(end: str, names: str, phone: str):
    writer = writer_of(f"{_TEXT}{end}".split("\n"))

    assert (writer.name, writer.phone, writer.day) == (names, phone, "2026年9月8日")


@pytest.mark.parametrize(
    ("end", "phone", "others"),
    [
        ("反映人：张三\n联系电话：张三 13800000000", "张三 13800000000", []),
        ("反映人：张三\n联系电话：李四 13900000000", "", ["李四 13900000000"]),
        ("张三 13800000000\n联系电话：李四 13900000000", "13800000000", ["李四 13900000000"]),
        ("联系电话：李四 0358-4490000", "李四 0358-4490000", []),
        ("村里网格员，联系电话：李四 13900000000。", "", ["李四 13900000000"]),
        ("地址：某村 联系电话：张三 13800000000\n张三", "张三 13800000000", []),
        ("手机：李四 13900000000\n张三\n手机：13800000000", "13800000000", ["李四 13900000000"]),
        ("张三\n联系电话：李四 13900000000\n电话：王小五 13700000000", "", ["李四 13900000000"]),
    ],
)
def test_a_phone_behind_its_label_and_a_name_is_theirs_who_sign_so(end: str, phone: str, others: list[str]):
    writer = writer_of(f"{_TEXT}{end}\n2026年9月8日".split("\n"))

    assert (writer.phone, [number for _, number in writer.of_others]) == (phone, others)


def test_words_of_a_text_that_begin_as_a_label_of_signers_end_no_letter():
    assert not is_end("联名村民都盼着修路")


def test_the_phones_of_those_behind_the_first_are_somebody_elses():
    writer = writer_of(f"{_TEXT}反映人：\n张三 13800000000\n李四 13900000000\n2026年9月8日".split("\n"))

    assert [number for _, number in writer.of_others] == ["13900000000"]


@pytest.mark.parametrize(
    "end",
    [
        "反映人：\n张三\n2026年9月8日",
        "反映人：\n榆树峁村 张三\n2026年9月8日",
        "反映人：\n石门\n张三",
        "反映人：\n高家\n张三",
        "反映人：\n张三\n党员",
        "姓名：\n张三\n籍贯\n某县",
        "反映人：\n张三\n村主任 李四\n2026年9月8日",
        "反映人：\n张三\n证明人：\n李四",
        "被反映人：\n张三\n李四",
        "反映人：\n张三\n张三",
        "反映人：张三\n李四",
        "打人的\n姓名：\n王强\n李刚",
        "签名：\n王强\n李刚\n我要求赔偿。\n张三\n2026年9月8日",
    ],
)
def test_one_signer_and_what_may_be_a_place_or_an_official_are_no_list(end: str):
    assert signers_in(f"{_TEXT}{end}".split("\n")) is None


@pytest.mark.parametrize(
    "list_of_accused",
    [
        "欠我们工钱的包工头\n姓名：\n王强 13900000000\n李刚 13700000000",
        "打人的\n姓名：\n王强\n李刚\n我要求赔偿医药费。",
        "在场证明签字：\n王强\n李刚\n我要求赔偿医药费。",
    ],
)
def test_whoever_signs_below_a_list_of_others_is_the_writer(list_of_accused: str):
    assert writer_of(f"{_TEXT}{list_of_accused}\n张三\n2026年9月1日".split("\n")).name == "张三"


def test_a_label_with_a_name_goes_before_a_list_of_signers():
    writer = writer_of(f"信访人：赵六 电话：13600000000\n{_TEXT}签名：\n张三 13800000000\n李四".split("\n"))

    assert (writer.name, writer.phone) == ("赵六", "13600000000")
