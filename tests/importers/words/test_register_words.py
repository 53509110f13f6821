"""What the words of registers mean."""

import pytest

from domain.register.household import Relation
from domain.words.vocabulary import MonitoringCategory
from importers.words.register_words import register_words


@pytest.mark.parametrize(
    ("text", "tick"),
    [
        ("√", True),
        ("☑", True),
        ("✔\ufe0f", True),
        ("v", True),
        ("●", True),
        ("y", True),
        ("□", False),
        ("☒", None),
        ("X", None),
        ("是", True),
        ("", False),
        ("×", False),
        ("0", False),
        ("无风险", False),
        ("已消除", None),
    ],
)
def test_a_tick_a_sign_that_there_is_none_and_any_other_word_are_told_apart(text: str, tick: bool | None):
    assert register_words().is_tick(text) is tick


@pytest.mark.parametrize(("text", "is_mark"), [("√", True), ("v", True), ("■", True), ("是", False), ("Y", False)])
def test_a_mark_is_told_from_a_word(text: str, is_mark: bool):
    assert register_words().is_mark(text) is is_mark


@pytest.mark.parametrize(
    ("text", "answer"), [("√", True), ("☑", True), ("v", True), ("是", True), ("□", False), ("否", False), ("X", None)]
)
def test_a_tick_is_an_answer(text: str, answer: bool | None):
    assert register_words().answer(text) is answer


@pytest.mark.parametrize(
    ("number", "may"),
    [
        ("141124104203", True),
        ("110101001001", True),
        ("820000000001", True),
        ("100000012345", False),
        ("202400012345", False),
        ("14112410420x", False),
        ("", False),
    ],
)
def test_a_number_names_a_village_only_where_it_begins_like_a_code_of_a_division(number: str, may: bool):
    assert register_words().may_name_a_village(number) is may


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("长子王某", ("长子", "王某")),
        ("妻李乙", ("妻", "李乙")),
        ("妻子", ("", "妻子")),
        ("女儿庞小妮", ("女儿", "庞小妮")),
        ("女孩子们", ("", "女孩子们")),
        ("男王某", ("", "男王某")),
        ("健康王某", ("", "健康王某")),
    ],
)
def test_a_relation_before_a_name_is_cut_off(text: str, before: tuple[str, str]):
    assert register_words().relation_before(text) == before


@pytest.mark.parametrize(
    ("header", "risk"),
    [
        ("因病", "因病"),
        ("缺劳动力", "缺劳动力"),
        ("残疾", None),
        ("因其他", None),
        ("因病、因残", None),
        ("因爱好", None),
    ],
)
def test_a_column_of_ticks_is_headed_with_one_risk(header: str, risk: str | None):
    assert register_words().risk_of(header) == risk


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.因病", [("因病", "01")]),
        ("01因病(慢性病)", [("因病(慢性病)", "01")]),
        ("因自然灾害(旱灾)", [("因自然灾害(旱灾)", "0203")]),
        ("7.不知道", [("7.不知道", None)]),
    ],
)
def test_a_code_before_a_risk_is_left_out_where_the_risk_is_known(text: str, found: list[tuple[str, str | None]]):
    assert register_words().risks_in(text) == found


@pytest.mark.parametrize("relation", ["长媳", "大媳", "二媳", "次媳", "三媳"])
def test_a_sons_wife_by_the_order_of_the_sons(relation: str):
    assert register_words().relation(relation) is Relation.CHILD_IN_LAW


def test_a_monitored_household_that_was_poor_is_one_that_is_not_stable():
    assert register_words().category("脱贫监测户") is MonitoringCategory.UNSTABLE
