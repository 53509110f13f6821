"""Days on which people work."""

from datetime import date

import pytest

from pipeline.policy.calendar import DayKind
from pipeline.policy.tables import load_policy

CALENDAR = load_policy().calendar


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        pytest.param(date(2026, 2, 17), DayKind.HOLIDAY, id="New Year's Day of the lunar calendar"),
        pytest.param(date(2026, 2, 14), DayKind.WORKING, id="a Saturday at work"),
        pytest.param(date(2026, 10, 7), DayKind.HOLIDAY, id="the last day of the National Day's week"),
        pytest.param(date(2026, 10, 8), DayKind.WORKING, id="the Thursday after it"),
        pytest.param(date(2026, 11, 22), DayKind.WEEKEND, id="a Sunday"),
        pytest.param(date(2031, 10, 1), DayKind.WORKING, id="a holiday of a year that nobody has entered"),
    ],
)
def test_the_kind_of_a_day(day: date, kind: DayKind):
    assert CALENDAR.kind(day) is kind


def test_every_year_has_the_seven_holidays_and_its_exchanged_days_are_weekends():
    for year in CALENDAR.year:
        assert len(year.off) in {6, 7}
        assert all(first <= last and first.year == year.year for first, last in year.off)
        assert all(day.isoweekday() > 5 for day in year.at_work)


def test_a_year_that_is_not_entered_is_known_to_be_missing():
    assert (CALENDAR.knows(2026), CALENDAR.knows(2031)) == (True, False)
