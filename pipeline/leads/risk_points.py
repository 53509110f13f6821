"""Risk points: where several matters of one village and one cause gather within a window of days."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.accounts.access_scope import AccessScope
from domain.clock import Clock, china_date
from domain.counting.risk_point import AlertLevel, RiskPoint
from domain.counting.stage_report import StageName, StageReport
from domain.leads.lead import LeadStatus, LeadView, Phase
from domain.places.region import Level, RegionCode
from domain.risk import TAXONOMY, Risk
from domain.texts.document import DocumentId
from domain.words.vocabulary import Scope
from pipeline.policy.tables import AlertThreshold, RiskPointPolicy
from storage.leads.filter import LeadFilter
from storage.store import Store
from storage.unit_of_work import UnitOfWork

VERSION = "risk-points-1"
_PAGE = 500
_DISMISSED = frozenset({LeadStatus.NOT_CONFIRMED, LeadStatus.NOT_HERE, LeadStatus.DUPLICATE, LeadStatus.MERGED})
_AFTERWARDS = frozenset({Phase.REPORTED, Phase.CLOSED})


@dataclass(slots=True)
class _Cell:
    matters: set[str] = field(default_factory=set)
    households: set[str] = field(default_factory=set)
    area_matters: set[str] = field(default_factory=set)
    documents: set[DocumentId] = field(default_factory=set)


def find_risk_points(store: Store, policy: RiskPointPolicy, county: RegionCode, clock: Clock) -> StageReport:
    """Append the risk points of the window that ends now, and that they were looked for: there may be none any more.

    A cell of the report is one village and one cause.
    """
    started, at = time.perf_counter(), clock.now()
    with store.unit_of_work() as work:
        views = list(_all_leads(work, county))
        points, cells = cluster(views, policy, at)
        for point in points:
            work.risk_points.add(point)
        report = StageReport(
            stage=StageName.RISK_POINTS.value,
            version=VERSION,
            seen=cells,
            done=len(points),
            skipped=cells - len(points),
            quarantined=0,
            seconds=time.perf_counter() - started,
            details={level.value: sum(point.level is level for point in points) for level in AlertLevel},
        )
        work.stage_runs.add(report, at)
        work.commit()
    return report


def cluster(views: Sequence[LeadView], policy: RiskPointPolicy, at: datetime) -> tuple[list[RiskPoint], int]:
    """The risk points among the leads, loudest first, and how many cells of village and cause there were."""
    end = china_date(at)
    start = end - timedelta(days=policy.window_days)
    cells = _cells(views, start)
    points = [
        point
        for (region, risk), cell in sorted(cells.items(), key=lambda entry: (entry[0][0].digits, entry[0][1]))
        if (point := _point(region, risk, cell, policy, start, end, at))
    ]
    loudness = list(AlertLevel)
    points.sort(key=lambda point: (-loudness.index(point.level), -point.matter_count, point.region.digits))
    return points, len(cells)


def _all_leads(work: UnitOfWork, county: RegionCode) -> Iterator[LeadView]:
    offset = 0
    while page := work.leads.feed(LeadFilter(scope=AccessScope.everything_in(county), limit=_PAGE, offset=offset)):
        yield from page
        offset += len(page)


def _cells(views: Sequence[LeadView], start: date) -> dict[tuple[RegionCode, Risk], _Cell]:
    cells: dict[tuple[RegionCode, Risk], _Cell] = defaultdict(_Cell)
    for view in views:
        lead = view.lead
        if _dismissed(view) or lead.region.level is not Level.VILLAGE or china_date(lead.opened_at) < start:
            continue
        for risk in view.risks:
            if TAXONOMY[risk].parent is not None and TAXONOMY[risk].parent not in view.risks:
                continue
            cell = cells[lead.region, risk]
            cell.matters.add(lead.matter)
            cell.documents.update(one.document_id for one in view.evidence if risk in one.risks)
            if lead.household_id is not None:
                cell.households.add(lead.household_id)
            if lead.scope is Scope.AREA:
                cell.area_matters.add(lead.matter)
    return cells


def _dismissed(view: LeadView) -> bool:
    """True when it was found untrue, elsewhere or another lead's; answers to the source and closing find nothing."""
    found = [one.status for one in view.decisions if one.status in _DISMISSED or one.status.phase not in _AFTERWARDS]
    return bool(found) and found[-1] in _DISMISSED


def _point(
    region: RegionCode, risk: Risk, cell: _Cell, policy: RiskPointPolicy, start: date, end: date, at: datetime
) -> RiskPoint | None:
    level = _level(cell, policy)
    if level is None:
        return None
    return RiskPoint(
        region=region,
        risk=risk,
        level=level,
        window_start=start,
        window_end=end,
        household_count=len(cell.households),
        matter_count=len(cell.matters),
        document_ids=tuple(sorted(cell.documents)),
        reason=_reason(cell, policy),
        computed_at=at,
    )


def _level(cell: _Cell, policy: RiskPointPolicy) -> AlertLevel | None:
    reached: Sequence[tuple[AlertLevel, AlertThreshold]] = (
        (AlertLevel.RED, policy.red),
        (AlertLevel.ORANGE, policy.orange),
        (AlertLevel.YELLOW, policy.yellow),
    )
    return next(
        (
            level
            for level, threshold in reached
            if len(cell.matters) >= threshold.matters or len(cell.area_matters) >= threshold.area_texts
        ),
        None,
    )


def _reason(cell: _Cell, policy: RiskPointPolicy) -> str:
    area = f", 其中涉及整村整组的{len(cell.area_matters)}件" if cell.area_matters else ""
    return f"近{policy.window_days}天同村同因{len(cell.matters)}件{area}, 已关联{len(cell.households)}户"
