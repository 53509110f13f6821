"""Leads: what cadres review. A lead is never a decision about benefits; a person verifies it at the door."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from domain.document import DocumentId
from domain.household import HouseholdId
from domain.labelled import Labelled
from domain.region import RegionCode
from domain.risk import Risk
from domain.vocabulary import Scope

LeadId = NewType("LeadId", str)
SYSTEM = "system"
"""Who is written as the author of what no person decided."""


class LeadStatus(Labelled):
    """Where a lead stands."""

    NEW = "new", "新线索"
    ASSIGNED = "assigned", "已派村"
    VISITING = "visiting", "入户中"
    CONFIRMED = "confirmed", "属实"
    PARTLY_CONFIRMED = "partly_confirmed", "部分属实"
    NOT_CONFIRMED = "not_confirmed", "不属实"
    ALREADY_KNOWN = "already_known", "已在册"
    NOT_HERE = "not_here", "不属本镇"
    DUPLICATE = "duplicate", "重复"
    CLOSED = "closed", "已销号"


_VERIFIED = frozenset(
    {
        LeadStatus.CONFIRMED,
        LeadStatus.PARTLY_CONFIRMED,
        LeadStatus.NOT_CONFIRMED,
        LeadStatus.ALREADY_KNOWN,
        LeadStatus.NOT_HERE,
        LeadStatus.DUPLICATE,
    }
)

ALLOWED_TRANSITIONS: dict[LeadStatus, frozenset[LeadStatus]] = {
    LeadStatus.NEW: frozenset({LeadStatus.ASSIGNED, LeadStatus.VISITING}) | _VERIFIED,
    LeadStatus.ASSIGNED: frozenset({LeadStatus.VISITING}) | _VERIFIED,
    LeadStatus.VISITING: _VERIFIED,
    LeadStatus.CONFIRMED: frozenset({LeadStatus.CLOSED, LeadStatus.VISITING}),
    LeadStatus.PARTLY_CONFIRMED: frozenset({LeadStatus.CLOSED, LeadStatus.VISITING}),
    LeadStatus.NOT_CONFIRMED: frozenset({LeadStatus.CLOSED, LeadStatus.VISITING}),
    LeadStatus.ALREADY_KNOWN: frozenset({LeadStatus.CLOSED, LeadStatus.VISITING}),
    LeadStatus.NOT_HERE: frozenset({LeadStatus.CLOSED, LeadStatus.VISITING}),
    LeadStatus.DUPLICATE: frozenset({LeadStatus.CLOSED, LeadStatus.VISITING}),
    LeadStatus.CLOSED: frozenset(),
}
"""Which status may follow which. Verified outcomes may be reopened by a new visit until they are closed."""

OPEN_STATUSES: frozenset[LeadStatus] = frozenset({LeadStatus.NEW, LeadStatus.ASSIGNED, LeadStatus.VISITING})
"""New evidence about the same matter joins a lead in one of these; afterwards it opens a new lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityReason:
    """One reason for a lead's place in the feed."""

    points: int
    reason: str
    """Chinese sentence that a cadre understands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDates:
    """By when each step is owed, from the policy file in force."""

    pass_on: date
    visit: date
    decide: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadEvidence:
    """One document that supports a lead; appended, never edited."""

    lead_id: LeadId
    document_id: DocumentId
    risks: frozenset[Risk]
    urgent: bool
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One household (or place) and one open matter; household, region and matter are where it points now."""

    id: LeadId
    household_id: HouseholdId | None
    region: RegionCode
    """The village where it is known, else the narrowest division that is; it decides who may see the lead."""
    scope: Scope
    matter: str
    """What keeps two matters of one household or village apart: the household's own id, or place and cluster."""
    risks: frozenset[Risk]
    opened_at: datetime
    due: DueDates
    priority: int
    priority_reasons: tuple[PriorityReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about a lead: who, when, what, why. Appended, never edited."""

    lead_id: LeadId
    status: LeadStatus
    decided_by: str
    decided_at: datetime
    reason: str
    visited_on: date | None = None
    household_id: HouseholdId | None = None
    """The household the person chose among the candidates, when a choice was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadNote:
    """A remark in a lead's history that changes nothing by itself; appended, never edited."""

    lead_id: LeadId
    document_id: DocumentId
    """The text that the remark is about."""
    written_by: str
    written_at: datetime
    text: str
    """Chinese sentence that a cadre understands; it names no petitioner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadMove:
    """A lead pointed at another household or matter; who or what did it and why. Appended, never edited."""

    lead_id: LeadId
    household_before: HouseholdId | None
    household_after: HouseholdId | None
    region_before: RegionCode
    region_after: RegionCode
    matter_before: str
    matter_after: str
    moved_at: datetime
    reason: str
    """Chinese sentence that a cadre of either place may read; it names no person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadView:
    """A lead as it stands now: what was opened, all its evidence, and its latest status."""

    lead: Lead
    evidence: tuple[LeadEvidence, ...]
    decisions: tuple[Decision, ...]
    notes: tuple[LeadNote, ...] = ()
    moves: tuple[LeadMove, ...] = ()

    @property
    def status(self) -> LeadStatus:
        """The latest decision's status, or new."""
        return self.decisions[-1].status if self.decisions else LeadStatus.NEW

    @property
    def risks(self) -> frozenset[Risk]:
        """Every category any of the evidence shows; what the lead was opened with when all evidence has left it."""
        return frozenset(risk for item in self.evidence for risk in item.risks) or self.lead.risks
