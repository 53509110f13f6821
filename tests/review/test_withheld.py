"""A village page tells what is wrong, never by whom or by which door it became known."""

import pytest

from review.highlight import Segment
from review.withheld import evidence_only, without_door


@pytest.mark.parametrize(
    ("clause", "shown"),
    [
        ("庞**来访反映：家中老人得了重病", "家中老人得了重病"),
        ("庞**来电催问慢性病卡的事", ""),
        ("的看病借钱一事至今没有回音", ""),
        ("记者在村里看到", ""),
        ("五毛钱都没人要", "五毛钱都没人要"),
        ("多次上访无人解决", ""),
    ],
)
def test_the_door_is_cut_away_and_a_clause_about_nothing_else_is_dropped(clause: str, shown: str):
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
