"""Of printed options the ticked ones are what a cell says."""

import pytest

from importers.values.ticked_options import NONE_TICKED, TICK_LOST, UNCLEAR, Chosen, chosen_of


@pytest.mark.parametrize(
    ("written", "ticked"),
    [
        ("□申诉　☑求决　□意见建议　□检举控告", "求决"),
        ("□申诉□求决□意见建议☑检举控告", "检举控告"),
        ("☐申诉 ☒检举控告", "检举控告"),
        ("□申诉 ☑求决 ☑检举控告", "求决、检举控告"),
        ("■求决 □申诉", "求决"),
        ("√求决", "求决"),
        ("求决√", "求决"),
        ("□申诉 □√求决", "求决"),
        ("□申诉 □检举控告√ □意见建议", "检举控告"),
        ("□申诉 □求决 □检举控告 √", "检举控告"),
        ("√ □求决 □申诉", "求决"),
        ("求决√ □申诉 □意见建议", "求决"),
        ("申诉 求决√ 检举控告", "求决"),
        ("申诉□ 检举控告☑ 求决", "检举控告"),
        ("[√]求决 [ ]检举控告", "求决"),
        ("求决（√）申诉（ ）", "求决"),
        ("1、□申诉 2、☑求决 3、□检举控告", "求决"),
        ("①□申诉 ②☑求决", "求决"),
        ("□申诉 √求决 □检举控告（请在□内打√）", "求决"),
        ("□其他 ☑意见 建议", "意见 建议"),
        ("☑其他：反映低保", "其他：反映低保"),
        ("□1.求决 ☑2.纪检监察 □3.申诉", "纪检监察"),
        ("□求决 ☑（2）揭发控告", "揭发控告"),
        ("口求决 ☑揭发控告 口申诉", "揭发控告"),
        ("☑人口其他", "人口其他"),
        ("□申诉\uf0fe求决\uf0a8检举控告", "求决"),
    ],
)
def test_the_ticked_options_are_what_the_cell_says(written: str, ticked: str):
    assert chosen_of(written) == Chosen(ticked)


@pytest.mark.parametrize(
    "written", ["", "求决", "求决/申诉", "(一)求决", "其他（ ）", "求决（自述）", "口求决", "√", "□"]
)
def test_a_cell_without_options_to_tick_stays_as_it_is(written: str):
    assert chosen_of(written) == Chosen(written)


@pytest.mark.parametrize("written", ["□申诉 求决 □意见建议", "求决 □意见建议 □检举控告", "□申诉\n求决\n□意见建议"])
def test_the_one_known_option_without_a_box_is_the_ticked_one_and_that_is_said(written: str):
    assert chosen_of(written) == Chosen("求决", TICK_LOST)


@pytest.mark.parametrize(
    "written",
    [
        "□求决",
        "( )求决 ( )申诉",
        "申诉□ 求决□",
        "□申诉 □求决（请在□内打√）",
        "□ 检举 控告 □ 求决",
        "□求决 □其他 ____",
        "□检举控告类 □申诉求决类",
        "揭发控告 □",
    ],
)
def test_options_of_which_none_is_ticked_say_nothing_and_that_is_said(written: str):
    assert chosen_of(written) == Chosen("", NONE_TICKED)


@pytest.mark.parametrize(
    "written",
    [
        "□申诉 √ □检举控告",
        "□检举控告√□求决",
        "申诉□求决☑检举控告",
        "求决□√ 检举控告□",
        "求决 □ 意见 □ 检举控告",
        "□求决 说明 □申诉",
        "□求决 ×揭发控告 □申诉",
        "□求决 V揭发控告",
        "R揭发控告 □求决 □申诉",
        "□求决 □揭发控告V",
        "□×揭发控告 □求决",
        "□求决 □揭发控告●",
        "□申诉求决揭发控告",
    ],
)
def test_what_nobody_can_tell_stays_whole_as_it_may_be_an_accusation(written: str):
    assert chosen_of(written) == Chosen(written, UNCLEAR)
