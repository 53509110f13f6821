"""What receiving systems reported about leads."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from domain.leads.lead import LeadId
from domain.sending.outgoing import LeadOutcome, OutcomeKind
from storage.encryption.sealed import LEAD_OUTCOME
from storage.session import Session
from storage.tables.outgoing import LeadOutcomeRow


class LeadOutcomes:
    """Reports in the order in which they came."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def append(self, outcome: LeadOutcome) -> LeadOutcome:
        """The report as it stands: an earlier one of the same key under the same reference stays what it is."""
        row = {
            "id": outcome.id,
            "lead_id": outcome.lead_id,
            "outcome": outcome.outcome.value,
            "reported_by": outcome.reported_by,
            "office": outcome.office,
            "reference": outcome.reference,
            "occurred_on": outcome.occurred_on,
            "received_at": outcome.received_at,
            "sealed": self._session.seal({"remark": outcome.remark}, LEAD_OUTCOME.of(outcome.id)),
        }
        if self._session.insert_new(LeadOutcomeRow, [row]):
            return outcome
        query = select(LeadOutcomeRow.__table__).where(
            LeadOutcomeRow.reported_by == outcome.reported_by, LeadOutcomeRow.reference == outcome.reference
        )
        return self._outcome(self._session.connection.execute(query).one())

    def of(self, lead_id: LeadId, *, since: datetime | None = None) -> list[LeadOutcome]:
        """Everything reported about the lead, or what came since then, oldest first."""
        query = select(LeadOutcomeRow.__table__).where(LeadOutcomeRow.lead_id == lead_id)
        if since is not None:
            query = query.where(LeadOutcomeRow.received_at >= since)
        rows = self._session.connection.execute(query.order_by(LeadOutcomeRow.sequence))
        return [self._outcome(row) for row in rows]

    def _outcome(self, row: Row[Any]) -> LeadOutcome:
        return LeadOutcome(
            id=row.id,
            lead_id=LeadId(row.lead_id),
            outcome=OutcomeKind(row.outcome),
            reported_by=row.reported_by,
            office=row.office,
            reference=row.reference,
            occurred_on=row.occurred_on,
            received_at=row.received_at,
            remark=str(self._session.unseal(row.sealed, LEAD_OUTCOME.of(row.id))["remark"]),
        )
