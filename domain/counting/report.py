"""What a weekly or monthly report counts: numbers by village, category and status, never a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.labelled import Labelled
from domain.leads.lead import LeadStatus
from domain.places.region import RegionCode
from domain.risk import Risk


class ReportKind(Labelled):
    """How long a report reaches back."""

    WEEKLY = "weekly", "周报"
    MONTHLY = "monthly", "月报"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days of a report, both included."""

    kind: ReportKind
    first: date
    last: date

    @property
    def name(self) -> str:
        """How the file and the title call it: 2026年11月, or the week's last day."""
        return f"{self.last:%Y年%m月}" if self.kind is ReportKind.MONTHLY else f"截至{self.last:%Y年%m月%d日}一周"

    def contains(self, day: date) -> bool:
        """True for the days of the report."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageFigures:
    """One village's leads."""

    region: RegionCode
    name: str
    opened: int
    verified: int
    true: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigures:
    """Everything that a report says."""

    period: Period
    region: RegionCode
    region_name: str
    opened: int
    """Leads that were opened in the period."""
    opened_before: int
    """Leads that were opened in the period of the same length before."""
    urgent: int
    by_status: Mapping[LeadStatus, int]
    """Where the period's leads stand now."""
    by_risk: Mapping[Risk, int]
    """A lead counts for each of its categories."""
    by_day: Mapping[date, int]
    villages: tuple[VillageFigures, ...]
    """Those with leads of the period or overdue ones, most leads first."""
    open_now: int
    """Leads of any time that nobody has verified yet."""
    overdue: int
    in_vain: int
    """Open leads at whose door somebody was for nothing."""
    days_to_visit: tuple[int, ...]
    """Of every lead verified in the period: days from opening to the verdict, ascending."""
    taken_in: int
    """Leads verified in the period whose household was taken into monitoring, here or as a receiver reported."""


def last_week(today: date) -> Period:
    """The last whole week, Monday to Sunday."""
    last = today - timedelta(days=today.isoweekday())
    return Period(kind=ReportKind.WEEKLY, first=last - timedelta(days=6), last=last)


def last_month(today: date, ends_on: int) -> Period:
    """The last whole month of reports: it ends on this day of the calendar month (at most 28)."""
    last = today.replace(day=ends_on)
    if last >= today:
        last = (today.replace(day=1) - timedelta(days=1)).replace(day=ends_on)
    before = (last.replace(day=1) - timedelta(days=1)).replace(day=ends_on)
    return Period(kind=ReportKind.MONTHLY, first=before + timedelta(days=1), last=last)
