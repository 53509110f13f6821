"""When two texts are one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.repeats.near_duplicates import Compared
from nlp.repeats.overlap import Overlap, body_of, overlap, overlaps

REPORT = (
    "十月十二日凌晨，苗家沟村村民苗栓喜家的三间砖窑突然起火，火势借风蔓延，屋里的粮食和家具全部烧毁。\n"
    "苗栓喜与老伴披着邻居给的棉袄站在院里，眼下借住在村委会的一间旧屋。他反复念叨，啥也没抢出来。\n"
    "村干部已经把情况报到镇里，起火的原因还在调查，保险公司说要等结论出来以后才能理赔。"
)
NOTICE = (
    "现将{month}月份拟新增低保对象公示如下，公示期为七天。{village}{name}，{age}岁，因{cause}，家庭人口{count}人，"
    "月保障金{sum}元。如有异议请向乡镇民政办反映。特此公示，接受群众监督。"
)


def read(one: str, other: str) -> Overlap:
    return overlap(Compared.of(one), Compared.of(other))


def is_one(found: Overlap) -> bool:
    return found.is_one_text and not found.is_one_form


def test_a_reprint_with_other_paragraphs_is_the_whole_text():
    found = read(REPORT, REPORT.replace("\n", "").replace("，", ", "))

    assert (found.longer, found.shorter, found.changes) == (1.0, 1.0, 0)


def test_a_reprint_with_a_paragraph_cut_is_one_text():
    assert is_one(read(REPORT, "\n".join(REPORT.split("\n")[:2])))


def test_a_text_quoted_in_one_twice_as_long_is_not_that_text():
    around = (
        "编辑部上周收到几封来信，说的都是冬天以前山里人家的难处，我们一一转给了有关部门，也请读者一起想想办法。" * 4
    )

    found = read(REPORT, around + REPORT)

    assert found.shorter == 1.0
    assert not found.is_one_text


def test_a_form_filled_in_for_somebody_else_is_known_as_a_form():
    facts = {"month": 3, "village": "高家塔村", "name": "高改柱", "age": 71, "cause": "脑梗", "count": 2, "sum": 320}
    others = {"month": 4, "village": "庞家洼村", "name": "庞云飞", "age": 46, "cause": "车祸", "count": 5, "sum": 285}

    found = read(NOTICE.format(**facts), NOTICE.format(**others))

    assert found.is_one_text
    assert found.is_one_form


def test_a_word_or_two_changed_in_passing_is_no_form():
    assert is_one(read(REPORT, REPORT.replace("眼下", "目前").replace("已经", "已")))


def test_a_changed_number_weighs_more_than_a_changed_word():
    assert read(REPORT, REPORT.replace("三间砖窑", "两间砖窑")).changes == 2
    assert read(REPORT, REPORT.replace("眼下", "目前")).changes == 1


WELL = (
    "苗家沟村{well}号机井维修项目公示：该机井供{households}户村民饮水，井深{depth}米，计划投资{sum}元，工期二十天。"
    "如有异议请向镇政府反映，公示期七天，接受群众监督。"
)
FIRST_WELL = {"well": "1", "households": "5", "depth": "120", "sum": "3000"}


@pytest.mark.parametrize(
    "other",
    [
        {"well": "11"},
        {"well": "21"},
        {"households": "15"},
        {"households": "55"},
        {"depth": "1120"},
        {"depth": "122", "sum": "3000"},
        {"sum": "30000"},
        {"well": "2"},
    ],
)
def test_a_number_that_grew_weighs_as_much_as_one_that_changed(other: dict[str, str]):
    one, two = WELL.format(**FIRST_WELL), WELL.format(**FIRST_WELL | other)

    assert (read(one, two).changes, read(two, one).changes) == (2, 2)


def test_a_form_is_known_by_digits_that_were_only_put_in():
    one, two = WELL.format(**FIRST_WELL), WELL.format(**FIRST_WELL | {"well": "11", "households": "15"})

    assert read(one, two).is_one_form
    assert read(two, one).is_one_form


def test_a_clause_with_a_number_that_one_text_leaves_out_is_no_number_that_grew():
    assert is_one(read(WELL.format(**FIRST_WELL), WELL.format(**FIRST_WELL).replace("井深120米，", "")))


def test_short_texts_are_one_only_when_they_are_the_same():
    assert is_one(read("没有水吃!", "没有水吃"))
    assert not read("没有水吃", "没有水喝").is_one_text
    assert not read("", "").is_one_text


def test_lines_that_a_medium_puts_around_a_text_are_left_aside():
    around = f"编者按：本网转发这篇报道。\n来源：湫川日报\n{REPORT}\n责任编辑：某某\n（原标题：一场大火）"

    assert body_of(around) == REPORT


def test_a_text_of_nothing_but_such_lines_is_kept():
    assert body_of("来源：湫川日报") == "来源：湫川日报"


@pytest.mark.parametrize(
    "line", ["来源不明的水,村里人不敢喝。", "编辑部来人看过。", "记者走进薛家岭村,看到他一个人住。"]
)
def test_a_sentence_that_only_begins_like_such_a_line_stays(line: str):
    assert line in body_of(f"{line}\n家里没有劳力。")


@given(st.text(max_size=80), st.text(max_size=80))
def test_shares_are_shares_whatever_the_texts_are(one: str, other: str):
    found = read(one, other)

    assert 0 <= found.longer <= 1
    assert 0 <= found.shorter <= 1
    assert found == read(other, one) or len(Compared.of(one).characters) == len(Compared.of(other).characters)


def test_pairs_read_together_share_what_they_share_alone():
    texts = [REPORT, REPORT.replace("眼下", "目前"), "没有水吃", NOTICE, "没有水吃!", REPORT]
    pairs = [(one, other) for one in texts for other in texts]

    together = overlaps([(Compared.of(one), Compared.of(other)) for one, other in pairs])

    assert together == [read(one, other) for one, other in pairs]
