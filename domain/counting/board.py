"""What the boards count: how leads stand, and how long their steps took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.labelled import Labelled
from domain.leads.lead import LeadStatus
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.words.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many leads of a division, or of a category, stand alike."""

    count: int
    status: LeadStatus
    overdue: bool
    region: RegionCode | None = None
    risk: Risk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many unfinished leads somebody has."""

    holder: Role | None
    """None: nobody was given them."""
    assignee: str
    count: int


class Stage(Labelled):
    """A step whose time is measured from the day on which a lead was opened."""

    PASS_ON = "pass_on", "派办"
    VISIT = "visit", "入户"
    DECIDE = "decide", "认定"
    REPORT_BACK = "report_back", "反馈"
    CLOSE = "close", "销号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """How long one step of one lead took."""

    stage: Stage
    days: int
    in_time: bool | None
    """None where no day is owed, as for closing."""
    count: int = 1
    """How many leads took so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long a step took over many leads."""

    stage: Stage
    count: int
    median: int
    p90: int
    """Days; nearest rank, so that each is a time that a lead really took."""
    late: int
    owed: bool
    """False where no day is owed: then `late` says nothing."""


@dataclass(frozen=True, slots=True)
class Span:
    """A week or a month of the trend; both days included."""

    first: date
    last: date


def pace(stage: Stage, durations: Sequence[Duration]) -> Pace | None:
    """The pace of a step; None where no lead took it yet."""
    own = [one for one in durations if one.stage is stage]
    if not own:
        return None
    days = sorted(one.days for one in own for _ in range(one.count))
    return Pace(
        stage=stage,
        count=len(days),
        median=nearest_rank(days, 50),
        p90=nearest_rank(days, 90),
        late=sum(one.count for one in own if one.in_time is False),
        owed=any(one.in_time is not None for one in own),
    )


def nearest_rank(ascending: Sequence[int], percent: int) -> int:
    """The percentile by nearest rank; IndexError without any value."""
    return ascending[max(0, -(-len(ascending) * percent // 100) - 1)]


def weeks(today: date, count: int) -> list[Span]:
    """So many weeks from Monday to Sunday, the one of `today` last."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    return [Span(start, start + timedelta(days=6)) for start in starts]


def months(today: date, count: int) -> list[Span]:
    """So many calendar months, the one of `today` last."""
    starts = [today.replace(day=1)]
    while len(starts) <= count:
        starts.append((starts[-1] - timedelta(days=1)).replace(day=1))
    following = [(today.replace(day=1) + timedelta(days=32)).replace(day=1), *starts]
    spans = [Span(start, after - timedelta(days=1)) for start, after in zip(starts, following, strict=False)]
    return spans[:count][::-1]
