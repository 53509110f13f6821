"""Where one letter of a text ends and the next begins."""

import time

import pytest

from importers.letters.parting import letters_in


@pytest.mark.parametrize(
    "part",
    [
        "张三宝\n----------\n",
        "我家没有水喝啊啊\n张三宝\n----------\n",
        "来信人：张三宝\n住址：石门村\n尊敬的领导：\n",
        "求助信\n来信人：张三宝\n2026年9月1日\n住址：石门村石门村石门村\n----------\n",
    ],
)
def test_very_many_lines_of_strokes_cost_little_time(part: str):
    lines = (part * 3_000).split("\n")
    begun = time.process_time()

    letters = letters_in(lines)

    assert "\n".join(line for letter in letters for line in letter) == "\n".join(lines)
    assert time.process_time() - begun < 2


def test_words_of_offices_within_a_sentence_hide_no_letter_below_strokes():
    one = ["尊敬的领导：", "家里停水，请求解决。", "张三"]
    two = ["求助信", "我说明一下，我家房子塌了没有地方住，请救助。", "到镇政府去过多次。", "李四", "2026年9月5日"]
    answer = ["关于断水的答复", "经过查看，水管已经修好，请知晓。", "某镇人民政府（盖章）", "2026年9月5日"]

    assert letters_in([*one, "——————", *two]) == [[*one, "——————"], two]
    assert letters_in([*one, "——————", *answer]) == [[*one, "——————", *answer]]


def test_labels_with_a_matter_are_a_letter_and_labels_of_who_signs_below_are_not():
    below = ["县长您好：", "我家的路塌了，请求修路。", "李四", "2026年9月2日"]
    labels = ["申请人：张三", "请求：给办低保", "申请人：张三", "2026年9月1日"]
    above = ["尊敬的领导：", "我家的地被淹了，请求赔偿。", "张三"]

    assert letters_in([*labels, *below]) == [labels, below]
    assert letters_in([*above, "来信人：李四", *below]) == [above, ["来信人：李四", *below]]
    assert letters_in([*above, "写信人：王小五", *below]) == [[*above, "写信人：王小五"], below]


def test_an_application_in_the_third_person_is_a_letter_of_its_own():
    one = [
        "尊敬的书记：",
        "我家的车间关了门，没了活，盼望给个公益岗。",
        "某某村民　张三",
        "2026年9月3日",
        "联系方式：13800000001",
    ]
    told = "申请人李四，男，1951年生，独身，秋雨后窑顶塌了一角，特申请修缮。"
    two = ["申请书", "某某村委会、某某镇人民政府：", told, "申请人：李四", "二〇二六年九月四日", "电话：13800000002"]
    short = ["镇领导：", "反映人李四，女，62岁，老伴有病，求低保", "李四", "2026年9月4日"]

    assert letters_in([*one, *two]) == [one, two]
    assert letters_in([*one, *short]) == [one, short]


def test_whoever_signs_with_his_age_below_the_closing_is_no_other_letter():
    one = ["求助信", "我家的车间关了门，没了活，盼望给个公益岗。", "此致", "某某镇人民政府："]
    signed = ["申请人：张三，女，52岁，住某某村", "联系电话：13800000001", "2026年9月3日"]

    assert letters_in([*one, *signed]) == [[*one, *signed]]


def test_a_label_that_nobody_reads_goes_with_the_record_below_it():
    records = [
        ["诉求编号：一", "诉求人：张三", "诉求内容：房子塌了。"],
        ["诉求编号：二", "诉求人：李四", "诉求内容：没有水。"],
    ]

    assert letters_in([*records[0], "", *records[1]]) == [[*records[0], ""], records[1]]


def test_a_label_below_a_record_stays_with_it():
    records = [
        ["诉求人：张三", "诉求内容：房子塌了。", "", "联系电话：13800000001"],
        ["诉求人：李四", "诉求内容：没有水。", "", "联系电话：13800000002"],
    ]

    assert letters_in([*records[0], *records[1]]) == records


def test_the_opinion_on_an_applicant_and_his_description_below_the_closing_are_no_other_letter():
    matter = "今年雨水多，窑洞塌了一角，没有地方住。"
    opinion = ["镇民政办：", "申请人李四，男，65岁，独居，情况属实，请批准。", "某某村委会", "2026年9月4日"]
    signed = ["某某村委会：", matter, "申请人：李四", "2026年9月3日", *opinion]
    closed = ["申请书", matter, "此致", "某某镇人民政府：", "申请人张三，男，65岁，低保户，现住危房", "2026年9月3日"]

    assert letters_in(signed) == [signed]
    assert letters_in(closed) == [closed]


def test_a_text_of_salutations_above_applicants_is_looked_through_once():
    lines = ["某某镇人民政府：", "申请人张三，男，65岁"] * 5_000
    begun = time.process_time()

    assert len(letters_in(lines)) == 1
    assert time.process_time() - begun < 8
