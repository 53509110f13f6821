"""Leads with their evidence, assessments and decisions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from domain.document import DocumentId
from domain.household import HouseholdId
from domain.lead import Decision, DueDates, Lead, LeadEvidence, LeadId, LeadNote, LeadStatus, LeadView, PriorityReason
from domain.region import RegionCode
from domain.risk import Risk
from domain.vocabulary import Scope
from storage.lead_filter import LeadFilter, latest_priority, restrict
from storage.session import Session, chunks
from storage.tables.leads import AssessmentRow, DecisionRow, LeadEvidenceRow, LeadNoteRow, LeadRiskRow, LeadRow


class Leads:
    """Leads as they stand: what was opened, all evidence, the latest priority and decisions."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, lead: Lead) -> None:
        """Append a lead; the same lead a second time changes nothing."""
        row = {
            "id": lead.id,
            "household_id": lead.household_id,
            "region": lead.region.digits,
            "scope": lead.scope.value,
            "matter": lead.matter,
            "opened_at": lead.opened_at,
            "pass_on": lead.due.pass_on,
            "visit": lead.due.visit,
            "decide": lead.due.decide,
        }
        if self._session.insert_new(LeadRow, [row]):
            self._add_risks(lead.id, lead.risks, opening=True)
            self.assess(lead.id, lead.priority, lead.priority_reasons, lead.opened_at)

    def add_evidence(self, evidence: LeadEvidence) -> bool:
        """True when the document is new to the lead."""
        row = {
            "lead_id": evidence.lead_id,
            "document_id": evidence.document_id,
            "risks": sorted(risk.value for risk in evidence.risks),
            "urgent": evidence.urgent,
            "added_at": evidence.added_at,
        }
        self._add_risks(evidence.lead_id, evidence.risks, opening=False)
        return self._session.insert_new(LeadEvidenceRow, [row]) == 1

    def add_note(self, note: LeadNote) -> None:
        """Append a remark; the same remark a second time changes nothing."""
        row = {
            "lead_id": note.lead_id,
            "document_id": note.document_id,
            "written_by": note.written_by,
            "written_at": note.written_at,
            "text": note.text,
        }
        self._session.insert_new(LeadNoteRow, [row])

    def assess(self, lead_id: LeadId, priority: int, reasons: Sequence[PriorityReason], at: datetime) -> None:
        """Append a priority; the latest orders the feed."""
        row = {
            "lead_id": lead_id,
            "priority": priority,
            "reasons": [[reason.points, reason.reason] for reason in reasons],
            "at": at,
        }
        self._session.insert_new(AssessmentRow, [row])

    def get(self, lead_id: LeadId) -> LeadView | None:
        """The lead as it stands."""
        query = select(LeadRow.__table__).where(LeadRow.id == lead_id)
        return next(iter(self._views(list(self._session.connection.execute(query)))), None)

    def by_matter(self, matter: str) -> list[LeadView]:
        """The leads of a matter, newest first."""
        query = select(LeadRow.__table__).where(LeadRow.matter == matter).order_by(LeadRow.opened_at.desc(), LeadRow.id)
        return self._views(list(self._session.connection.execute(query)))

    def of_document(self, document_id: DocumentId) -> list[LeadId]:
        """The leads a document supports."""
        query = select(LeadEvidenceRow.lead_id).where(LeadEvidenceRow.document_id == document_id)
        rows = self._session.connection.scalars(query.order_by(LeadEvidenceRow.sequence))
        return [LeadId(found) for found in rows]

    def feed(self, wanted: LeadFilter) -> list[LeadView]:
        """The leads of the filter, most pressing first."""
        query = restrict(select(LeadRow.__table__), wanted)
        query = query.order_by(latest_priority().desc(), LeadRow.opened_at, LeadRow.id)
        page = query.limit(wanted.limit).offset(wanted.offset)
        return self._views(list(self._session.connection.execute(page)))

    def count(self, wanted: LeadFilter) -> int:
        """How many leads the filter finds, whatever its limit."""
        found = restrict(select(LeadRow.id), wanted).subquery()
        return self._session.connection.scalar(select(func.count()).select_from(found)) or 0

    def _add_risks(self, lead_id: LeadId, risks: frozenset[Risk], *, opening: bool) -> None:
        rows = [{"lead_id": lead_id, "risk": risk.value, "opening": opening} for risk in sorted(risks)]
        self._session.insert_new(LeadRiskRow, rows)

    def _views(self, rows: Sequence[Row[Any]]) -> list[LeadView]:
        ids = [row.id for row in rows]
        risks = self._grouped(LeadRiskRow, ids, LeadRiskRow.risk)
        evidence = self._grouped(LeadEvidenceRow, ids, LeadEvidenceRow.sequence)
        assessments = self._grouped(AssessmentRow, ids, AssessmentRow.sequence)
        decisions = self._grouped(DecisionRow, ids, DecisionRow.sequence)
        notes = self._grouped(LeadNoteRow, ids, LeadNoteRow.sequence)
        return [
            LeadView(
                lead=_lead(row, risks[row.id], assessments[row.id][-1]),
                evidence=tuple(_evidence(one) for one in evidence[row.id]),
                decisions=tuple(decision_from(one) for one in decisions[row.id]),
                notes=tuple(_note(one) for one in notes[row.id]),
            )
            for row in rows
        ]

    def _grouped(self, table: Any, ids: Sequence[str], order: Any) -> dict[str, list[Row[Any]]]:
        found: dict[str, list[Row[Any]]] = defaultdict(list)
        for part in chunks(ids):
            query = select(table.__table__).where(table.lead_id.in_(part)).order_by(order)
            for row in self._session.connection.execute(query):
                found[row.lead_id].append(row)
        return found


class Decisions:
    """What people decided, in order."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def append(self, decision: Decision) -> None:
        """Append the decision."""
        row = {
            "lead_id": decision.lead_id,
            "status": decision.status.value,
            "decided_by": decision.decided_by,
            "decided_at": decision.decided_at,
            "reason": decision.reason,
            "visited_on": decision.visited_on,
            "household_id": decision.household_id,
        }
        self._session.insert_new(DecisionRow, [row])

    def of(self, lead_id: LeadId) -> list[Decision]:
        """The lead's decisions, oldest first."""
        query = select(DecisionRow.__table__).where(DecisionRow.lead_id == lead_id).order_by(DecisionRow.sequence)
        return [decision_from(row) for row in self._session.connection.execute(query)]

    def since(self, sequence: int, *, limit: int) -> list[tuple[int, Decision]]:
        """Decisions after a sequence number, each with its own."""
        query = select(DecisionRow.__table__).where(DecisionRow.sequence > sequence).order_by(DecisionRow.sequence)
        return [(row.sequence, decision_from(row)) for row in self._session.connection.execute(query.limit(limit))]


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
    )


def _lead(row: Row[Any], risks: Sequence[Row[Any]], assessment: Row[Any]) -> Lead:
    return Lead(
        id=LeadId(row.id),
        household_id=HouseholdId(row.household_id) if row.household_id else None,
        region=RegionCode(row.region),
        scope=Scope(row.scope),
        matter=row.matter,
        risks=frozenset(Risk(one.risk) for one in risks if one.opening),
        opened_at=row.opened_at,
        due=DueDates(pass_on=row.pass_on, visit=row.visit, decide=row.decide),
        priority=assessment.priority,
        priority_reasons=tuple(PriorityReason(points=points, reason=reason) for points, reason in assessment.reasons),
    )


def _evidence(row: Row[Any]) -> LeadEvidence:
    return LeadEvidence(
        lead_id=LeadId(row.lead_id),
        document_id=DocumentId(row.document_id),
        risks=frozenset(Risk(risk) for risk in row.risks),
        urgent=row.urgent,
        added_at=row.added_at,
    )


def _note(row: Row[Any]) -> LeadNote:
    return LeadNote(
        lead_id=LeadId(row.lead_id),
        document_id=DocumentId(row.document_id),
        written_by=row.written_by,
        written_at=row.written_at,
        text=row.text,
    )
