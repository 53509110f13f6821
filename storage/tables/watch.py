"""What watching the media leaves behind: alarms, notices that wait or were sent, and which places a text names."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Moment, Region, Sequence, Slug


class SourceAlarmRow(Base):
    """One spell in which a medium needed a person; open while `ended_at` is empty."""

    __tablename__ = "source_alarms"
    sequence: Mapped[Sequence]
    source: Mapped[str] = mapped_column(String(128), index=True)
    verdict: Mapped[Slug]
    began_at: Mapped[At]
    since: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class NoticeRow(Base):
    """One notice for one way; the same event is queued once for each."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("key", "way"), Index("notices_waiting", "sent_at", "next_try_at"))
    sequence: Mapped[Sequence]
    key: Mapped[str] = mapped_column(String(128))
    way: Mapped[Slug]
    receiver: Mapped[Slug]
    kind: Mapped[Slug]
    subject: Mapped[str] = mapped_column(String)
    body: Mapped[str] = mapped_column(String)
    at: Mapped[At]
    attempts: Mapped[int]
    next_try_at: Mapped[At]
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    problem: Mapped[str] = mapped_column(String)


class NoticePositionRow(Base):
    """Up to where a team was told of reminders."""

    __tablename__ = "notice_positions"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]


class DocumentPlaceRow(Base):
    """A division that a text names without doubt."""

    __tablename__ = "document_places"
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    region: Mapped[Region] = mapped_column(primary_key=True)
