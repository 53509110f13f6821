"""What people decided about leads."""

from typing import Any

from sqlalchemy import Row, select

from domain.household import HouseholdId
from domain.lead import Decision, LeadId, LeadStatus
from storage.feed_entries import FeedEntries
from storage.session import Session
from storage.tables.leads import DecisionRow


class Decisions:
    """What people decided, in order."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def append(self, decision: Decision) -> None:
        """Append the decision."""
        row = {
            "lead_id": decision.lead_id,
            "status": decision.status.value,
            "decided_by": decision.decided_by,
            "decided_at": decision.decided_at,
            "reason": decision.reason,
            "visited_on": decision.visited_on,
            "household_id": decision.household_id,
        }
        self._session.insert_new(DecisionRow, [row])
        FeedEntries(self._session).refresh([decision.lead_id])

    def of(self, lead_id: LeadId) -> list[Decision]:
        """The lead's decisions, oldest first."""
        query = select(DecisionRow.__table__).where(DecisionRow.lead_id == lead_id).order_by(DecisionRow.sequence)
        return [decision_from(row) for row in self._session.connection.execute(query)]

    def since(self, sequence: int, *, limit: int) -> list[tuple[int, Decision]]:
        """Decisions after a sequence number, each with its own."""
        query = select(DecisionRow.__table__).where(DecisionRow.sequence > sequence).order_by(DecisionRow.sequence)
        return [(row.sequence, decision_from(row)) for row in self._session.connection.execute(query.limit(limit))]


def decision_from(row: Row[Any]) -> Decision:
    """The decision of a row."""
    return Decision(
        lead_id=LeadId(row.lead_id),
        status=LeadStatus(row.status),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
        visited_on=row.visited_on,
        household_id=HouseholdId(row.household_id) if row.household_id else None,
    )
