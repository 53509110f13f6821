"""What somebody may and wants to see of the leads; the region is part of the query, never of the page."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from domain.access_scope import AccessScope
from domain.household import HouseholdId
from domain.lead import LeadStatus
from domain.region import RegionCode
from domain.risk import Risk
from domain.workflow import ABOVE, owed
from storage.columns import inside
from storage.lead_facets import LeadFacets, facet_conditions
from storage.tables.leads import AssessmentRow, DecisionRow, LeadRiskRow, LeadRow
from storage.visibility import lead_visible


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFilter:
    """A view of the feed; `scope` is required, so that nobody forgets it."""

    scope: AccessScope
    village: RegionCode | None = None
    risk: Risk | None = None
    status: frozenset[LeadStatus] | None = None
    due_before: date | None = None
    """Leads whose next step is owed before this day."""
    sees_above: bool = False
    """True for whoever may know what the county and discipline inspection have: only then is it ever due."""
    household_id: HouseholdId | None = None
    facets: LeadFacets = field(default_factory=LeadFacets)
    limit: int = 50
    offset: int = 0


def latest_status() -> Any:
    """The status of the lead in the outer query: its latest decision's, or new."""
    latest = (
        select(DecisionRow.status)
        .where(DecisionRow.lead_id == LeadRow.id)
        .order_by(DecisionRow.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(latest, LeadStatus.NEW.value)


def _latest_measures() -> Any:
    latest = (
        select(DecisionRow.measures)
        .where(DecisionRow.lead_id == LeadRow.id)
        .order_by(DecisionRow.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(latest, "")


def latest_priority() -> Any:
    """The priority of the lead in the outer query."""
    return (
        select(AssessmentRow.priority)
        .where(AssessmentRow.lead_id == LeadRow.id)
        .order_by(AssessmentRow.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )


def restrict(query: Select[Any], wanted: LeadFilter) -> Select[Any]:
    """The query with every condition of the filter."""
    return query.where(and_(*_conditions(wanted)))


def _conditions(wanted: LeadFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [lead_visible(wanted.scope), *facet_conditions(wanted.facets)]
    if wanted.village is not None:
        conditions.append(inside(LeadRow.region, wanted.village))
    if wanted.risk is not None:
        shown = exists().where(LeadRiskRow.lead_id == LeadRow.id, LeadRiskRow.risk == wanted.risk.value)
        conditions.append(shown)
    if wanted.status is not None:
        conditions.append(latest_status().in_(sorted(status.value for status in wanted.status)))
    if wanted.due_before is not None:
        conditions.append(_due(wanted, wanted.due_before))
    if wanted.household_id is not None:
        conditions.append(LeadRow.household_id == wanted.household_id)
    return conditions


def _due(wanted: LeadFilter, day: date) -> ColumnElement[bool]:
    """What each status owes is due before the day; what was done, once recorded, leaves only the answer to be owed."""
    statuses = [one for one in LeadStatus if wanted.sees_above or one not in ABOVE]
    status, recorded = latest_status(), _latest_measures() != ""
    owing = [
        (one, carried, deadline)
        for one in statuses
        for carried in (False, True)
        if (deadline := owed(one, carried_out=carried)) is not None
    ]
    return or_(
        *(
            and_(status == one.value, recorded if carried else ~recorded, getattr(LeadRow, deadline.value) < day)
            for one, carried, deadline in owing
        )
    )
