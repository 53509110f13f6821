"""What was revealed to whom, what became of accusations, and leads that wait to be opened without a text."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Id, Key, Moment, Sequence, Slug


class RevealRow(Base):
    """One item shown to one account for a short time; the reason is sealed."""

    __tablename__ = "reveals"
    __table_args__ = (Index("reveals_by_account", "account", "at"),)
    id: Mapped[Id]
    account: Mapped[Slug]
    field: Mapped[Slug]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"), index=True)
    document_id: Mapped[str | None] = mapped_column(String(64))
    household_id: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[At]
    until: Mapped[At]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class AccusationStepRow(Base):
    """What somebody of the petition office did with an accusation; reference, day and reason are sealed."""

    __tablename__ = "accusation_steps"
    sequence: Mapped[Sequence]
    document_id: Mapped[Key]
    step: Mapped[Slug]
    made_by: Mapped[Slug]
    at: Mapped[At]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class PlannedLeadRow(Base):
    """A lead without a text that waits for its time; household and categories are sealed."""

    __tablename__ = "planned_leads"
    id: Mapped[Id]
    document_id: Mapped[str | None] = mapped_column(String(64), index=True)
    opens_at: Mapped[At]
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    planned_by: Mapped[Slug]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
