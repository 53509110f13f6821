"""The counts of the boards; every query carries its scope, and the feed with the same filter shows the same leads."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from domain.access_scope import AccessScope
from domain.board import Duration, Load, Span, Stage, Standing
from domain.clock import china_date
from domain.lead import LeadStatus, Phase
from domain.region import RegionCode
from domain.risk import Risk
from domain.step import Step
from domain.vocabulary import Role
from domain.workflow import ABOVE, Deadline, owed
from storage.lead_facets import latest_assignment, midnight, text_count
from storage.session import Session
from storage.tables.documents import RouteRow
from storage.tables.leads import (
    AssessmentRow,
    DecisionRow,
    EvidenceMoveRow,
    LeadEvidenceRow,
    LeadMoveRow,
    LeadRiskRow,
    LeadRow,
    RiskPointRow,
)
from storage.tables.workflow import AssignmentRow, DeadlinesRow
from storage.visibility import lead_visible

_PASSED_ON = [one for one in LeadStatus if one in (LeadStatus.ASSIGNED, LeadStatus.VISITING)]
_VERIFIED = [one for one in LeadStatus if one.phase is Phase.VERIFIED]
_DECIDED = [one for one in LeadStatus if one.phase is Phase.MEASURED and one not in ABOVE]
"""What the county and discipline inspection have is left out: for those below both have to count alike."""
_STATUS = func.coalesce(DecisionRow.status, LeadStatus.NEW.value)


class LeadBoard:
    """Leads by village, category, status, time and person."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def mark(self) -> tuple[int, ...]:
        """Changes whenever something was appended that a board counts; cheap, for each is read from an index."""
        counted = (
            AssessmentRow,
            DecisionRow,
            LeadEvidenceRow,
            EvidenceMoveRow,
            LeadMoveRow,
            DeadlinesRow,
            AssignmentRow,
            RouteRow,
            RiskPointRow,
        )
        highest = (select(func.max(table.sequence)).scalar_subquery() for table in counted)
        return tuple(one or 0 for one in self._session.connection.execute(select(*highest)).one())

    def by_village(self, scope: AccessScope, today: date, *, sees_above: bool) -> list[Standing]:
        """How the leads of each division stand; `sees_above` as in `LeadFilter`."""
        late = _overdue(today, sees_above=sees_above).label("late")
        status = _STATUS.label("status")
        query = _leads(scope, LeadRow.region, status, late, func.count().label("found"))
        rows = self._session.connection.execute(query.group_by(LeadRow.region, status, late))
        return [
            Standing(
                region=RegionCode(row.region), status=LeadStatus(row.status), overdue=bool(row.late), count=row.found
            )
            for row in rows
        ]

    def by_risk(self, scope: AccessScope, today: date, *, sees_above: bool) -> list[Standing]:
        """How the leads of each category stand; one with two categories counts in both."""
        late = _overdue(today, sees_above=sees_above).label("late")
        status = _STATUS.label("status")
        query = _leads(scope, LeadRiskRow.risk, status, late, func.count().label("found"))
        query = query.join(LeadRiskRow, LeadRiskRow.lead_id == LeadRow.id)
        rows = self._session.connection.execute(query.group_by(LeadRiskRow.risk, status, late))
        return [
            Standing(risk=Risk(row.risk), status=LeadStatus(row.status), overdue=bool(row.late), count=row.found)
            for row in rows
        ]

    def opened(self, scope: AccessScope, spans: Sequence[Span]) -> dict[Span, int]:
        """How many leads were opened in each span; the spans do not overlap."""
        begin, end = min(one.first for one in spans), max(one.last for one in spans)
        ordered = sorted(spans, key=lambda one: one.first, reverse=True)
        number = case(*((LeadRow.opened_at >= midnight(one.first), at) for at, one in enumerate(ordered)), else_=-1)
        query = select(number.label("number"), func.count().label("found")).where(
            lead_visible(scope), LeadRow.opened_at >= midnight(begin), LeadRow.opened_at < midnight(_after(end))
        )
        found = {row.number: row.found for row in self._session.connection.execute(query.group_by("number"))}
        return {one: found.get(at, 0) for at, one in enumerate(ordered)}

    def durations(self, scope: AccessScope, opened_from: date) -> Iterator[Duration]:
        """Every step taken for leads that were opened from this day on; a step that was taken back is none."""
        for row in self._session.connection.execute(_first_steps(scope, opened_from)):
            yield from _durations(row)

    def loads(self, scope: AccessScope, statuses: frozenset[LeadStatus]) -> list[Load]:
        """Who has how many leads in these statuses, the most first."""
        query = (
            _leads(scope, AssignmentRow.holder, AssignmentRow.assignee, func.count().label("found"))
            .outerjoin(AssignmentRow, AssignmentRow.sequence == latest_assignment())
            .where(_STATUS.in_(sorted(one.value for one in statuses)))
            .group_by(AssignmentRow.holder, AssignmentRow.assignee)
        )
        rows = self._session.connection.execute(query)
        loads = [
            Load(holder=Role(row.holder) if row.holder else None, assignee=row.assignee or "", count=row.found)
            for row in rows
        ]
        return sorted(loads, key=lambda one: (-one.count, one.holder or "", one.assignee))

    def repeated(self, scope: AccessScope, statuses: frozenset[LeadStatus]) -> int:
        """How many leads in these statuses are told by more than one text that may be shown."""
        query = _leads(scope, func.count()).where(_STATUS.in_(sorted(one.value for one in statuses)), text_count() > 1)
        return self._session.connection.scalar(query) or 0


def _leads(scope: AccessScope, *columns: Any) -> Any:
    """The leads of the scope, each with its latest decision where there is one."""
    newer = aliased(DecisionRow)
    latest = select(func.max(newer.sequence)).where(newer.lead_id == LeadRow.id).correlate(LeadRow).scalar_subquery()
    return (
        select(*columns)
        .select_from(LeadRow)
        .outerjoin(DecisionRow, DecisionRow.sequence == latest)
        .where(lead_visible(scope))
    )


def _overdue(today: date, *, sees_above: bool) -> Any:
    """1 where what the status owes was due before today, by the same table as the feed's filter."""
    recorded = func.coalesce(DecisionRow.measures, "") != ""
    owing: list[ColumnElement[bool]] = []
    for deadline in Deadline:
        late = getattr(LeadRow, deadline.value) < today
        for carried in (False, True):
            statuses = [
                one.value
                for one in LeadStatus
                if owed(one, carried_out=carried) is deadline and (sees_above or one not in ABOVE)
            ]
            if statuses:
                owing.append(and_(late, _STATUS.in_(statuses), recorded if carried else ~recorded))
    return case((or_(*owing), 1), else_=0)


def _first_steps(scope: AccessScope, opened_from: date) -> Any:
    undoing, between = aliased(DecisionRow), aliased(DecisionRow)
    next_one = (
        select(func.min(between.sequence))
        .where(between.lead_id == DecisionRow.lead_id, between.sequence > DecisionRow.sequence)
        .correlate(DecisionRow)
        .scalar_subquery()
    )
    taken_back = exists().where(undoing.sequence == next_one, undoing.step == Step.UNDO.value)

    def first(statuses: Sequence[LeadStatus], moment: Any) -> Any:
        return func.min(case((DecisionRow.status.in_([one.value for one in statuses]), moment)))

    return (
        select(
            LeadRow.opened_at,
            LeadRow.pass_on,
            LeadRow.visit,
            LeadRow.decide,
            LeadRow.report_back,
            first([*_PASSED_ON, *_VERIFIED], DecisionRow.decided_at).label("passed_on_at"),
            first(_VERIFIED, DecisionRow.visited_on).label("visited_on"),
            first(_VERIFIED, DecisionRow.decided_at).label("verified_at"),
            first(_DECIDED, DecisionRow.decided_at).label("decided_at"),
            first([LeadStatus.REPORTED_BACK], DecisionRow.decided_at).label("reported_at"),
            first([LeadStatus.CLOSED], DecisionRow.decided_at).label("closed_at"),
        )
        .join(DecisionRow, DecisionRow.lead_id == LeadRow.id)
        .where(
            lead_visible(scope),
            LeadRow.opened_at >= midnight(opened_from),
            func.coalesce(DecisionRow.step, "") != Step.UNDO.value,
            ~taken_back,
        )
        .group_by(LeadRow.id, LeadRow.opened_at, LeadRow.pass_on, LeadRow.visit, LeadRow.decide, LeadRow.report_back)
    )


def _durations(row: Row[Any]) -> Iterator[Duration]:
    opened = china_date(row.opened_at)
    visited = row.visited_on or (china_date(row.verified_at) if row.verified_at else None)
    for stage, day, due in (
        (Stage.PASS_ON, _day(row.passed_on_at), row.pass_on),
        (Stage.VISIT, visited, row.visit),
        (Stage.DECIDE, _day(row.decided_at), row.decide),
        (Stage.REPORT_BACK, _day(row.reported_at), row.report_back),
        (Stage.CLOSE, _day(row.closed_at), None),
    ):
        if day is not None:
            yield Duration(stage=stage, days=max(0, (day - opened).days), in_time=None if due is None else day <= due)


def _day(moment: Any) -> date | None:
    return china_date(moment) if moment is not None else None


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
