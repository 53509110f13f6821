"""Rows of leads as domain types, and back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from domain.leads.lead import (
    Decision,
    DueDates,
    Lead,
    LeadEvidence,
    LeadId,
    LeadMove,
    LeadNote,
    LeadStatus,
    PriorityReason,
)
from domain.leads.step import Step
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.texts.document import DocumentId
from domain.words.vocabulary import Scope


def due_from(row: Row[Any]) -> DueDates:
    """By when each step is owed."""
    return DueDates(
        pass_on=row.pass_on, visit=row.visit, decide=row.decide, measure=row.measure, report_back=row.report_back
    )


def days_of(due: DueDates) -> dict[str, date]:
    """The same as columns."""
    return {
        "pass_on": due.pass_on,
        "visit": due.visit,
        "decide": due.decide,
        "measure": due.measure,
        "report_back": due.report_back,
    }


def _reason(points: int, reason: str, of_sources: bool = True) -> PriorityReason:
    """Rows from before it was noted do not say what a reason tells of: then it is kept from whoever may not know."""
    return PriorityReason(points=points, reason=reason, of_sources=of_sources)


def lead_from(row: Row[Any], risks: Sequence[Row[Any]], assessment: Row[Any]) -> Lead:
    """The lead with the categories it was opened with and its latest priority."""
    return Lead(
        id=LeadId(row.id),
        household_id=HouseholdId(row.household_id) if row.household_id else None,
        region=RegionCode(row.region),
        scope=Scope(row.scope),
        matter=row.matter,
        risks=frozenset(Risk(one.risk) for one in risks if one.opening),
        opened_at=row.opened_at,
        due=due_from(row),
        priority=assessment.priority,
        priority_reasons=tuple(_reason(*one) for one in assessment.reasons),
        unsourced=row.unsourced,
    )


def evidence_from(row: Row[Any]) -> LeadEvidence:
    """One text that supports a lead."""
    return LeadEvidence(
        lead_id=LeadId(row.lead_id),
        document_id=DocumentId(row.document_id),
        risks=frozenset(Risk(risk) for risk in row.risks),
        urgent=row.urgent,
        added_at=row.added_at,
    )


def note_from(row: Row[Any]) -> LeadNote:
    """One remark."""
    return LeadNote(
        lead_id=LeadId(row.lead_id),
        document_id=DocumentId(row.document_id),
        written_by=row.written_by,
        written_at=row.written_at,
        text=row.text,
    )


def move_from(row: Row[Any]) -> LeadMove:
    """Where a lead pointed before and after."""
    return LeadMove(
        lead_id=LeadId(row.lead_id),
        household_before=HouseholdId(row.household_before) if row.household_before else None,
        household_after=HouseholdId(row.household_after) if row.household_after else None,
        region_before=RegionCode(row.region_before),
        region_after=RegionCode(row.region_after),
        matter_before=row.matter_before,
        matter_after=row.matter_after,
        moved_at=row.moved_at,
        reason=row.reason,
    )


def decision_from(row: Row[Any]) -> Decision:
    """The decision of a row."""
    return Decision(
        lead_id=LeadId(row.lead_id),
        status=LeadStatus(row.status),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
        visited_on=row.visited_on,
        household_id=HouseholdId(row.household_id) if row.household_id else None,
        step=Step(row.step) if row.step else None,
        department=row.department,
        other_lead=LeadId(row.other_lead) if row.other_lead else None,
        measures=row.measures,
        not_taken_in=row.not_taken_in,
        signed=row.signed,
    )
