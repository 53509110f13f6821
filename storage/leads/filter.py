"""What somebody may and wants to see of the leads; the region is part of the query, never of the page."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import OPEN_STATUSES, LeadId, LeadStatus
from domain.leads.workflow import ABOVE
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from storage.leads.facets import LeadFacets, facet_conditions
from storage.tables.feed import FeedEntryRow
from storage.tables.leads import AssessmentRow, DecisionRow, LeadRiskRow, LeadRow
from storage.tables.workflow import AssignmentRow
from storage.visibility import inside_region, lead_visible

_ABOVE = sorted(one.value for one in ABOVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTerm:
    """A word that was searched for, and what besides the words of a text it may mean."""

    text: str
    households: tuple[HouseholdId, ...] = ()
    """Those with a person of exactly this name."""
    villages: tuple[RegionCode, ...] = ()
    """Those with the word in their name."""


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
    owes_visits: bool = False
    """True for a village: there the visit of an open lead is due, and nothing else ever is."""
    household_id: HouseholdId | None = None
    besides: LeadId | None = None
    """A lead that is not asked for."""
    facets: LeadFacets = field(default_factory=LeadFacets)
    assignee: str = ""
    """The user name that has the lead; empty for all."""
    terms: tuple[SearchTerm, ...] = ()
    """What is searched for; every term has to be found."""
    after: LeadId | None = None
    """The last lead of the page before; none for the first page."""
    limit: int = 50
    offset: int = 0


def latest_status() -> Any:
    """The status of the lead in the outer query: its latest decision's, or new."""
    return func.coalesce(_latest(DecisionRow.status), LeadStatus.NEW.value)


def latest_measures() -> Any:
    """What the latest decision of the lead in the outer query says was done."""
    return func.coalesce(_latest(DecisionRow.measures), "")


def latest_assignee() -> Any:
    """The user name that has the lead in the outer query; empty when nobody in particular has it."""
    return func.coalesce(_latest(AssignmentRow.assignee), "")


def latest_holder() -> Any:
    """The level that has the lead in the outer query; empty when nobody was given it."""
    return func.coalesce(_latest(AssignmentRow.holder), "")


def latest_priority() -> Any:
    """The priority of the lead in the outer query."""
    return _latest(AssessmentRow.priority)


def _latest(column: InstrumentedAttribute[Any]) -> Any:
    """The column in the last row about the lead in the outer query; null where there is none."""
    row: Any = column.class_
    query = select(column).where(row.lead_id == LeadRow.id).order_by(row.sequence.desc())
    return query.limit(1).scalar_subquery()


def section_of(status: LeadStatus) -> int:
    """Where the feed has a status: 0 open, 1 with those above, 2 done so far; what is read alike stands together."""
    if status in OPEN_STATUSES:
        return 0
    return 1 if status in ABOVE else 2


def restrict(query: Select[Any], wanted: LeadFilter) -> Select[Any]:
    """The query over feed entries with their leads, and every condition of the filter."""
    return query.where(and_(*_conditions(wanted)))


def in_statuses(statuses: frozenset[LeadStatus]) -> ColumnElement[bool]:
    """True for feed entries in these statuses; by section too, for the index of the feed begins with it."""
    sections = {section_of(one) for one in statuses} or {0}
    return and_(
        FeedEntryRow.status.in_(sorted(one.value for one in statuses)),
        FeedEntryRow.section.between(min(sections), max(sections)),
    )


def is_late(day: date, *, sees_above: bool, owes_visits: bool = False) -> ColumnElement[bool]:
    """True for feed entries of which something was owed before the day; the others as in `LeadFilter`."""
    if owes_visits:
        own = aliased(LeadRow)
        visit = exists().where(own.id == FeedEntryRow.lead_id, own.visit < day)
        return and_(FeedEntryRow.section == section_of(LeadStatus.NEW), visit)
    late: ColumnElement[bool] = FeedEntryRow.next_due < day
    return late if sees_above else and_(late, FeedEntryRow.status.not_in(_ABOVE))


def _late(wanted: LeadFilter, day: date) -> ColumnElement[bool]:
    return is_late(day, sees_above=wanted.sees_above, owes_visits=wanted.owes_visits)


def _conditions(wanted: LeadFilter) -> list[ColumnElement[bool]]:
    conditions = [
        lead_visible(wanted.scope),
        _inside_both(wanted.scope.region, wanted.village),
        *facet_conditions(wanted.facets),
    ]
    if wanted.risk is not None:
        shown = exists().where(LeadRiskRow.lead_id == FeedEntryRow.lead_id, LeadRiskRow.risk == wanted.risk.value)
        conditions.append(shown)
    if wanted.status is not None:
        conditions.append(in_statuses(wanted.status))
    if wanted.assignee:
        conditions.append(FeedEntryRow.assignee == wanted.assignee)
    if wanted.due_before is not None:
        conditions.append(_late(wanted, wanted.due_before))
    if wanted.household_id is not None:
        conditions.append(LeadRow.household_id == wanted.household_id)
    if wanted.besides is not None:
        conditions.append(LeadRow.id != wanted.besides)
    return conditions


def _inside_both(region: RegionCode, village: RegionCode | None) -> ColumnElement[bool]:
    """Inside the account's region, and inside the chosen division where one is chosen."""
    if village is None:
        return inside_region(region)
    return inside_region(village) if region.contains(village) else and_(inside_region(village), inside_region(region))
