"""Finds households of a scope by the exact name of one of their people."""

from sqlalchemy import select

from domain.accounts.access_scope import AccessScope
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from storage.columns import inside
from storage.session import Session
from storage.tables.registry import HouseholdRow, PersonRow
from storage.visibility import household_visible

_MOST = 20


class HouseholdSearch:
    """Over the register in force."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def with_person(self, name: str, scope: AccessScope, village: RegionCode | None = None) -> list[HouseholdId]:
        """At most twenty households inside the scope, and inside the village where one is given, by number."""
        query = (
            select(HouseholdRow.household_id)
            .join(PersonRow, PersonRow.row_id == HouseholdRow.row_id)
            .where(PersonRow.name == name, HouseholdRow.valid_to.is_(None), household_visible(scope))
            .distinct()
        )
        if village is not None:
            query = query.where(inside(HouseholdRow.village, village))
        found = self._session.connection.scalars(query.order_by(HouseholdRow.household_id).limit(_MOST))
        return [HouseholdId(one) for one in found]
