"""By when each step is owed, over weekends and the week of the National Day."""

from datetime import UTC, date, datetime

import pytest

from domain.leads.lead import DueDates
from pipeline.leads.due_dates import due_dates, sooner
from pipeline.policy.tables import load_policy
from tests.factories import VILLAGE

POLICY = load_policy()


def due(opened: date, *, urgent: bool = False) -> DueDates:
    noon = datetime(opened.year, opened.month, opened.day, 4, tzinfo=UTC)
    return due_dates(POLICY, VILLAGE, noon, urgent=urgent)


@pytest.mark.parametrize(
    ("opened", "pass_on", "visit"),
    [
        pytest.param(date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 26), id="a Monday"),
        pytest.param(date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 1), id="over a weekend"),
        pytest.param(date(2026, 9, 30), date(2026, 10, 9), date(2026, 10, 10), id="before the National Day"),
        pytest.param(date(2026, 10, 3), date(2026, 10, 9), date(2026, 10, 10), id="in the National Day's week"),
        pytest.param(date(2026, 9, 18), date(2026, 9, 21), date(2026, 9, 22), id="a Sunday on which people work"),
        pytest.param(
            date(2026, 2, 13), date(2026, 2, 24), date(2026, 2, 25), id="the Spring Festival, Saturday at work"
        ),
    ],
)
def test_passing_on_and_visits_are_counted_in_working_days(opened: date, pass_on: date, visit: date):
    found = due(opened)

    assert (found.pass_on, found.visit) == (pass_on, visit)


def test_the_other_steps_count_every_day_and_end_on_a_working_day():
    found = due(date(2026, 9, 18))

    assert found.decide == date(2026, 10, 8)  # the fifteenth day is 3 October, a holiday until the 7th
    assert found.measure == date(2026, 10, 19)  # the thirtieth is Sunday the 18th
    assert found.report_back == date(2026, 11, 2)


def test_an_urgent_lead_waits_for_no_holiday():
    found = due(date(2026, 9, 30), urgent=True)

    assert (found.pass_on, found.visit) == (date(2026, 10, 1), date(2026, 10, 1))
    assert found.decide == due(date(2026, 9, 30)).decide


def test_a_year_without_a_calendar_has_its_weekends():
    assert due(date(2031, 9, 30)).pass_on == date(2031, 10, 2)
    assert due(date(2031, 10, 3)).pass_on == date(2031, 10, 7)


def test_the_sooner_of_two_is_taken_day_by_day():
    plain, urgent = due(date(2026, 9, 30)), due(date(2026, 10, 8), urgent=True)

    assert sooner(plain, urgent).visit == date(2026, 10, 9)
    assert sooner(plain, urgent).decide == plain.decide
