"""The counts of the boards; every query carries its scope, and the feed with the same filter shows the same leads.

All of them read the feed's entries through an index that holds what is counted: see `storage.tables.feed`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, union_all

from domain.accounts.access_scope import AccessScope
from domain.counting.board import Duration, Load, Span, Stage, Standing
from domain.leads.lead import LeadStatus
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.words.vocabulary import Role
from storage.leads.facets import days_taken, midnight, taken_late
from storage.leads.filter import in_statuses, is_late
from storage.session import Session
from storage.tables.documents import RouteRow
from storage.tables.feed import FeedEntryRow
from storage.tables.leads import (
    AssessmentRow,
    DecisionRow,
    EvidenceMoveRow,
    LeadEvidenceRow,
    LeadMoveRow,
    RiskPointRow,
)
from storage.tables.operation import StageRunRow
from storage.tables.workflow import AssignmentRow, DeadlinesRow
from storage.visibility import entry_visible


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
            StageRunRow,
        )
        highest = (select(func.max(table.sequence)).scalar_subquery() for table in counted)
        return tuple(one or 0 for one in self._session.connection.execute(select(*highest)).one())

    def by_village(
        self, scope: AccessScope, today: date, *, sees_above: bool, owes_visits: bool = False
    ) -> list[Standing]:
        """How the leads of each division stand; `sees_above` and `owes_visits` as in `LeadFilter`."""
        query = _standing(FeedEntryRow.village, scope, is_late(today, sees_above=sees_above, owes_visits=owes_visits))
        return [
            Standing(region=RegionCode(row.village), status=LeadStatus(row.status), overdue=overdue, count=count)
            for row in self._session.connection.execute(query)
            for overdue, count in _parts(row)
        ]

    def by_risk(self, scope: AccessScope, today: date, *, sees_above: bool) -> list[Standing]:
        """How the leads of each category stand; one with two categories counts in both."""
        query = _standing(FeedEntryRow.risks, scope, is_late(today, sees_above=sees_above))
        return [
            Standing(risk=Risk(risk), status=LeadStatus(row.status), overdue=overdue, count=count)
            for row in self._session.connection.execute(query)
            for overdue, count in _parts(row)
            for risk in row.risks.split(",")
            if risk
        ]

    def opened(self, scope: AccessScope, spans: Sequence[Span]) -> dict[Span, int]:
        """How many leads were opened in each span."""
        counts = [
            select(func.count())
            .where(
                entry_visible(scope),
                FeedEntryRow.opened_at >= midnight(one.first),
                FeedEntryRow.opened_at < midnight(one.last + timedelta(days=1)),
            )
            .scalar_subquery()
            for one in spans
        ]
        return dict(zip(spans, self._session.connection.execute(select(*counts)).one(), strict=True))

    def durations(self, scope: AccessScope, opened_from: date) -> Iterator[Duration]:
        """Every step taken for leads that were opened from this day on; a step that was taken back is none."""
        for row in self._session.connection.execute(_paces(scope, opened_from)):
            in_time = None if row.late is None else not row.late
            yield Duration(stage=Stage(row.stage), days=row.days, in_time=in_time, count=row.found)

    def loads(self, scope: AccessScope, statuses: frozenset[LeadStatus]) -> list[Load]:
        """Who has how many leads in these statuses, the most first."""
        columns = (FeedEntryRow.holder, FeedEntryRow.assignee)
        query = select(*columns, func.count().label("found")).where(entry_visible(scope), in_statuses(statuses))
        rows = self._session.connection.execute(query.group_by(*columns))
        loads = [
            Load(holder=Role(row.holder) if row.holder else None, assignee=row.assignee, count=row.found)
            for row in rows
        ]
        return sorted(loads, key=lambda one: (-one.count, one.holder or "", one.assignee))

    def repeated(self, scope: AccessScope, statuses: frozenset[LeadStatus]) -> int:
        """How many leads in these statuses are told by more than one text that may be shown."""
        query = select(func.count()).where(entry_visible(scope), in_statuses(statuses), FeedEntryRow.texts > 1)
        return self._session.connection.scalar(query) or 0


def _standing(column: Any, scope: AccessScope, late_ones: ColumnElement[bool]) -> Any:
    """Leads by the column and status, and how many of them are late by the same rule as the feed's filter."""
    late = case((late_ones, 1), else_=0)
    counts = (func.count().label("found"), func.sum(late).label("late"))
    query = select(column, FeedEntryRow.status, *counts).where(entry_visible(scope))
    return query.group_by(column, FeedEntryRow.status)


def _parts(row: Any) -> list[tuple[bool, int]]:
    """Late ones and others, as far as there are any."""
    return [(late, count) for late, count in ((True, row.late), (False, row.found - row.late)) if count]


def _paces(scope: AccessScope, opened_from: date) -> Any:
    counts = []
    for stage in Stage:
        days, late = days_taken(stage), taken_late(stage)
        counts.append(
            select(
                literal(stage.value).label("stage"), days.label("days"), late.label("late"), func.count().label("found")
            )
            .where(entry_visible(scope), FeedEntryRow.opened_at >= midnight(opened_from), days.is_not(None))
            .group_by(days, late)
        )
    return union_all(*counts)
