"""Percentiles that a lead really took, and weeks and months without gap."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.counting.board import Duration, Stage, months, nearest_rank, pace, weeks


def test_the_nearest_rank_is_one_of_the_values():
    assert [nearest_rank(list(range(1, 11)), percent) for percent in (50, 90, 100)] == [5, 9, 10]
    assert nearest_rank([7], 90) == 7


def test_a_step_that_nobody_took_has_no_pace():
    took = [Duration(stage=Stage.VISIT, days=days, in_time=days < 4) for days in (1, 2, 9)]

    found = pace(Stage.VISIT, took)

    assert pace(Stage.CLOSE, took) is None
    assert found is not None
    assert (found.median, found.p90, found.late, found.owed) == (2, 9, 1, True)


@given(st.dates(date(2001, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_spans_follow_each_other_and_end_with_the_day(today: date, count: int):
    for spans in (weeks(today, count), months(today, count)):
        assert len(spans) == count
        assert spans[-1].first <= today <= spans[-1].last
        assert all(one.last + timedelta(days=1) == after.first for one, after in pairwise(spans))
