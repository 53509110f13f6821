"""A village page tells what is wrong, never by whom or by which door it became known."""

import pytest

from domain.texts.document import Petitioner
from review.shown.highlight import Segment
from review.shown.withheld import NOTHING_TO_SHOW, evidence_only, hide_petitioner, without_door
from tests.factories import document


@pytest.mark.parametrize(
    ("clause", "shown"),
    [
        ("庞**来访反映：家中老人得了重病", "家中老人得了重病"),
        ("庞**来电催问慢性病卡的事", ""),
        ("的看病借钱一事至今没有回音", ""),
        ("记者在村里看到", ""),
        ("五毛钱都没人要", "五毛钱都没人要"),
        ("多次上访无人解决", ""),
        ("我家老人瘫痪在床，打了12345没人管", "该户老人瘫痪在床"),
        ("我叫庞**今年六十九岁，老伴每周透析", "老伴每周透析"),
        ("给县长信箱写信，房子漏雨", "房子漏雨"),
        ("村支书说名额满了不给报低保", ""),
        ("请求领导给我家办低保，我们村三十户吃水靠拉", "本村三十户吃水靠拉"),
        ("父亲多年患病，向村 支 书 举 报过", "父亲多年患病"),
        ("父亲反映迟钝多年患病", "父亲反映迟钝多年患病"),
    ],
)
def test_the_door_and_the_one_in_office_are_cut_away_and_the_rest_is_in_the_third_person(clause: str, shown: str):
    assert without_door(clause) == shown


def test_marked_neighbours_are_joined_and_clauses_about_reporting_are_left_out():
    cut = [
        Segment("来信说", ()),
        Segment("枣卖不出去", ("农产品滞销跌价",)),
        Segment("，树也淹了", ("因灾",)),
        Segment("。", ()),
        Segment("已向热线催问两次", ("因灾",)),
    ]
    assert evidence_only(cut) == [Segment("枣卖不出去，树也淹了", ("农产品滞销跌价", "因灾"))]


def test_where_every_clause_tells_of_the_door_the_page_says_so():
    assert evidence_only([Segment("已向热线催问两次", ("因灾",))]) == [Segment(NOTHING_TO_SHOW, ())]


@pytest.mark.parametrize("form", ["庞四孩", "庞 四孩", "龐四孩", "庞四孩、薛老三", "庞四孩等5人", "庞四孩（女）"])
def test_a_petitioner_is_masked_however_the_register_writes_the_name(form: str):
    text = document("A", "庞四孩来访", petitioner=Petitioner(name=form))

    assert hide_petitioner("庞四孩家5人，庞四孩说", text) == "庞**家5人，庞**说"
