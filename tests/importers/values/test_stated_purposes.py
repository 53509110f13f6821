"""Purposes below labels that may as well say what kind the content is."""

import pytest

from importers.values.stated_purposes import may_state_purpose, stated_by_tick, stated_in, with_purposes


@pytest.mark.parametrize("label", ["来访目的", "信访类别", "反映类型（单选）", "诉求 类型：", "问题性质", "类别"])
def test_labels_below_which_a_purpose_may_stand(label: str) -> None:
    assert may_state_purpose(label)


@pytest.mark.parametrize("label", ["信访形式", "办理类型", "户类型", "反映内容", "处理意见", "监测对象类别"])
def test_other_labels_state_no_purpose(label: str) -> None:
    assert not may_state_purpose(label)


@pytest.mark.parametrize(
    ("said", "purposes", "others"),
    [
        ("□申诉 □求决 ☑揭发控告 □意见建议", ("揭发控告",), ()),
        ("检举控告类", ("检举控告类",), ()),
        ("3.举报村干部", ("3.举报村干部",), ()),
        ("求决/揭发控告", ("求决/揭发控告",), ()),
        ("求决、民政", ("求决",), ("民政",)),
        ("民政", (), ("民政",)),
        ("市场监管/举报", (), ("市场监管/举报",)),
        ("被举报", (), ("被举报",)),
        ("☑咨询 □求助", (), ("咨询",)),
        ("□咨询 □求助", (), ()),
    ],
)
def test_purposes_count_and_kinds_of_content_do_not(
    said: str, purposes: tuple[str, ...], others: tuple[str, ...]
) -> None:
    told = stated_in(said)

    assert (told.purposes, told.others) == (purposes, others)


def test_where_nobody_knows_which_option_is_ticked_an_accusation_among_them_counts() -> None:
    told = stated_in("□求助 ☑ □举报 投诉 ○")

    assert "举报" in "".join(told.purposes)
    assert told.remark


def test_options_of_which_none_is_ticked_are_said_only_where_they_are_purposes() -> None:
    assert stated_in("□求决 □揭发控告").remark
    assert not stated_in("□民政 □教育文体").remark


def test_on_tickets_only_what_is_plainly_an_accusation_counts() -> None:
    assert stated_in("揭发控告", on_ticket=True).purposes
    assert not stated_in("举报", on_ticket=True).purposes
    assert not stated_in("投诉举报", on_ticket=True).purposes


def test_a_tick_below_a_purpose_states_it_and_a_word_does_not() -> None:
    assert stated_by_tick("揭发控告", "√").purposes == ("揭发控告",)
    assert not stated_by_tick("意见", "同意").purposes


def test_beside_a_purpose_only_an_accusation_is_added() -> None:
    assert with_purposes("求决", ["意见建议", "举报"]) == "求决、举报"
    assert with_purposes("", ["意见建议"]) == "意见建议"
