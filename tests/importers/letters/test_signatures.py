"""Who signs a letter: names behind places and labels; days and phones that are the letter's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.letters.kinds import is_covering_note
from importers.letters.parting import letters_in
from importers.letters.signatures import (
    Signature,
    day_above_salutation,
    day_without_year,
    introduced_in,
    is_salutation,
    signature_of,
    signed_by,
)

_LETTERS = st.text(
    alphabet="—张三村民反映人：:。，（）()2026年9月3日 \t\n\u3000〇农历正初廿13800000000.-/", max_size=60
)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("某镇某村一组张三", "张三"),
        ("村民代表 张三", "张三"),
        ("反映人签名（手印）：欧阳小三", "欧阳小三"),
        ("张 三", "张三"),
        ("张三（代笔）", "张三"),
        ("张三敬上", "张三"),
        ("申请人：稀小三", "稀小三"),
        ("稀小三", ""),
        ("请求救助", ""),
        ("张家沟", ""),
        ("王县长", ""),
        ("全体村民", ""),
        ("日期: 2026-09-03", ""),
        ("联名人签字：张三 李四、王小五", "张三、李四、王小五"),
        ("联名人：高家墕 高三", "高三"),
        ("张三 李四 王小五", "王小五"),
        ("签名：张三 李四", "张三、李四"),
        ("签名：方山 张三", "张三"),
        ("签字：方山 马坊 张三", "张三"),
        ("石门 张三", "张三"),
        ("反映人：石门 张三", "张三"),
        ("村民代表（手印）：张三", "张三"),
        ("代表人：张三、李四", "张三、李四"),
        ("代表人：石门 张三", "张三"),
        ("村民：没有人管", ""),
        ("居民：王府小区全体", ""),
    ],
)
def test_a_line_of_the_end_is_a_name_only_by_a_label_or_a_surname(line: str, name: str):
    assert signed_by(line) == name


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2026年9月3日", "2026年9月3日"),
        ("张三 2026.9.3", "2026.9.3"),
        ("2026年9月3日 张三", "2026年9月3日"),
        ("2026年9月3日（星期四）", "2026年9月3日（星期四）"),
        ("二0二六年九月三日", "二0二六年九月三日"),
        ("农历二〇二六年正月初六", "农历二〇二六年正月初六"),
        ("1975年5月3日生", ""),
        ("出生日期：1975年5月3日", ""),
        ("2019年3月5日停了低保", ""),
        ("自2019年3月5日", ""),
    ],
)
def test_the_day_of_a_letter_is_no_birth_and_none_of_its_story(line: str, day: str):
    assert signature_of(["家中有人患病。", line]).day == day


def test_a_phone_alone_or_beside_the_name_is_the_writers_and_one_in_a_sentence_is_not():
    assert signature_of(["家中有人患病。", "张三", "13800000000"]) == Signature("张三", "", "13800000000")
    assert signature_of(["家中有人患病。", "张三 13800000000"]) == Signature("张三", "", "13800000000")
    assert signature_of(["家中有人患病。", "有事请打13800000000找村主任"]).phone == ""


def test_a_name_behind_the_last_sentence_is_a_signature():
    assert signature_of(["县长您好：家里停水，求救助。张三13800000000"]) == Signature("张三", "", "13800000000")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("您好，我叫张三，家里停水。", "张三"),
        ("我是某镇某村村民张三，家里停水。", "张三"),
        ("我是村主任王大的邻居，家里停水。", ""),
        ("我是一名教师，家里停水。", ""),
    ],
)
def test_writers_introduce_themselves(text: str, name: str):
    assert introduced_in(text) == name


def test_a_letter_begins_where_a_salutation_follows_an_end_and_nowhere_else():
    one = ["尊敬的领导：", "家里停水。", "尊敬的领导：", "再说一遍。", "张三", "2026年9月3日"]
    two = [*one, "", "关于吃水的请求", "尊敬的书记：", "家中有人患病。", "李四"]

    assert letters_in(one) == [one]
    assert letters_in(two) == [one, two[len(one) :]]


def test_strokes_part_letters_only_below_a_signature():
    one = ["尊敬的领导：", "家里停水，请求解决。", "张三"]
    two = ["尊敬的书记：", "家中有人患病，请求给予帮扶救助。", "李四", "2026年9月3日"]

    assert letters_in([*one, "——————", *two]) == [[*one, "——————"], two]
    assert letters_in([*one[:2], "——————", *two[1:]]) == [[*one[:2], "——————", *two[1:]]]
    assert letters_in([*one, "——————", "领导批示：请民政办给予办理，报结果。", *two[2:]])[1:] == []


def test_what_says_only_who_writes_is_no_letter():
    labels = ["信访件", "来信人：张三", "电话：13800000000"]
    letter = ["尊敬的领导：", "家里停水，请求解决。"]

    assert letters_in([*labels, *letter]) == [[*labels, *letter]]
    assert letters_in(["请求修路", "反映人：李四", *letter]) == [["请求修路", "反映人：李四"], letter]


def test_records_with_the_same_labels_are_letters_of_their_own():
    one = ["时间：2026.9.3", "来电人：张三", "内容：家里停水。", ""]
    two = ["时间：2026.9.4", "来电人：李四", "内容：家中有人患病。"]
    without_a_matter = ["时间：2026.9.3", "地点：某村", "", "时间：2026.9.4", "地点：某镇"]

    assert letters_in(["来电记录", *one, *two]) == [["来电记录", *one], two]
    assert letters_in(without_a_matter) == [without_a_matter]
    assert letters_in([*one, "时间：不详"]) == [[*one, "时间：不详"]]


def test_a_labelled_signature_is_no_salutation():
    assert is_salutation("王县长：")
    assert not is_salutation("反映人：")


@pytest.mark.parametrize(
    ("words", "is_note"),
    [
        ("您好，九月台账见附件，请查收。", True),
        ("信访事项登记表", True),
        ("报送群众反映困难问题汇总，联系电话13800000000。", True),
        ("谢谢", True),
        ("我家停水两年，求救助。", False),
        ("儿子得了白血病，见附件。", False),
        ("村里的路断了，请求修路。", False),
        ("尊敬的领导", False),
        ("张三 13800000000", False),
    ],
)
def test_a_short_text_is_a_note_unless_somebody_speaks_of_himself_or_asks_for_help(words: str, is_note: bool):
    assert is_covering_note(words) == is_note


@given(_LETTERS)
def test_every_text_has_letters_that_hold_all_of_its_lines(text: str):
    lines = text.split("\n")

    assert [line for letter in letters_in(lines) for line in letter] == lines
    signature_of(lines)


def test_a_day_alone_above_the_salutation_is_found_and_no_other():
    assert day_above_salutation(["来信人：张三", "2026年9月1日", "县长您好：", "请管管。"]) == "2026年9月1日"
    assert day_above_salutation(["县长您好：", "2026年9月1日"]) == ""


@pytest.mark.parametrize(
    ("end", "day"),
    [
        (["张三", "9月20日", "13800000000"], "9月20日"),
        (["反映人：张三", "电话：13800000000", "9月8号。"], "9月8号"),
        (["张三 9月20日"], "9月20日"),
        (["反映人：张 三   九月二十日"], "九月二十日"),
        (["张三", "农历八月初三"], "农历八月初三"),
        (["张三", "丙午年八月初三"], "丙午年八月初三"),
        (["张三", "2026年9月20日"], ""),
        (["我9月20日来过", "张三"], ""),
        (["9月20日住院", "张三"], ""),
        (["请在9月20日前答复。", "张三"], ""),
        (["9月工资没发", "张三"], ""),
    ],
)
def test_a_day_without_a_year_stands_alone_or_beside_who_signs(end: list[str], day: str):
    assert day_without_year(["尊敬的领导：", "我家窑洞裂了，请求救助。", *end]) == day


def test_a_lunar_day_behind_its_year_is_a_day():
    assert signature_of(["我家窑洞裂了。", "张三", "2026年农历八月初三"]).day == "2026年农历八月初三"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("某某村村民：张三", "张三"),
        ("您的百姓：张三", "张三"),
        ("患者家属：张三", "张三"),
        ("困难户：张三", "张三"),
        ("小民张三叩上", "张三"),
        ("被打村民：张三", ""),
        ("账户：张三", ""),
    ],
)
def test_people_sign_as_villagers_patients_and_humble_folk(line: str, name: str):
    assert signed_by(line) == name


@pytest.mark.parametrize(
    "told",
    [
        ["困难户：李四", "65岁，没钱吃药。", "村医", "2026年9月3日"],
        ["困难户：李四", "困难户：王五", "2026年9月3日"],
        ["我村困难户：李四、王五", "2026年9月3日"],
        ["某某村养殖户：李四", "死了三十只羊，赔不起。", "2026年9月3日"],
    ],
)
def test_households_that_a_letter_tells_of_do_not_sign_it(told: list[str]):
    assert signature_of(["我反映几户的困难。", *told]).name == ""


def test_a_household_signs_above_a_day_or_a_request():
    assert signature_of(["窑洞塌了。", "困难户：李四", "2026年9月3日"]).name == "李四"
    assert signature_of(["窑洞塌了。", "某某村村民：李四", "请领导尽快答复。"]).name == "李四"
