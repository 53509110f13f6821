"""Leads: what cadres review. A lead is never a decision about benefits; a person verifies it at the door."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NewType

from domain.labelled import Labelled
from domain.leads.step import Step
from domain.places.region import Level, RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.texts.document import DocumentId
from domain.words.vocabulary import Role, Scope

LeadId = NewType("LeadId", str)
SYSTEM = "system"
"""Who is written as the author of what no person decided."""
SPLIT_OFF = "split:"
"""How the matter of a lead begins that a person took out of another."""


class Phase(Labelled):
    """How far a lead has come; every status belongs to one phase."""

    OPEN = "open", "待核查"
    VERIFIED = "verified", "已核查"
    MEASURED = "measured", "已处置"
    REPORTED = "reported", "已反馈"
    CLOSED = "closed", "已办结"


class LeadStatus(Labelled):
    """Where a lead stands."""

    NEW = "new", "新线索"
    ASSIGNED = "assigned", "已派办"
    VISITING = "visiting", "入户中"
    VISITED_IN_VAIN = "visited_in_vain", "上门未果"
    CONFIRMED = "confirmed", "属实"
    PARTLY_CONFIRMED = "partly_confirmed", "部分属实"
    NOT_CONFIRMED = "not_confirmed", "不属实"
    ALREADY_KNOWN = "already_known", "已在册"
    NOT_HERE = "not_here", "不属本镇"
    DUPLICATE = "duplicate", "重复"
    TAKEN_INTO_MONITORING = "taken_into_monitoring", "已纳入监测"
    SINGLE_RELIEF = "single_relief", "已单项救助"
    POLICY_EXPLAINED = "policy_explained", "已作政策解释"
    TO_DEPARTMENT = "to_department", "已转部门"
    HANDLED_ABOVE = "handled_above", "上级处理"
    TO_DISCIPLINE = "to_discipline", "已转纪检"
    REPORTED_BACK = "reported_back", "已反馈来源"
    MERGED = "merged", "已并案"
    CLOSED = "closed", "已销号"

    @property
    def phase(self) -> Phase:
        """How far a lead with this status has come."""
        return _PHASES[self]


_PHASES = {
    LeadStatus.NEW: Phase.OPEN,
    LeadStatus.ASSIGNED: Phase.OPEN,
    LeadStatus.VISITING: Phase.OPEN,
    LeadStatus.VISITED_IN_VAIN: Phase.OPEN,
    LeadStatus.CONFIRMED: Phase.VERIFIED,
    LeadStatus.PARTLY_CONFIRMED: Phase.VERIFIED,
    LeadStatus.NOT_CONFIRMED: Phase.VERIFIED,
    LeadStatus.ALREADY_KNOWN: Phase.VERIFIED,
    LeadStatus.NOT_HERE: Phase.VERIFIED,
    LeadStatus.DUPLICATE: Phase.VERIFIED,
    LeadStatus.TAKEN_INTO_MONITORING: Phase.MEASURED,
    LeadStatus.SINGLE_RELIEF: Phase.MEASURED,
    LeadStatus.POLICY_EXPLAINED: Phase.MEASURED,
    LeadStatus.TO_DEPARTMENT: Phase.MEASURED,
    LeadStatus.HANDLED_ABOVE: Phase.MEASURED,
    LeadStatus.TO_DISCIPLINE: Phase.MEASURED,
    LeadStatus.REPORTED_BACK: Phase.REPORTED,
    LeadStatus.MERGED: Phase.CLOSED,
    LeadStatus.CLOSED: Phase.CLOSED,
}


OPEN_STATUSES: frozenset[LeadStatus] = frozenset(one for one in LeadStatus if one.phase is Phase.OPEN)
"""New evidence about the same matter joins a lead in one of these; afterwards it opens a new lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityReason:
    """One reason for a lead's place in the feed."""

    points: int
    reason: str
    """Chinese sentence that a cadre understands."""
    of_sources: bool = False
    """True when it tells how often, or from how many sides, the matter came in; not everybody may know that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDates:
    """By when each step is owed, from the policy file in force."""

    pass_on: date
    visit: date
    decide: date
    measure: date
    report_back: date


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
    unsourced: bool = False
    """Registered by hand, without a text: a household, a category and that there is a difficulty."""

    @property
    def split_off(self) -> bool:
        """True while it is what a person took out of another lead, and nobody has said which household it is."""
        return self.matter.startswith(SPLIT_OFF)

    def may_be_one_with(self, other: "Lead") -> bool:
        """The same household, or one place while either is linked to none: then a person knows better."""
        households = {self.household_id, other.household_id}
        near = self.region.contains(other.region) or other.region.contains(self.region)
        return near and len(households - {None}) <= 1


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
    step: Step | None = None
    """Which step of the table it was; None for what the system noted before there was a table."""
    department: str = ""
    """Slug of the department that a transfer goes to."""
    other_lead: LeadId | None = None
    """The lead that this one was merged into, or is a duplicate of."""
    measures: str = ""
    """What was done (已落实措施)."""
    not_taken_in: str = ""
    """Why the household is not taken into monitoring (不纳入原因)."""
    signed: bool | None = None
    """True when the household signed what was found, False when it would not or could not; None: not asked."""


WORKS_AT = {Role.VILLAGE: Level.VILLAGE, Role.TOWN: Level.TOWN}
"""The widest division whose leads whoever holds them sees; those of other roles see all of the county."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who has to work on a lead; appended, never edited, the latest counts."""

    lead_id: LeadId
    holder: Role
    """VILLAGE, TOWN or LEADER (the county): nobody below may work on the lead."""
    assignee: str
    """User name; empty when anybody of the holder's level may take it up."""
    assigned_by: str
    assigned_at: datetime
    reason: str
    """Chinese sentence that everybody who sees the lead may read; it never tells who was passed over and why."""


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
    assignment: Assignment | None = None

    @property
    def status(self) -> LeadStatus:
        """The latest decision's status, or new."""
        return self.decisions[-1].status if self.decisions else LeadStatus.NEW

    @property
    def untouched(self) -> bool:
        """True when nothing was decided but that the system gave the lead to somebody; it may do so again."""
        return all(one.decided_by == SYSTEM and one.step is Step.ASSIGN for one in self.decisions)

    @property
    def carried_out(self) -> bool:
        """True when what was done has been recorded since the latest measure was decided."""
        return bool(self.decisions and self.decisions[-1].measures)

    @property
    def days_in_vain(self) -> tuple[date, ...]:
        """The days on which somebody was at this door for nothing since it last led to something, in their order."""
        return days_in_vain(self.decisions, self.moves)

    @property
    def superseding(self) -> Decision | None:
        """The decision by which another lead goes on in place of this one; None while this one goes on itself.

        It holds when the source has its answer and the lead is closed, and ends when somebody works on the lead again.
        It names no lead where the system gave the lead up, nor in old records. Where the one that it named went away,
        the system names the next.
        """
        found = None
        for one in self.decisions:
            if one.status in (LeadStatus.DUPLICATE, LeadStatus.MERGED):
                found = one
            elif one.status.phase not in (Phase.REPORTED, Phase.CLOSED):
                found = None
            elif found is not None and one.other_lead is not None:
                found = replace(found, other_lead=one.other_lead)
        return found

    @property
    def risks(self) -> frozenset[Risk]:
        """Every category any of the evidence shows; what the lead was opened with where it has none, or had none."""
        shown = frozenset(risk for item in self.evidence for risk in item.risks)
        return shown | self.lead.risks if self.lead.unsourced else shown or self.lead.risks


def days_in_vain(decisions: Iterable[Decision], moves: Iterable[LeadMove]) -> tuple[date, ...]:
    """The days on which somebody was at the door for nothing since it last led to something, in their order.

    Two who went on one day, or one who knocked twice on it, tried once. What was taken back does not count, nor what
    was before the lead pointed at the household that it points at now.
    """
    moved = max((one.moved_at for one in moves if one.household_before != one.household_after), default=None)
    days: set[date] = set()
    for one in _not_taken_back(decisions):
        if one.status.phase is not Phase.OPEN or one.step is Step.REOPEN:
            days = set()
        elif one.step is Step.VISIT_IN_VAIN and one.visited_on and (moved is None or one.decided_at > moved):
            days.add(one.visited_on)
    return tuple(sorted(days))


def _not_taken_back(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions without those that their author took back, and without the taking back."""
    stood: list[Decision] = []
    for one in decisions:
        if one.step is Step.UNDO:
            stood = stood[:-1]
        else:
            stood.append(one)
    return stood
