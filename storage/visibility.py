"""The one place that says in SQL which leads and households lie inside an access scope."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal_column, select
from sqlalchemy.orm import aliased

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import LeadStatus
from domain.leads.withdrawn_lead import STAYS_WITH_DEPARTMENT
from domain.places.region import Level, RegionCode
from storage.columns import inside
from storage.tables.feed import FeedEntryRow
from storage.tables.leads import DecisionRow, LeadRow
from storage.tables.outgoing import OutgoingEventRow
from storage.tables.registry import HouseholdRow

_WITH_THE_DEPARTMENT = sorted(one.value for one in STAYS_WITH_DEPARTMENT)


def lead_visible(scope: AccessScope) -> ColumnElement[bool]:
    """True for leads that whoever has the scope may see, as a condition on `leads`."""
    here = inside(LeadRow.region, scope.region)
    return here if scope.department is None else here & _transferred_to(scope.department)


def entry_visible(scope: AccessScope) -> ColumnElement[bool]:
    """True for feed entries of leads that whoever has the scope may see, as a condition on `feed_entries`."""
    here = inside_region(scope.region)
    if scope.department is None:
        return here
    return here & FeedEntryRow.lead_id.in_(select(LeadRow.id).where(lead_visible(scope)))


def inside_region(region: RegionCode) -> ColumnElement[bool]:
    """True for feed entries inside the region; by equality, so that the index that also holds the order serves it."""
    columns = {Level.COUNTY: FeedEntryRow.county, Level.TOWN: FeedEntryRow.town, Level.VILLAGE: FeedEntryRow.village}
    column = columns.get(region.level)
    return inside(FeedEntryRow.county, region) if column is None else column == region.digits


def household_visible(scope: AccessScope) -> ColumnElement[bool]:
    """True for households that whoever has the scope may see, as a condition on `households`.

    A department sees the household that a lead transferred to it points at, and no other.
    """
    here = inside(HouseholdRow.village, scope.region)
    if scope.department is None:
        return here
    of_leads = select(LeadRow.household_id).where(LeadRow.household_id.is_not(None), lead_visible(scope))
    return here & HouseholdRow.household_id.in_(of_leads)


def event_visible(scope: AccessScope) -> ColumnElement[bool]:
    """True for outgoing events that whoever has the scope may read, as a condition on them and on `leads`.

    A department is told nothing from before the transfer: not that somebody went to the door, nor when.
    """
    if scope.department is None:
        return lead_visible(scope)
    transfer = aliased(DecisionRow)
    since = _has_since(transfer, scope.department) & (transfer.decided_at <= OutgoingEventRow.at)
    return inside(LeadRow.region, scope.region) & exists().where(since)


def _transferred_to(department: str) -> ColumnElement[bool]:
    """True of leads that were transferred to the department and that nobody has taken back since.

    What follows it stays in sight: what was done, the answer to the source, the closing.
    """
    return exists().where(_has_since(aliased(DecisionRow), department))


def _has_since(transfer: Any, department: str) -> ColumnElement[bool]:
    """True of a transfer of the lead after which it stayed with the department."""
    later = aliased(DecisionRow)
    given = (later.status == LeadStatus.TO_DEPARTMENT.value) & later.department.not_in(["", department])
    taken_away = exists().where(
        # Not `LeadRow.id`: two queries further in that is any lead, and any later decision would take this one away.
        later.lead_id == transfer.lead_id,
        later.sequence > transfer.sequence,
        later.status.not_in(_WITH_THE_DEPARTMENT) | given,
    )
    return and_(
        transfer.lead_id == LeadRow.id,
        transfer.status == LeadStatus.TO_DEPARTMENT.value,
        transfer.department == department,
        # What was carried out is written down without a department; whoever has none has no lead for that. Said in the
        # words of the index.
        transfer.department != literal_column("''"),
        ~taken_away,
    )
