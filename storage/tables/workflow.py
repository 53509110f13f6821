"""Who works on a lead, by when, and who was told that it is late."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Region, Sequence, Slug


class AssignmentRow(Base):
    """Who has to work on a lead; the latest counts."""

    __tablename__ = "lead_assignments"
    __table_args__ = (Index("lead_assignments_latest", "lead_id", "sequence"),)
    sequence: Mapped[Sequence]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"))
    holder: Mapped[Slug]
    assignee: Mapped[str] = mapped_column(String(64), index=True)
    assigned_by: Mapped[Slug]
    assigned_at: Mapped[At]
    reason: Mapped[str] = mapped_column(String(500))


class DeadlinesRow(Base):
    """The days of a lead as they were set once; the latest are in force and stand in `leads` too, for the queries."""

    __tablename__ = "lead_deadlines"
    __table_args__ = (Index("lead_deadlines_latest", "lead_id", "sequence"),)
    sequence: Mapped[Sequence]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"))
    pass_on: Mapped[date]
    visit: Mapped[date]
    decide: Mapped[date]
    measure: Mapped[date]
    report_back: Mapped[date]
    set_at: Mapped[At]


class LeadReminderRow(Base):
    """Somebody has to be told that a step is due soon, late, or so late that it goes up."""

    __tablename__ = "lead_reminders"
    __table_args__ = (
        UniqueConstraint(
            "lead_id",
            "deadline",
            "due_on",
            "kind",
            "role",
            "region",
            "department",
            "username",
            name="lead_reminders_once",
        ),
    )
    sequence: Mapped[Sequence]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"))
    region: Mapped[Region]
    kind: Mapped[Slug]
    deadline: Mapped[Slug]
    due_on: Mapped[date]
    role: Mapped[Slug]
    username: Mapped[str] = mapped_column(String(64))
    department: Mapped[Slug]
    at: Mapped[At]
