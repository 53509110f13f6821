"""Counts a board of leads: rows, charts and durations of a region, as a role may know them, with the feeds behind."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.accounts.account import Account
from domain.counting.board import Pace, Span, Stage, Standing, months, pace, weeks
from domain.counting.risk_point import RiskPoint
from domain.leads.lead import LeadStatus
from domain.leads.workflow import READS_DISCIPLINE, awaiting, shown_status
from domain.places.region import Level, RegionCode
from domain.risk import Risk
from domain.words.vocabulary import Role
from review.boards.charts import BarChart, LineChart, Value, bar_chart, line_chart
from review.boards.feed_facets import (
    feed_address,
    holder_field,
    holder_label,
    opened_field,
    opened_since_field,
    point_address,
    taken_field,
)
from storage.leads.facets import LeadFacets
from storage.leads.filter import LeadFilter
from storage.unit_of_work import UnitOfWork

_WEEKS, _MONTHS = 12, 12
_DAYS_IN_VAIN = (1, 3)
_PACE_DAYS = timedelta(days=90)
_BARS = 12
"""Bars of one chart; the table below it has every row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place, category or status with its numbers and where they lead."""

    label: str
    total: int
    open: int
    overdue: int
    open_overdue: int
    total_href: str
    open_href: str
    overdue_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceRow:
    """How long a step took, and the leads that it was counted over."""

    pace: Pace
    href: str
    late_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """A risk point with the leads of its place, category and days as they are now."""

    point: RiskPoint
    place: str
    leads: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedBoard:
    """Everything that the board of a region shows."""

    total: Row
    place_rows: Sequence[Row]
    place_chart: BarChart
    risks: Sequence[Row]
    risk_chart: BarChart
    statuses: Sequence[Value]
    paces: Sequence[PaceRow]
    pace_since: date
    weeks: LineChart
    months: LineChart
    loads: Sequence[Value]
    repeated: int
    repeated_href: str
    in_vain: Sequence[Value]
    """Unfinished leads by the least number of days on which nobody was met."""
    points: Sequence[PointRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallBoard:
    """What a village sees: no time, no trend, no repeats.

    A small number of those would tell when somebody came to the petition office.
    """

    total: Row
    statuses: Sequence[Value]


def count_small_board(work: UnitOfWork, account: Account, today: date) -> SmallBoard:
    """The few numbers of a village."""
    standings = _standings(work, account, today)
    return SmallBoard(total=_row("本村", standings, account, {}), statuses=_by_status(standings, account))


def count_board(work: UnitOfWork, account: Account, today: date) -> CountedBoard:
    """The board of the account's region."""
    board, scope, unfinished = work.lead_board, account.scope, awaiting(account.role)
    standings = _standings(work, account, today)
    by_risk = board.by_risk(scope, today, sees_above=account.role in READS_DISCIPLINE)
    durations = list(board.durations(scope, today - _PACE_DAYS))
    places, risks = _by_place(standings, account, work), _by_risk(by_risk, account)
    week, month = weeks(today, _WEEKS), months(today, _MONTHS)
    return CountedBoard(
        total=_row("合计", standings, account, {}),
        place_rows=places,
        place_chart=_chart("各地未办结的线索", places),
        risks=risks,
        risk_chart=_chart("各类未办结的线索", risks),
        statuses=_by_status(standings, account),
        paces=[_pace_row(found, today) for stage in Stage if (found := pace(stage, durations)) is not None],
        pace_since=today - _PACE_DAYS,
        weeks=line_chart("每周收到的线索", _trend(board.opened(scope, week), week, "%m-%d"), label_every=3),
        months=line_chart("每月收到的线索", _trend(board.opened(scope, month), month, "%y-%m"), label_every=3),
        loads=[
            Value(
                label=holder_label(one.holder, one.assignee),
                count=one.count,
                href=feed_address(status="open", **{"with": holder_field(one)}),
            )
            for one in board.loads(scope, unfinished)
        ],
        repeated=board.repeated(scope, unfinished),
        repeated_href=feed_address(status="open", repeat="yes"),
        in_vain=[_in_vain(work, account, days) for days in _DAYS_IN_VAIN],
        points=[_point_row(one, work, account) for one in work.risk_points.latest(scope)],
    )


def _in_vain(work: UnitOfWork, account: Account, days: int) -> Value:
    statuses = awaiting(account.role)
    wanted = LeadFilter(scope=account.scope, status=statuses, facets=LeadFacets(days_in_vain=days))
    return Value(
        label=f"上门未果{days}次以上" if days > 1 else "上门未果",
        count=work.leads.count(wanted),
        href=feed_address(status="open", in_vain=str(days)),
    )


def _pace_row(found: Pace, today: date) -> PaceRow:
    opened = opened_since_field(today - _PACE_DAYS)
    return PaceRow(
        pace=found,
        href=feed_address(taken=taken_field(found.stage), opened=opened),
        late_href=feed_address(taken=taken_field(found.stage, late=True), opened=opened),
    )


def _point_row(point: RiskPoint, work: UnitOfWork, account: Account) -> PointRow:
    facets = LeadFacets(opened_from=point.window_start, opened_until=point.window_end)
    wanted = LeadFilter(scope=account.scope, village=point.region, risk=point.risk, facets=facets)
    return PointRow(
        point=point,
        place=work.places.name_of(point.region),
        leads=work.leads.count(wanted),
        href=point_address(point),
    )


def _standings(work: UnitOfWork, account: Account, today: date) -> list[Standing]:
    return work.lead_board.by_village(
        account.scope,
        today,
        sees_above=account.role in READS_DISCIPLINE,
        owes_visits=account.role is Role.VILLAGE,
    )


def _row(label: str, standings: Iterable[Standing], account: Account, fields: dict[str, str]) -> Row:
    found, unfinished = list(standings), awaiting(account.role)
    return Row(
        label=label,
        total=sum(one.count for one in found),
        open=sum(one.count for one in found if one.status in unfinished),
        overdue=sum(one.count for one in found if one.overdue),
        open_overdue=sum(one.count for one in found if one.overdue and one.status in unfinished),
        total_href=feed_address(**fields),
        open_href=feed_address(**{**fields, "status": "open"}),
        overdue_href=feed_address(**fields, due="overdue"),
    )


def _by_risk(standings: Iterable[Standing], account: Account) -> list[Row]:
    grouped: dict[Risk, list[Standing]] = defaultdict(list)
    for one in standings:
        if one.risk is not None:
            grouped[one.risk].append(one)
    return _sorted([_row(risk.label, found, account, {"risk": risk.value}) for risk, found in grouped.items()])


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.open, -row.total, row.label))


def _by_place(standings: Sequence[Standing], account: Account, work: UnitOfWork) -> list[Row]:
    """By town for a county, else by village; the names come from one reading of the places."""
    level = Level.TOWN if account.region.level is Level.COUNTY else Level.VILLAGE
    names = work.places.names_inside(account.region)
    grouped: dict[RegionCode, list[Standing]] = defaultdict(list)
    for one in standings:
        if one.region is not None:
            known = one.region.level in (level, Level.VILLAGE)
            grouped[one.region.ancestor(level) if known else one.region].append(one)
    rows = []
    for region, found in grouped.items():
        name = names.get(region, str(region))
        placed = region.level is level
        fields = {"village": str(region)} if placed else {"at": str(region)}
        rows.append(_row(name if placed else f"{name}(未定到{level.label})", found, account, fields))
    return _sorted(rows)


def _by_status(standings: Iterable[Standing], account: Account) -> list[Value]:
    counts: dict[LeadStatus, int] = defaultdict(int)
    for one in standings:
        counts[shown_status(one.status, account.role)] += one.count
    return [
        Value(label=status.label, count=counts[status], href=feed_address(status=status.value))
        for status in LeadStatus
        if counts.get(status)
    ]


def _chart(title: str, rows: Sequence[Row]) -> BarChart:
    shown = [row for row in rows if row.open][:_BARS]
    return bar_chart(title, [Value(label=row.label, count=row.open, part=row.open_overdue) for row in shown])


def _trend(counts: dict[Span, int], spans: Sequence[Span], form: str) -> list[Value]:
    return [
        Value(
            label=span.first.strftime(form),
            count=counts[span],
            href=feed_address(opened=opened_field(span)),
        )
        for span in spans
    ]
