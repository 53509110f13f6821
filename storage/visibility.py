"""The one place that says in SQL which leads and households lie inside an access scope."""

from sqlalchemy import ColumnElement, false, select

from domain.access_scope import AccessScope
from storage.columns import inside
from storage.tables.leads import LeadRow
from storage.tables.registry import HouseholdRow


def lead_visible(scope: AccessScope) -> ColumnElement[bool]:
    """True for leads that whoever has the scope may see, as a condition on `leads`."""
    here = inside(LeadRow.region, scope.region)
    return here if scope.department is None else here & _transferred_to(scope.department)


def household_visible(scope: AccessScope) -> ColumnElement[bool]:
    """True for households that whoever has the scope may see, as a condition on `households`.

    A department sees the household that a lead transferred to it points at, and no other.
    """
    here = inside(HouseholdRow.village, scope.region)
    if scope.department is None:
        return here
    of_leads = select(LeadRow.household_id).where(LeadRow.household_id.is_not(None), lead_visible(scope))
    return here & HouseholdRow.household_id.in_(of_leads)


def _transferred_to(department: str) -> ColumnElement[bool]:
    return false()
