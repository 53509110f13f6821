"""What became of each petition that an office handed in: from the rows of its receipts to the leads they support."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, exists, func, select, union
from sqlalchemy.orm import aliased

from domain.accounts.access_scope import AccessScope
from domain.clock import china_date
from domain.counting.stage_report import StageName
from domain.deliveries.receipt import RowOutcome, Way
from domain.leads.decision_history import as_shown
from domain.leads.lead import LeadId, LeadStatus, LeadView, Phase
from domain.leads.petition_outcome import PetitionLimits, PetitionOutcome, PetitionState
from domain.texts.accusation import AccusationState, AccusationStep, state_of
from domain.texts.document import CONTENT_KEY, Document, DocumentId, Outcome, Petitioner
from domain.words.vocabulary import Role, Route
from storage.deliveries.office_receipts import of_office
from storage.deliveries.petitioner_marks import PetitionerMarks
from storage.leads.facets import midnight
from storage.leads.leads import Leads
from storage.session import Session, chunks
from storage.tables.documents import BreadcrumbRow, RawDocumentRow, RouteRow
from storage.tables.leads import EvidenceMoveRow, LeadEvidenceRow
from storage.tables.receipts import ReceiptEntryRow, ReceiptRow
from storage.texts.accusations import Accusations, OfficeScope
from storage.texts.documents import Documents, RawDocuments

_TAKEN = (RowOutcome.ACCEPTED.value, RowOutcome.CORRECTED.value)
_REASONS: Mapping[str, str] = {
    StageName.INGEST.value: "整理文本时略过",
    StageName.DEDUPLICATE.value: "与此前来件重复, 合并办理",
    StageName.ROUTE.value: "分流时略过",
    StageName.CLASSIFY.value: "没有读出返贫风险",
    StageName.MENTION.value: "没有找到人和地",
    StageName.LINK.value: "没有关联到本辖区的户或村",
    StageName.LEAD.value: "判读后没有形成线索",
}
"""By the stage that ended the way; the sentences of the stages themselves may quote the text."""
_PHASES = {
    Phase.OPEN: PetitionState.LEAD_OPEN,
    Phase.VERIFIED: PetitionState.LEAD_VERIFIED,
    Phase.MEASURED: PetitionState.LEAD_MEASURED,
    Phase.REPORTED: PetitionState.LEAD_REPORTED,
    Phase.CLOSED: PetitionState.LEAD_CLOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionFilter:
    """Which petitions; the office is required, so that nobody forgets it."""

    office: OfficeScope
    first: date
    """Days in China on which they came in; both included."""
    last: date
    way: Way | None = None
    number: str = ""
    """The office's own number, whole; empty for all."""
    petitioner: Petitioner | None = None
    """Who brought them in, by name, phone or ID number; whoever may not know petitioners must not ask."""
    besides: frozenset[DocumentId] = frozenset()
    """Petitions that are not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionReader:
    """Who reads it."""

    scope: AccessScope
    """Leads outside of it are told by their phase alone."""
    role: Role
    is_meant: Callable[[Document], bool]
    """True for an accusation that may mean the reader: for that person it is a petition that still waits."""


class PetitionOutcomes:
    """Read only; what was decided is shown as the role may know it."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def count(self, wanted: PetitionFilter) -> int:
        """How many petitions the filter has."""
        query = select(func.count()).select_from(self._taken(wanted).subquery())
        return self._session.connection.scalar(query) or 0

    def ids(self, wanted: PetitionFilter) -> list[DocumentId]:
        """Every petition that the filter has."""
        query = self._taken(wanted).with_only_columns(ReceiptEntryRow.document_id)
        return [DocumentId(found) for found in self._session.connection.scalars(query)]

    def page(
        self, wanted: PetitionFilter, reader: PetitionReader, limits: PetitionLimits, *, limit: int, offset: int
    ) -> list[PetitionOutcome]:
        """A page of them, the latest first."""
        query = self._taken(wanted).order_by(ReceiptRow.sequence.desc(), ReceiptEntryRow.position.desc())
        rows = self._session.connection.execute(query.limit(limit).offset(offset)).all()
        ids = [DocumentId(row.document_id) for row in rows]
        routes = self._routes(ids)
        known = _Known(
            numbers=self._numbers(ids),
            restricted=frozenset(one for one in ids if routes.get(one) is Route.RESTRICTED),
            untold=self._untold([one for one in ids if routes.get(one) is Route.RESTRICTED], reader),
            crumbs=self._crumbs(ids),
            leads=self._leads(ids, reader.role),
            steps=Accusations(self._session).steps(ids),
        )
        return [_outcome(row, known, reader.scope, limits) for row in rows]

    def _taken(self, wanted: PetitionFilter) -> Any:
        query, entry = _taken(wanted), ReceiptEntryRow.document_id
        if wanted.number:
            query = query.where(entry.in_(self._numbered(wanted.number)))
        if wanted.petitioner is not None:
            query = query.where(entry.in_(PetitionerMarks(self._session).brought_in_by(wanted.petitioner)))
        if wanted.besides:
            query = query.where(entry.not_in(sorted(wanted.besides)))
        return query

    def _numbered(self, number: str) -> list[str]:
        """Few enough to be named: SQLite goes through every row of the office for a query within the query."""
        keys = self._session.cipher.blind_indexes(number)
        known = (RawDocumentRow.external_hash, RawDocumentRow.number_hash)
        found = union(*(select(RawDocumentRow.id).where(one.in_(keys)) for one in known))
        return list(self._session.connection.scalars(found))

    def _untold(self, ids: Sequence[DocumentId], reader: PetitionReader) -> frozenset[DocumentId]:
        found = Documents(self._session).found(ids)
        return frozenset(one for one, document in found.items() if reader.is_meant(document))

    def _numbers(self, ids: Sequence[DocumentId]) -> dict[DocumentId, str]:
        found = RawDocuments(self._session).found(ids)
        keys = {one: raw.external_key for one, raw in found.items()}
        return {one: "" if key.startswith(CONTENT_KEY) else key for one, key in keys.items()}

    def _routes(self, ids: Sequence[DocumentId]) -> dict[str, Route]:
        found: dict[str, Route] = {}
        for part in chunks(ids):
            query = select(RouteRow.document_id, RouteRow.route).where(RouteRow.document_id.in_(part))
            for row in self._session.connection.execute(query.order_by(RouteRow.sequence)):
                found[row.document_id] = Route(row.route)
        return found

    def _crumbs(self, ids: Sequence[DocumentId]) -> dict[str, tuple[str, Outcome]]:
        """The stage that saw each document last, of those on the way, and how it left it."""
        found: dict[str, tuple[str, Outcome]] = {}
        for part in chunks(ids):
            query = select(BreadcrumbRow.document_id, BreadcrumbRow.stage, BreadcrumbRow.outcome).where(
                BreadcrumbRow.document_id.in_(part), BreadcrumbRow.stage.in_(sorted(_REASONS))
            )
            for row in self._session.connection.execute(query.order_by(BreadcrumbRow.sequence)):
                found[row.document_id] = (row.stage, Outcome(row.outcome))
        return found

    def _leads(self, ids: Sequence[DocumentId], role: Role) -> dict[str, LeadView]:
        """The latest lead that each document supports now."""
        pairs: dict[str, LeadId] = {}
        for part in chunks(ids):
            query = select(LeadEvidenceRow.document_id, LeadEvidenceRow.lead_id).where(
                LeadEvidenceRow.document_id.in_(part), ~_has_left()
            )
            for row in self._session.connection.execute(query.order_by(LeadEvidenceRow.sequence)):
                pairs[row.document_id] = LeadId(row.lead_id)
        views = Leads(self._session).many(set(pairs.values()))
        return {one: as_shown(views[lead_id], role) for one, lead_id in pairs.items() if lead_id in views}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was found of a page's documents."""

    numbers: Mapping[DocumentId, str]
    restricted: frozenset[DocumentId]
    untold: frozenset[DocumentId]
    """The restricted ones that do not exist for the reader."""
    crumbs: Mapping[str, tuple[str, Outcome]]
    leads: Mapping[str, LeadView]
    steps: Mapping[DocumentId, Sequence[AccusationStep]]


def _taken(wanted: PetitionFilter) -> Any:
    query = (
        select(ReceiptEntryRow.document_id, ReceiptRow.received_at, ReceiptRow.way)
        .join(ReceiptRow, ReceiptRow.sequence == ReceiptEntryRow.receipt)
        .where(
            of_office(wanted.office.region, wanted.office.is_house),
            ReceiptRow.received_at >= midnight(wanted.first),
            ReceiptRow.received_at < midnight(wanted.last + timedelta(days=1)),
            ReceiptEntryRow.outcome.in_(_TAKEN),
            # Rows of household registers carry the number of a household instead.
            exists().where(RawDocumentRow.id == ReceiptEntryRow.document_id),
        )
    )
    return query if wanted.way is None else query.where(ReceiptRow.way == wanted.way.value)


def _has_left() -> Any:
    later = aliased(EvidenceMoveRow)
    same = (
        EvidenceMoveRow.lead_id == LeadEvidenceRow.lead_id,
        EvidenceMoveRow.document_id == LeadEvidenceRow.document_id,
    )
    newer = exists().where(
        later.lead_id == EvidenceMoveRow.lead_id,
        later.document_id == EvidenceMoveRow.document_id,
        later.sequence > EvidenceMoveRow.sequence,
    )
    return exists().where(*same, EvidenceMoveRow.departed, ~newer)


def _outcome(row: Row[Any], known: _Known, scope: AccessScope, limits: PetitionLimits) -> PetitionOutcome:
    document_id = DocumentId(row.document_id)
    day = china_date(row.received_at)
    view = None if document_id in known.restricted else known.leads.get(document_id)
    state, reason = _standing(document_id, known, view)
    return PetitionOutcome(
        document_id=document_id,
        number=known.numbers.get(document_id, ""),
        received_on=day,
        way=Way(row.way),
        state=state,
        reason=reason,
        forward_by=day + timedelta(days=limits.forward_days),
        settle_by=day + timedelta(days=limits.settle_days),
        **(_told(view) if view is not None and scope.region.contains(view.lead.region) else {}),
    )


def _standing(document_id: DocumentId, known: _Known, view: LeadView | None) -> tuple[PetitionState, str]:
    if document_id in known.untold:
        return PetitionState.WAITING, ""
    if document_id in known.restricted:
        forwarded = state_of(known.steps.get(document_id, ())) is AccusationState.FORWARDED
        return (PetitionState.FORWARDED if forwarded else PetitionState.RESTRICTED), ""
    if view is not None:
        return _PHASES[view.status.phase], ""
    stage, outcome = known.crumbs.get(document_id, ("", Outcome.DONE))
    if outcome is Outcome.QUARANTINED:
        return PetitionState.UNCLEAR, ""
    finished = outcome is Outcome.SKIPPED or stage == StageName.LEAD.value
    return (PetitionState.NOTHING, _REASONS[stage]) if finished else (PetitionState.WAITING, "")


def _told(view: LeadView) -> dict[str, Any]:
    decisions = view.decisions[::-1]
    reported = next((one for one in decisions if one.status is LeadStatus.REPORTED_BACK), None)
    closed = decisions[0] if decisions and decisions[0].status.phase is Phase.CLOSED else None
    return {
        "lead_id": view.lead.id,
        "verdict": next((one.status for one in decisions if one.status.phase is Phase.VERIFIED), None),
        "measure": next((one.status for one in decisions if one.status.phase is Phase.MEASURED), None),
        "reported_on": china_date(reported.decided_at) if reported else None,
        "closed_on": china_date(closed.decided_at) if closed else None,
    }
