"""Leads, what supports them, what people decided, and risk points."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Id, Key, Region, Sequence, Slug


class LeadRow(Base):
    """A lead; household, region and matter are where it points now, `lead_moves` holds where it pointed before.

    The five days are those in force, `lead_deadlines` holds all that ever were.

    They are kept here, and not asked of the latest move, because the region decides who may see the lead: no query
    can forget to ask.
    """

    __tablename__ = "leads"
    id: Mapped[Id]
    household_id: Mapped[str | None] = mapped_column(String(64), index=True)
    region: Mapped[Region]
    scope: Mapped[Slug]
    matter: Mapped[str] = mapped_column(String(128), index=True)
    opened_at: Mapped[At]
    pass_on: Mapped[date]
    visit: Mapped[date]
    decide: Mapped[date]
    measure: Mapped[date]
    report_back: Mapped[date]
    unsourced: Mapped[bool] = mapped_column(default=False, server_default=false())


class LeadRiskRow(Base):
    """A category that any of a lead's evidence shows; `opening` when the first text showed it."""

    __tablename__ = "lead_risks"
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"), primary_key=True)
    risk: Mapped[str] = mapped_column(String(64), primary_key=True)
    opening: Mapped[bool]


class LeadEvidenceRow(Base):
    """A document that supports a lead."""

    __tablename__ = "lead_evidence"
    __table_args__ = (UniqueConstraint("lead_id", "document_id"),)
    sequence: Mapped[Sequence]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"), index=True)
    document_id: Mapped[Key]
    risks: Mapped[list[str]] = mapped_column(JSON)
    urgent: Mapped[bool]
    added_at: Mapped[At]


class AssessmentRow(Base):
    """A priority of a lead with its reasons; the latest counts."""

    __tablename__ = "lead_assessments"
    __table_args__ = (Index("lead_assessments_latest", "lead_id", "sequence"),)
    sequence: Mapped[Sequence]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"))
    priority: Mapped[int]
    reasons: Mapped[list[list[object]]] = mapped_column(JSON)
    at: Mapped[At]


class DecisionRow(Base):
    """What a person decided; the latest counts."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index("decisions_latest", "lead_id", "sequence"),
        # Few decisions are transfers: the index holds these alone.
        Index(
            "decisions_of_department",
            "department",
            sqlite_where=text("department <> ''"),
            postgresql_where=text("department <> ''"),
        ),
        Index(
            "decisions_naming",
            "other_lead",
            sqlite_where=text("other_lead IS NOT NULL"),
            postgresql_where=text("other_lead IS NOT NULL"),
        ),
    )
    sequence: Mapped[Sequence]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"))
    status: Mapped[Slug]
    decided_by: Mapped[Slug]
    decided_at: Mapped[At]
    reason: Mapped[str] = mapped_column(String)
    visited_on: Mapped[date | None]
    household_id: Mapped[str | None] = mapped_column(String(64))
    step: Mapped[str | None] = mapped_column(String(64))
    department: Mapped[Slug]
    other_lead: Mapped[str | None] = mapped_column(String(64))
    measures: Mapped[str] = mapped_column(String)
    not_taken_in: Mapped[str] = mapped_column(String)
    signed: Mapped[bool | None]


class LeadNoteRow(Base):
    """A remark in a lead's history."""

    __tablename__ = "lead_notes"
    __table_args__ = (UniqueConstraint("lead_id", "document_id", "written_by", "text"),)
    sequence: Mapped[Sequence]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"), index=True)
    document_id: Mapped[Slug]
    written_by: Mapped[Slug]
    written_at: Mapped[At]
    text: Mapped[str] = mapped_column(String(200))


class LeadMoveRow(Base):
    """A lead pointed elsewhere: from where, to where, why."""

    __tablename__ = "lead_moves"
    sequence: Mapped[Sequence]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"), index=True)
    household_before: Mapped[str | None] = mapped_column(String(64))
    household_after: Mapped[str | None] = mapped_column(String(64))
    region_before: Mapped[str] = mapped_column(String(12))
    region_after: Mapped[str] = mapped_column(String(12))
    matter_before: Mapped[str] = mapped_column(String(128))
    matter_after: Mapped[str] = mapped_column(String(128))
    moved_at: Mapped[At]
    reason: Mapped[str] = mapped_column(String(200))


class EvidenceMoveRow(Base):
    """A text that left a lead for another one, or came back; the latest counts, without one it is there."""

    __tablename__ = "lead_evidence_moves"
    __table_args__ = (Index("lead_evidence_moves_latest", "lead_id", "document_id", "sequence"),)
    sequence: Mapped[Sequence]
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id"))
    document_id: Mapped[Key]
    departed: Mapped[bool]
    at: Mapped[At]


class SettledSuccessionRow(Base):
    """A lead that relies on another one, looked at and found in order; the mark says what was known of both then."""

    __tablename__ = "settled_successions"
    lead_id: Mapped[str] = mapped_column(String(64), ForeignKey("leads.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(200))


class RiskPointRow(Base):
    """A risk point as computed at one time."""

    __tablename__ = "risk_points"
    __table_args__ = (Index("risk_points_latest", "computed_at", "region"),)
    sequence: Mapped[Sequence]
    region: Mapped[Slug]
    risk: Mapped[Slug]
    level: Mapped[Slug]
    window_start: Mapped[date]
    window_end: Mapped[date]
    household_count: Mapped[int]
    matter_count: Mapped[int]
    document_ids: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String)
    computed_at: Mapped[At]
