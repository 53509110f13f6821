"""Which days people work: the week, the public holidays and the working days exchanged for them."""

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class DayKind(StrEnum):
    """What kind of day it is."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class HolidayYear(BaseModel):
    """One year's arrangement as the State Council publishes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    year: int
    source: str = Field(min_length=1)
    off: tuple[tuple[date, date], ...]
    """First and last day of each holiday."""
    at_work: tuple[date, ...]
    """Weekend days on which people work instead."""


class Calendar(BaseModel):
    """All years known; a year that is not known has weeks and no holidays."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    checked_on: date
    year: tuple[HolidayYear, ...]

    def kind(self, day: date) -> DayKind:
        """The kind of the day."""
        # The New Year's holiday may begin in the year before.
        near = [one for one in self.year if abs(one.year - day.year) <= 1]
        if any(first <= day <= last for one in near for first, last in one.off):
            return DayKind.HOLIDAY
        if any(day in one.at_work for one in near):
            return DayKind.WORKING
        return DayKind.WEEKEND if day.isoweekday() > 5 else DayKind.WORKING

    def works(self, day: date) -> bool:
        """True for a day on which offices work."""
        return self.kind(day) is DayKind.WORKING

    def first_working(self, day: date) -> date:
        """The day itself, or the next one on which offices work."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def working_days_after(self, day: date, count: int) -> date:
        """The `count`-th working day after the day, which does not count itself."""
        for _ in range(count):
            day = self.first_working(day + timedelta(days=1))
        return day

    def knows(self, year: int) -> bool:
        """True when the year's holidays are entered."""
        return any(one.year == year for one in self.year)


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]
