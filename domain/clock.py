"""Time as an argument: whoever needs to know what time it is gets a clock handed in."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


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
