"""Counts what a report says."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from domain.accounts.access_scope import AccessScope
from domain.clock import china_date
from domain.counting.report import Period, ReportFigures, VillageFigures
from domain.leads.lead import OPEN_STATUSES, Decision, LeadStatus, LeadView, Phase
from domain.leads.workflow import shown_status
from domain.places.region import RegionCode
from domain.sending.outgoing import OutcomeKind
from domain.words.vocabulary import Role
from storage.leads.facets import LeadFacets
from storage.leads.filter import LeadFilter
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_ALL = 1_000_000
_AT_ONCE = 400
_TRUE = (LeadStatus.CONFIRMED, LeadStatus.PARTLY_CONFIRMED)


def report_figures(store: Store, region: RegionCode, period: Period, now: datetime) -> ReportFigures:
    """The figures of a division for a period, as things stand now."""
    today = china_date(now)
    everything = AccessScope.everything_in(region)
    length = period.last - period.first + timedelta(days=1)
    with store.reading() as work:
        opened = _views(work, region, period.first, period.last)
        before = work.leads.opened(region, period.first - length, period.first - timedelta(days=1))
        verified = _verified_in(work, region, period)
        overdue = work.leads.feed(LeadFilter(scope=everything, due_before=today, limit=_ALL))
        open_now = work.leads.count(LeadFilter(scope=everything, status=OPEN_STATUSES))
        in_vain = work.leads.count(
            LeadFilter(scope=everything, status=OPEN_STATUSES, facets=LeadFacets(days_in_vain=1))
        )
        return ReportFigures(
            period=period,
            region=region,
            region_name=work.places.name_of(region),
            opened=len(opened),
            opened_before=len(before),
            urgent=sum(any(one.urgent for one in view.evidence) for view in opened),
            by_status=Counter(shown_status(view.status, Role.TOWN) for view in opened),
            by_risk=Counter(risk for view in opened for risk in view.risks),
            by_day=Counter(china_date(view.lead.opened_at) for view in opened),
            villages=_villages(work, opened, verified, overdue),
            open_now=open_now,
            overdue=len(overdue),
            in_vain=in_vain,
            days_to_visit=tuple(sorted(_days(view, period) for view in verified)),
            taken_in=sum(_is_taken_in(work, view) for view in verified),
        )


def verdict_of(view: LeadView) -> Decision | None:
    """The latest decision that says what was found at the door."""
    return next((one for one in reversed(view.decisions) if one.status.phase is Phase.VERIFIED), None)


def _views(work: UnitOfWork, region: RegionCode, first: date, last: date) -> list[LeadView]:
    ids = work.leads.opened(region, first, last)
    found = [work.leads.many(ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE)]
    return [view for part in found for view in part.values()]


def _verified_in(work: UnitOfWork, region: RegionCode, period: Period) -> list[LeadView]:
    ids = work.decisions.leads_decided(region, period.first, period.last)
    views = [
        view
        for start in range(0, len(ids), _AT_ONCE)
        for view in work.leads.many(ids[start : start + _AT_ONCE]).values()
    ]
    return [view for view in views if _verdict_in(view, period) is not None]


def _verdict_in(view: LeadView, period: Period) -> Decision | None:
    """The first verdict, when it was given in the period: a lead that was looked at twice counts once."""
    first = next((one for one in view.decisions if one.status.phase is Phase.VERIFIED), None)
    return first if first is not None and period.contains(china_date(first.decided_at)) else None


def _days(view: LeadView, period: Period) -> int:
    verdict = _verdict_in(view, period)
    if verdict is None:
        raise LookupError("only leads verified in the period are counted")
    visited = verdict.visited_on or china_date(verdict.decided_at)
    return max(0, (visited - china_date(view.lead.opened_at)).days)


def _is_taken_in(work: UnitOfWork, view: LeadView) -> bool:
    here = any(one.status is LeadStatus.TAKEN_INTO_MONITORING for one in view.decisions)
    return here or any(one.outcome is OutcomeKind.TAKEN_IN for one in work.lead_outcomes.of(view.lead.id))


def _villages(
    work: UnitOfWork, opened: Iterable[LeadView], verified: Iterable[LeadView], overdue: Iterable[LeadView]
) -> tuple[VillageFigures, ...]:
    counts: dict[RegionCode, Counter[str]] = defaultdict(Counter)
    for name, views in (("opened", opened), ("verified", verified), ("overdue", overdue)):
        for view in views:
            counts[view.lead.region][name] += 1
            verdict = verdict_of(view) if name == "verified" else None
            counts[view.lead.region]["true"] += verdict is not None and verdict.status in _TRUE
    rows = [
        VillageFigures(
            region=region,
            name=work.places.name_of(region),
            opened=found["opened"],
            verified=found["verified"],
            true=found["true"],
            overdue=found["overdue"],
        )
        for region, found in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.opened, -row.overdue, row.region)))


def middle(days: Sequence[int]) -> float:
    """The median of ascending values; 0 without any."""
    if not days:
        return 0.0
    half = len(days) // 2
    return float(days[half]) if len(days) % 2 else (days[half - 1] + days[half]) / 2
