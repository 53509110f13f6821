"""The outbox of verified leads and the order in which receivers read it.

An event is written in the transaction of what it tells. Its position is given afterwards, by one giver at a time and
only to what is committed: sequence numbers are drawn before a commit, and a reader that goes by them passes over a
transaction that commits late.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, func, insert, select, text

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import LeadId, LeadStatus, Phase
from domain.sending.outgoing import START, EventId, EventKind, OutgoingEvent
from storage.session import Session
from storage.tables.leads import DecisionRow, LeadRow
from storage.tables.outgoing import (
    FeedAcknowledgementRow,
    OutgoingEventRow,
    OutgoingPositionRow,
    OutgoingWaitingRow,
)
from storage.visibility import event_visible, lead_visible

_NUMBERING = 7_417_001
"""PostgreSQL's advisory lock of whoever gives positions."""
_AT_ONCE = 5000
_VERIFIED = sorted(status.value for status in LeadStatus if status.phase is Phase.VERIFIED)
"""What is found at the door; a lead that was handed up without that is told to nobody outside."""


class Outgoing:
    """Events in order."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def note(self, kind: EventKind, lead_id: LeadId, at: datetime, decision: int | None = None) -> None:
        """Append an event when the lead is verified, or was: who heard of it hears that it is open again."""
        verified = exists().where(
            DecisionRow.lead_id == lead_id,
            DecisionRow.status.in_(_VERIFIED),
        )
        if not self._session.connection.scalar(select(verified)):
            return
        row = {"id": uuid.uuid4().hex, "kind": kind.value, "lead_id": lead_id, "decision": decision, "at": at}
        adding = insert(OutgoingEventRow).values(row).returning(OutgoingEventRow.sequence)
        number = self._session.connection.execute(adding).scalar_one()
        self._session.connection.execute(insert(OutgoingWaitingRow).values(event=number))

    def is_waiting(self) -> bool:
        """True when an event has no position yet."""
        return bool(self._session.connection.scalar(select(exists().select_from(OutgoingWaitingRow))))

    def give_positions(self) -> int:
        """Give positions to committed events that have none, oldest first; how many got one, at most 5,000."""
        if self._session.connection.dialect.name == "postgresql":
            self._session.connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _NUMBERING})
        waiting = select(OutgoingWaitingRow.event).order_by(OutgoingWaitingRow.event).limit(_AT_ONCE)
        events = list(self._session.connection.scalars(waiting))
        if events:
            # One row at a time: a statement with many rows need not draw its numbers in their order.
            self._session.connection.execute(insert(OutgoingPositionRow), [{"event": event} for event in events])
            gone = delete(OutgoingWaitingRow).where(OutgoingWaitingRow.event.in_(events))
            self._session.connection.execute(gone)
        return len(events)

    def last_position(self) -> int:
        """The position of the newest event; 0 when there is none."""
        return self._session.connection.scalar(select(func.max(OutgoingPositionRow.position))) or START

    def after(
        self, position: int, scope: AccessScope, *, limit: int, up_to: int | None = None
    ) -> list[tuple[int, OutgoingEvent]]:
        """The events after a position whose lead now lies in the scope, each with its position, oldest first."""
        query = (
            select(OutgoingPositionRow.position, OutgoingEventRow.__table__)
            .join(OutgoingEventRow, OutgoingEventRow.sequence == OutgoingPositionRow.event)
            .join(LeadRow, LeadRow.id == OutgoingEventRow.lead_id)
            .where(OutgoingPositionRow.position > position, event_visible(scope))
            .order_by(OutgoingPositionRow.position)
            .limit(limit)
        )
        if up_to is not None:
            query = query.where(OutgoingPositionRow.position <= up_to)
        return [(row.position, _event(row)) for row in self._session.connection.execute(query)]

    def count_after(self, position: int, scope: AccessScope) -> int:
        """How many events of the scope stand after a position."""
        query = (
            select(func.count())
            .select_from(OutgoingPositionRow)
            .join(OutgoingEventRow, OutgoingEventRow.sequence == OutgoingPositionRow.event)
            .join(LeadRow, LeadRow.id == OutgoingEventRow.lead_id)
            .where(OutgoingPositionRow.position > position, event_visible(scope))
        )
        return self._session.connection.scalar(query) or 0

    def newest(self, scope: AccessScope, *, limit: int) -> list[tuple[int, OutgoingEvent]]:
        """The newest events of the scope, newest first."""
        query = (
            select(OutgoingPositionRow.position, OutgoingEventRow.__table__)
            .join(OutgoingEventRow, OutgoingEventRow.sequence == OutgoingPositionRow.event)
            .join(LeadRow, LeadRow.id == OutgoingEventRow.lead_id)
            .where(event_visible(scope))
            .order_by(OutgoingPositionRow.position.desc())
            .limit(limit)
        )
        return [(row.position, _event(row)) for row in self._session.connection.execute(query)]

    def events(self, numbers: Sequence[int]) -> dict[int, tuple[int, OutgoingEvent]]:
        """Events with their positions by number."""
        query = (
            select(OutgoingPositionRow.position, OutgoingEventRow.__table__)
            .join(OutgoingEventRow, OutgoingEventRow.sequence == OutgoingPositionRow.event)
            .where(OutgoingEventRow.sequence.in_(numbers))
        )
        return {row.sequence: (row.position, _event(row)) for row in self._session.connection.execute(query)}

    def is_verified(self, lead_id: LeadId, scope: AccessScope) -> bool:
        """True when the lead lies in the scope and stands in the feed."""
        query = select(LeadRow.id).where(LeadRow.id == lead_id, lead_visible(scope))
        told = exists().where(OutgoingEventRow.lead_id == LeadRow.id)
        return self._session.connection.scalar(query.where(told)) is not None

    def acknowledge(self, key_id: str, position: int, at: datetime) -> None:
        """The key has everything up to the position."""
        row = {"key_id": key_id, "position": position, "at": at}
        self._session.connection.execute(insert(FeedAcknowledgementRow).values(row))

    def acknowledged(self, key_id: str) -> int:
        """Up to where the key said that it has everything; 0 when it never did."""
        query = select(FeedAcknowledgementRow.position).where(FeedAcknowledgementRow.key_id == key_id)
        latest = query.order_by(FeedAcknowledgementRow.sequence.desc()).limit(1)
        return self._session.connection.scalar(latest) or START


def _event(row: Row[Any]) -> OutgoingEvent:
    return OutgoingEvent(
        id=EventId(row.id),
        number=row.sequence,
        kind=EventKind(row.kind),
        lead_id=LeadId(row.lead_id),
        at=row.at,
        decision=row.decision,
    )
