"""Time as an argument: whoever needs to know what time it is gets a clock handed in."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_FIRST_YEAR, _LAST_YEAR = 1949, 2999


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC)


def china_date(instant: datetime) -> date:
    """The calendar day in China on which the instant falls."""
    return instant.astimezone(CHINA).date()


def written_day(text: str) -> date:
    """The day that somebody wrote; ValueError for what is none, or so far away that no instant of it can be stored."""
    day = date.fromisoformat(text)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"no day of our times: {day}")
    return day
