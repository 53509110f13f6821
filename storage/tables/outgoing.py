"""What leaves: the outbox of events, their order, what receivers acknowledged and reported, webhook deliveries."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Moment, Sequence, Slug


class OutgoingEventRow(Base):
    """One event; written in the transaction of what it tells."""

    __tablename__ = "outgoing_events"
    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[Slug]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"), index=True)
    decision: Mapped[int | None]
    at: Mapped[At]


class OutgoingWaitingRow(Base):
    """An event that has no place in the order yet."""

    __tablename__ = "outgoing_waiting"
    event: Mapped[int] = mapped_column(ForeignKey("outgoing_events.sequence"), primary_key=True)


class OutgoingPositionRow(Base):
    """The order of the feed: given after the commit, one giver at a time, so that no reader passes a gap."""

    __tablename__ = "outgoing_positions"
    position: Mapped[Sequence]
    event: Mapped[int] = mapped_column(ForeignKey("outgoing_events.sequence"), unique=True)


class FeedAcknowledgementRow(Base):
    """Up to where a key has what it read; the latest counts."""

    __tablename__ = "feed_acknowledgements"
    __table_args__ = (Index("feed_acknowledgements_latest", "key_id", "sequence"),)
    sequence: Mapped[Sequence]
    key_id: Mapped[Slug]
    position: Mapped[int]
    at: Mapped[At]


class LeadOutcomeRow(Base):
    """What a receiving system reported; its remark is sealed, for people write names into remarks."""

    __tablename__ = "lead_outcomes"
    __table_args__ = (UniqueConstraint("reported_by", "reference"),)
    sequence: Mapped[Sequence]
    id: Mapped[str] = mapped_column(String(64), unique=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"), index=True)
    outcome: Mapped[Slug]
    reported_by: Mapped[Slug]
    office: Mapped[str] = mapped_column(String(128))
    reference: Mapped[str] = mapped_column(String(100))
    occurred_on: Mapped[date]
    received_at: Mapped[At]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class WebhookPositionRow(Base):
    """Up to where events were given out to an endpoint."""

    __tablename__ = "webhook_positions"
    endpoint: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]


class WebhookDeliveryRow(Base):
    """One event for one endpoint: waiting, delivered, or given up."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (UniqueConstraint("endpoint", "event"), Index("webhook_deliveries_due", "state", "next_try_at"))
    sequence: Mapped[Sequence]
    endpoint: Mapped[Slug]
    event: Mapped[int] = mapped_column(ForeignKey("outgoing_events.sequence"))
    state: Mapped[Slug]
    attempts: Mapped[int]
    next_try_at: Mapped[At]
    changed_at: Mapped[At]
    problem: Mapped[str] = mapped_column(String)


class ReaderTokenRow(Base):
    """An address by which a feed reader reads as its owner; only a hash of its secret is kept."""

    __tablename__ = "reader_tokens"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("accounts.username"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[At]
    last_used_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
