"""What people decided about leads."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import aliased

from domain.clock import CHINA
from domain.leads.lead import SYSTEM, Decision, LeadId, LeadStatus, Phase
from domain.places.region import RegionCode
from domain.sending.outgoing import EventKind
from storage.columns import inside
from storage.leads.feed_entries import FeedEntries
from storage.leads.rows import decision_from
from storage.outgoing.events import Outgoing
from storage.session import Session
from storage.tables.feed import FeedEntryRow
from storage.tables.leads import DecisionRow, LeadMoveRow, LeadRow

_SUPERSEDED = sorted(
    one.value
    for one in LeadStatus
    if one in (LeadStatus.DUPLICATE, LeadStatus.MERGED) or one.phase in (Phase.REPORTED, Phase.CLOSED)
)
"""How a lead can stand while another one goes on in its place."""


class Decisions:
    """What people decided, in order."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def append(self, decision: Decision) -> None:
        """Append the decision, and where receivers are to hear of it the event that tells them."""
        row = {
            "lead_id": decision.lead_id,
            "status": decision.status.value,
            "decided_by": decision.decided_by,
            "decided_at": decision.decided_at,
            "reason": decision.reason,
            "visited_on": decision.visited_on,
            "household_id": decision.household_id,
            "step": decision.step.value if decision.step else None,
            "department": decision.department,
            "other_lead": decision.other_lead,
            "measures": decision.measures,
            "not_taken_in": decision.not_taken_in,
            "signed": decision.signed,
        }
        adding = insert(DecisionRow).values(row).returning(DecisionRow.sequence)
        number = self._session.connection.execute(adding).scalar_one()
        FeedEntries(self._session).refresh([decision.lead_id])
        Outgoing(self._session).note(EventKind.DECIDED, decision.lead_id, decision.decided_at, number)

    def of(self, lead_id: LeadId) -> list[Decision]:
        """The lead's decisions, oldest first."""
        query = select(DecisionRow.__table__).where(DecisionRow.lead_id == lead_id).order_by(DecisionRow.sequence)
        return [decision_from(row) for row in self._session.connection.execute(query)]

    def naming(self, lead_id: LeadId) -> list[LeadId]:
        """The leads of which some decision names this one, whether it still holds or not."""
        query = select(DecisionRow.lead_id).distinct().where(DecisionRow.other_lead == lead_id)
        return [LeadId(found) for found in self._session.connection.scalars(query.order_by(DecisionRow.lead_id))]

    def perhaps_forgotten(self) -> dict[LeadId, LeadId]:
        """Leads that stay closed for another one which the system gave up or pointed elsewhere, each with that one."""
        later, of_named = aliased(DecisionRow), aliased(DecisionRow)
        named_anew = exists().where(
            later.lead_id == DecisionRow.lead_id,
            later.sequence > DecisionRow.sequence,
            later.other_lead.is_not(None),
        )
        given_up = exists().where(
            of_named.lead_id == DecisionRow.other_lead,
            of_named.status == LeadStatus.DUPLICATE.value,
            of_named.decided_by == SYSTEM,
            of_named.other_lead.is_(None),
        )
        moved = exists().where(LeadMoveRow.lead_id == DecisionRow.other_lead)
        query = (
            select(DecisionRow.lead_id, DecisionRow.other_lead)
            .join(FeedEntryRow, FeedEntryRow.lead_id == DecisionRow.lead_id)
            .where(
                DecisionRow.other_lead.is_not(None),
                FeedEntryRow.status.in_(_SUPERSEDED),
                ~named_anew,
                given_up | moved,
            )
        )
        rows = self._session.connection.execute(query.order_by(DecisionRow.lead_id))
        return {LeadId(row.lead_id): LeadId(row.other_lead) for row in rows}

    def since(self, sequence: int, *, limit: int) -> list[tuple[int, Decision]]:
        """Decisions after a sequence number, each with its own."""
        query = select(DecisionRow.__table__).where(DecisionRow.sequence > sequence).order_by(DecisionRow.sequence)
        return [(row.sequence, decision_from(row)) for row in self._session.connection.execute(query.limit(limit))]

    def leads_decided(self, region: RegionCode, first: date, last: date) -> list[LeadId]:
        """The leads of a division about which anything was decided on these days in China."""
        query = (
            select(DecisionRow.lead_id)
            .distinct()
            .join(LeadRow, LeadRow.id == DecisionRow.lead_id)
            .where(
                inside(LeadRow.region, region),
                DecisionRow.decided_at >= datetime.combine(first, time.min, CHINA),
                DecisionRow.decided_at < datetime.combine(last + timedelta(days=1), time.min, CHINA),
            )
        )
        return [LeadId(found) for found in self._session.connection.scalars(query.order_by(DecisionRow.lead_id))]

    def numbered(self, sequences: Sequence[int]) -> dict[int, Decision]:
        """Decisions by their sequence number."""
        query = select(DecisionRow.__table__).where(DecisionRow.sequence.in_(sequences))
        return {row.sequence: decision_from(row) for row in self._session.connection.execute(query)}
