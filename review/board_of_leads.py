"""看板: the leads of a place in numbers; each number leads to the feed that shows exactly these leads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from domain.account import Account
from domain.board import Span, Stage, Standing, months, pace, weeks
from domain.lead import LeadStatus
from domain.region import Level, RegionCode
from domain.risk import Risk
from domain.workflow import READS_DISCIPLINE, awaiting, shown_status
from review import access
from review.charts import BarChart, Value, bar_chart, line_chart
from review.feed_facets import feed_address, holder_field, holder_label, opened_field
from review.requests import desk_of, page, signed_in
from storage.unit_of_work import UnitOfWork

router = APIRouter()
_WEEKS, _MONTHS = 12, 12
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


@router.get("/board")
def show(request: Request) -> HTMLResponse:
    """The board of the account's region; a village gets three numbers of its own."""
    account = signed_in(request)
    access.require(access.may_see_lead_board(account))
    with desk_of(request).store.reading() as work:
        if not access.may_know_sources(account):
            return _small(request, account, work)
        return _whole(request, account, work)


def _small(request: Request, account: Account, work: UnitOfWork) -> HTMLResponse:
    """No time, no trend, no repeats: a small number of those would tell when somebody came to the petition office."""
    standings = _standings(request, account, work)
    total = _row("本村", standings, account, {})
    statuses = _by_status(standings, account)
    return page(request, "board_village.html", account, row=total, statuses=statuses)


def _whole(request: Request, account: Account, work: UnitOfWork) -> HTMLResponse:
    today, board, scope = desk_of(request).today, work.lead_board, account.scope
    standings = _standings(request, account, work)
    by_risk = board.by_risk(scope, today, sees_above=account.role in READS_DISCIPLINE)
    durations = list(board.durations(scope, today - _PACE_DAYS))
    places = _by_place(standings, account, work)
    risks = _by_risk(by_risk, account)
    unfinished = awaiting(account.role)
    week, month = weeks(today, _WEEKS), months(today, _MONTHS)
    return page(
        request,
        "board_leads.html",
        account,
        place=work.places.name_of(account.region),
        total=_row("合计", standings, account, {}),
        place_rows=places,
        place_chart=_chart("各地未办结的线索", places),
        risks=risks,
        risk_chart=_chart("各类未办结的线索", risks),
        statuses=_by_status(standings, account),
        paces=[found for stage in Stage if (found := pace(stage, durations)) is not None],
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
        points=[(one, work.places.name_of(one.region)) for one in work.risk_points.latest(scope)],
    )


def _standings(request: Request, account: Account, work: UnitOfWork) -> list[Standing]:
    sees_above = account.role in READS_DISCIPLINE
    return work.lead_board.by_village(account.scope, desk_of(request).today, sees_above=sees_above)


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
    names = {place.code: place.name for place in work.places.all()}
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
