"""Leads with their evidence, assessments and moves."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, literal, select, tuple_, update

from domain.accounts.access_scope import AccessScope
from domain.clock import CHINA
from domain.leads.lead import (
    DueDates,
    Lead,
    LeadEvidence,
    LeadId,
    LeadMove,
    LeadNote,
    LeadView,
    PriorityReason,
)
from domain.leads.withdrawn_lead import since_transfer
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.sending.outgoing import EventKind
from domain.texts.document import DocumentId
from storage.columns import Base
from storage.leads.assignments import assignment_from
from storage.leads.departed_evidence import has_departed
from storage.leads.feed_entries import FEED_ORDER, FeedEntries
from storage.leads.filter import LeadFilter, restrict
from storage.leads.rows import days_of, decision_from, due_from, evidence_from, lead_from, move_from, note_from
from storage.leads.search_signatures import SearchSignatures
from storage.outgoing.events import Outgoing
from storage.session import Session, chunks
from storage.tables.feed import FeedEntryRow
from storage.tables.leads import (
    AssessmentRow,
    DecisionRow,
    EvidenceMoveRow,
    LeadEvidenceRow,
    LeadMoveRow,
    LeadNoteRow,
    LeadRiskRow,
    LeadRow,
)
from storage.tables.workflow import AssignmentRow, DeadlinesRow
from storage.texts.documents import Documents
from storage.visibility import lead_visible

_ORDERED: Sequence[tuple[Any, Any]] = (
    (LeadRiskRow, LeadRiskRow.risk),
    (LeadEvidenceRow, LeadEvidenceRow.sequence),
    (EvidenceMoveRow, EvidenceMoveRow.sequence),
    (AssessmentRow, AssessmentRow.sequence),
    (DecisionRow, DecisionRow.sequence),
    (LeadNoteRow, LeadNoteRow.sequence),
    (LeadMoveRow, LeadMoveRow.sequence),
    (AssignmentRow, AssignmentRow.sequence),
)
_OF_LEADS = {
    table: select(table.__table__).where(table.lead_id.in_(bindparam("ids", expanding=True))).order_by(order)
    for table, order in _ORDERED
}
"""Made once: every page asks all of them, and making them anew takes longer than running them."""


class Leads:
    """Leads as they stand: what was opened, all evidence, the latest priority and decisions."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, lead: Lead, evidence: LeadEvidence | None = None) -> None:
        """Append a lead, with the text that raised it where there is one; the same a second time changes nothing."""
        row = {
            "id": lead.id,
            "household_id": lead.household_id,
            "region": lead.region.digits,
            "scope": lead.scope.value,
            "matter": lead.matter,
            "opened_at": lead.opened_at,
            **days_of(lead.due),
            "unsourced": lead.unsourced,
        }
        if self._session.insert_new(LeadRow, [row]):
            self._note_days(lead.id, lead.due, lead.opened_at)
            self._add_risks(lead.id, lead.risks, opening=True)
            self._append_assessment(lead.id, lead.priority, lead.priority_reasons, lead.opened_at)
            if evidence is None:
                FeedEntries(self._session).refresh([lead.id])
        if evidence is not None:
            self.add_evidence(evidence)

    def add_evidence(self, evidence: LeadEvidence) -> bool:
        """True when the document is new to the lead; one that had left it is back."""
        row = {
            "lead_id": evidence.lead_id,
            "document_id": evidence.document_id,
            "risks": sorted(risk.value for risk in evidence.risks),
            "urgent": evidence.urgent,
            "added_at": evidence.added_at,
        }
        self._add_risks(evidence.lead_id, evidence.risks, opening=False)
        new = self._session.insert_new(LeadEvidenceRow, [row]) == 1
        texts = Documents(self._session).found([evidence.document_id]).values()
        SearchSignatures(self._session).add(evidence.lead_id, [one.content for one in texts])
        if not new and evidence.document_id in self._departed([evidence.lead_id])[evidence.lead_id]:
            self._move_evidence(evidence.lead_id, evidence.document_id, departed=False, at=evidence.added_at)
        else:
            FeedEntries(self._session).refresh([evidence.lead_id])
        return new

    def leave(self, lead_id: LeadId, document_id: DocumentId, at: datetime) -> None:
        """The document supports another lead now; this one keeps the record that it did, and shows it no more."""
        self._move_evidence(lead_id, document_id, departed=True, at=at)

    def move(self, move: LeadMove) -> None:
        """Point the lead at another household or matter and append where it pointed before, and why."""
        pointing = update(LeadRow).where(LeadRow.id == move.lead_id)
        now = {
            "household_id": move.household_after,
            "region": move.region_after.digits,
            "matter": move.matter_after,
        }
        self._session.connection.execute(pointing.values(now))
        row = {
            "lead_id": move.lead_id,
            "household_before": move.household_before,
            "household_after": move.household_after,
            "region_before": move.region_before.digits,
            "region_after": move.region_after.digits,
            "matter_before": move.matter_before,
            "matter_after": move.matter_after,
            "moved_at": move.moved_at,
            "reason": move.reason,
        }
        self._session.insert_new(LeadMoveRow, [row])
        FeedEntries(self._session).refresh([move.lead_id])
        Outgoing(self._session).note(EventKind.MOVED, move.lead_id, move.moved_at)

    def set_due(self, lead_id: LeadId, due: DueDates, at: datetime) -> None:
        """Put other days in force; the earlier ones stay recorded."""
        self._session.connection.execute(update(LeadRow).where(LeadRow.id == lead_id).values(days_of(due)))
        FeedEntries(self._session).refresh([lead_id])
        self._note_days(lead_id, due, at)

    def earlier_due(self, lead_id: LeadId) -> DueDates | None:
        """The days that were in force before the present ones; None where the present ones are the first."""
        query = select(DeadlinesRow.__table__).where(DeadlinesRow.lead_id == lead_id)
        rows = self._session.connection.execute(query.order_by(DeadlinesRow.sequence.desc()).limit(2)).all()
        return due_from(rows[1]) if len(rows) > 1 else None

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
        self._append_assessment(lead_id, priority, reasons, at)
        FeedEntries(self._session).refresh([lead_id])

    def get(self, lead_id: LeadId) -> LeadView | None:
        """The lead as it stands."""
        query = select(LeadRow.__table__).where(LeadRow.id == lead_id)
        return next(iter(self._views(list(self._session.connection.execute(query)))), None)

    def many(self, ids: Collection[LeadId]) -> dict[LeadId, LeadView]:
        """The leads of these ids as they stand."""
        return self._of_ids(ids)

    def opened(self, region: RegionCode, first: date | None, last: date | None) -> list[LeadId]:
        """The leads of a division that were opened on these days in China, the earliest first."""
        query = select(LeadRow.id).where(lead_visible(AccessScope.everything_in(region)))
        if first is not None:
            query = query.where(LeadRow.opened_at >= datetime.combine(first, time.min, CHINA))
        if last is not None:
            query = query.where(LeadRow.opened_at < datetime.combine(last + timedelta(days=1), time.min, CHINA))
        rows = self._session.connection.scalars(query.order_by(LeadRow.opened_at, LeadRow.id))
        return [LeadId(found) for found in rows]

    def inside(self, lead_id: LeadId, scope: AccessScope) -> LeadView | None:
        """The lead as it stands, when it lies inside the scope, and as far as that goes."""
        return self.many_inside([lead_id], scope).get(lead_id)

    def many_inside(self, ids: Collection[LeadId], scope: AccessScope) -> dict[LeadId, LeadView]:
        """Those of these leads that lie inside the scope, as they stand and as far as it goes."""
        found = self._of_ids(ids, lead_visible(scope))
        return {view.lead.id: view for view in _within(found.values(), scope)}

    def hold(self, ids: Collection[LeadId]) -> None:
        """Let nobody else hold these leads until the transaction ends; what is read afterwards stays true.

        Whoever decides from a lead's status holds it first: two people, or a person and the system, would otherwise
        both find it open.
        """
        # One after the other in the order of their ids, so that two who hold many never wait for each other.
        for part in chunks(sorted(ids)):
            query = select(LeadRow.id).where(LeadRow.id.in_(part)).order_by(LeadRow.id).with_for_update()
            self._session.connection.execute(query).all()

    def open_of_households(self, ids: Sequence[HouseholdId]) -> list[LeadView]:
        """The open leads that point at these households, oldest first."""
        rows: list[Row[Any]] = []
        for part in chunks(ids):
            query = select(LeadRow.__table__).join(FeedEntryRow, FeedEntryRow.lead_id == LeadRow.id)
            query = query.where(LeadRow.household_id.in_(part), FeedEntryRow.section == 0)
            rows += self._session.connection.execute(query)
        return self._views(sorted(rows, key=lambda row: (row.opened_at, row.id)))

    def left_by(self, document_id: DocumentId) -> list[LeadId]:
        """The leads that the document supported once and supports no more."""
        query = select(LeadEvidenceRow.lead_id).where(LeadEvidenceRow.document_id == document_id, has_departed())
        rows = self._session.connection.scalars(query.order_by(LeadEvidenceRow.sequence))
        return [LeadId(found) for found in rows]

    def left_at(self, lead_id: LeadId, at: datetime) -> list[LeadEvidence]:
        """The texts that left the lead at this moment and have not come back, as they supported it."""
        moves = self._grouped(EvidenceMoveRow, [lead_id])[lead_id]
        latest = {one.document_id: one for one in moves}.values()
        gone = {one.document_id for one in latest if one.departed and one.at == at}
        rows = self._grouped(LeadEvidenceRow, [lead_id])[lead_id]
        return [evidence_from(one) for one in rows if one.document_id in gone]

    def came_at(self, lead_id: LeadId, at: datetime) -> set[DocumentId]:
        """The texts that the lead got, or got back, at this moment."""
        moves = self._grouped(EvidenceMoveRow, [lead_id])[lead_id]
        rows = self._grouped(LeadEvidenceRow, [lead_id])[lead_id]
        came = {one.document_id for one in rows if one.added_at == at}
        return came | {one.document_id for one in moves if not one.departed and one.at == at}

    def holding_what_left(self, lead_id: LeadId, scope: AccessScope) -> list[LeadId]:
        """The leads inside the scope that the texts which left this lead support now."""
        left = select(LeadEvidenceRow.document_id).where(LeadEvidenceRow.lead_id == lead_id, has_departed())
        documents = list(self._session.connection.scalars(left))
        if not documents:
            return []
        query = (
            select(LeadEvidenceRow.lead_id)
            .join(LeadRow, LeadRow.id == LeadEvidenceRow.lead_id)
            .where(LeadEvidenceRow.document_id.in_(documents), ~has_departed(), lead_visible(scope))
        )
        return sorted({LeadId(found) for found in self._session.connection.scalars(query)})

    def by_matter(self, matter: str) -> list[LeadView]:
        """The leads of a matter, newest first."""
        query = select(LeadRow.__table__).where(LeadRow.matter == matter).order_by(LeadRow.opened_at.desc(), LeadRow.id)
        return self._views(list(self._session.connection.execute(query)))

    def documents_of_matter(self, matter: str) -> set[DocumentId]:
        """The texts that support a lead of the matter now."""
        query = select(LeadEvidenceRow.document_id).join(LeadRow, LeadRow.id == LeadEvidenceRow.lead_id)
        rows = self._session.connection.scalars(query.where(LeadRow.matter == matter, ~has_departed()))
        return {DocumentId(found) for found in rows}

    def of_document(self, document_id: DocumentId) -> list[LeadId]:
        """The leads a document supports."""
        query = select(LeadEvidenceRow.lead_id).where(LeadEvidenceRow.document_id == document_id, ~has_departed())
        rows = self._session.connection.scalars(query.order_by(LeadEvidenceRow.sequence))
        return [LeadId(found) for found in rows]

    def feed(self, wanted: LeadFilter) -> list[LeadView]:
        """The leads of the filter: open ones first, then the most pressing, then the oldest.

        `after` names where the page before ended; a lead that is not inside the region, or none, begins at the first.
        """
        query = self._restricted(select(LeadRow.__table__), wanted)
        last = None if wanted.after is None else self._place_of(wanted.after, wanted.scope)
        if last is not None:
            query = query.where(tuple_(*FEED_ORDER) > tuple_(*last))
        page = query.order_by(*FEED_ORDER).limit(wanted.limit).offset(wanted.offset)
        return _within(self._views(list(self._session.connection.execute(page))), wanted.scope)

    def count(self, wanted: LeadFilter, *, most: int | None = None) -> int:
        """How many leads the filter finds, whatever its limit; counting ends at `most` where it is given."""
        found = self._restricted(select(LeadRow.id), wanted).limit(most).subquery()
        return self._session.connection.scalar(select(func.count()).select_from(found)) or 0

    def _of_ids(self, ids: Collection[LeadId], *narrowing: ColumnElement[bool]) -> dict[LeadId, LeadView]:
        rows: list[Row[Any]] = []
        for part in chunks(sorted(ids)):
            query = select(LeadRow.__table__).where(LeadRow.id.in_(part), *narrowing)
            rows += self._session.connection.execute(query)
        return {view.lead.id: view for view in self._views(rows)}

    def _append_assessment(
        self, lead_id: LeadId, priority: int, reasons: Sequence[PriorityReason], at: datetime
    ) -> None:
        row = {
            "lead_id": lead_id,
            "priority": priority,
            "reasons": [[reason.points, reason.reason, reason.of_sources] for reason in reasons],
            "at": at,
        }
        self._session.insert_new(AssessmentRow, [row])

    def _note_days(self, lead_id: LeadId, due: DueDates, at: datetime) -> None:
        self._session.insert_new(DeadlinesRow, [{"lead_id": lead_id, **days_of(due), "set_at": at}])

    def _restricted(self, query: Select[Any], wanted: LeadFilter) -> Select[Any]:
        """Leads with their entries and every condition; what a search finds may only hold its words, see there."""
        signatures = SearchSignatures(self._session)
        held = [signatures.may_hold(term) for term in wanted.terms]
        return restrict(query.join(FeedEntryRow, FeedEntryRow.lead_id == LeadRow.id), wanted).where(*held)

    def _place_of(self, lead_id: LeadId, scope: AccessScope) -> list[ColumnElement[Any]] | None:
        query = select(*FEED_ORDER).join(LeadRow, LeadRow.id == FeedEntryRow.lead_id)
        query = query.where(FeedEntryRow.lead_id == lead_id, lead_visible(scope))
        row = self._session.connection.execute(query).one_or_none()
        if row is None:
            return None
        return [literal(value, type_=column.type) for value, column in zip(row, FEED_ORDER, strict=True)]

    def _add_risks(self, lead_id: LeadId, risks: frozenset[Risk], *, opening: bool) -> None:
        rows = [{"lead_id": lead_id, "risk": risk.value, "opening": opening} for risk in sorted(risks)]
        self._session.insert_new(LeadRiskRow, rows)

    def _move_evidence(self, lead_id: LeadId, document_id: DocumentId, *, departed: bool, at: datetime) -> None:
        row = {"lead_id": lead_id, "document_id": document_id, "departed": departed, "at": at}
        self._session.insert_new(EvidenceMoveRow, [row])
        FeedEntries(self._session).refresh([lead_id])

    def _departed(self, ids: Sequence[str]) -> dict[str, set[str]]:
        """The documents that have left each lead."""
        moves = self._grouped(EvidenceMoveRow, ids)
        latest = {lead_id: {one.document_id: one.departed for one in of_lead} for lead_id, of_lead in moves.items()}
        return {
            lead_id: {document_id for document_id, departed in latest.get(lead_id, {}).items() if departed}
            for lead_id in ids
        }

    def _views(self, rows: Sequence[Row[Any]]) -> list[LeadView]:
        ids = [row.id for row in rows]
        risks = self._grouped(LeadRiskRow, ids)
        evidence = self._grouped(LeadEvidenceRow, ids)
        assessments = self._grouped(AssessmentRow, ids)
        decisions = self._grouped(DecisionRow, ids)
        notes = self._grouped(LeadNoteRow, ids)
        moves = self._grouped(LeadMoveRow, ids)
        assigned = self._grouped(AssignmentRow, ids)
        departed = self._departed(ids)
        return [
            LeadView(
                lead=lead_from(row, risks[row.id], assessments[row.id][-1]),
                evidence=tuple(
                    evidence_from(one) for one in evidence[row.id] if one.document_id not in departed[row.id]
                ),
                decisions=tuple(decision_from(one) for one in decisions[row.id]),
                notes=tuple(note_from(one) for one in notes[row.id]),
                moves=tuple(move_from(one) for one in moves[row.id]),
                assignment=assignment_from(assigned[row.id][-1]) if assigned[row.id] else None,
            )
            for row in rows
        ]

    def _grouped(self, table: type[Base], ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
        found: dict[str, list[Row[Any]]] = defaultdict(list)
        for part in chunks(ids):
            for row in self._session.connection.execute(_OF_LEADS[table], {"ids": part}):
                found[row.lead_id].append(row)
        return found


def _within(views: Iterable[LeadView], scope: AccessScope) -> list[LeadView]:
    """A department is given a lead's way from the transfer on, whoever asks, and none that it lost at this moment."""
    if scope.department is None:
        return list(views)
    told = (since_transfer(view, scope.department) for view in views)
    return [view for view in told if view is not None]
