"""What has been kept long enough: found in order of age, then emptied; rows stay so that nothing is taken in twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from domain.texts.document import Breadcrumb, Document, DocumentId, Outcome, RawDocument
from domain.words.vocabulary import Channel
from storage.columns import Base
from storage.encryption.sealed import DOCUMENT, RAW_DOCUMENT
from storage.session import Session
from storage.tables.documents import (
    BreadcrumbRow,
    DocumentRow,
    DuplicateRow,
    RawDocumentRow,
    RouteRow,
)
from storage.tables.leads import LeadEvidenceRow
from storage.tables.receipts import ReceiptEntryRow, ReceiptRow
from storage.tables.registry import HouseholdRow, MonitoringRow, PersonChangeRow, PersonRow, RegistryVersionRow
from storage.tables.second_reading import JudgementEndingRow, JudgementRow, SecondReadingRow
from storage.tables.watch import NoticeRow
from storage.texts.breadcrumbs import Breadcrumbs
from storage.texts.documents import document_record, raw_record

_STAYS = frozenset(
    {
        # Fingerprints, divisions and numbers: what is allowed to stay so that nothing is taken in or counted twice.
        "document_places",
        "document_versions",
        "duplicates",
        "routes",
        "receipt_entries",
        # What people decided, and requests by their number: no word of a text stands there.
        "household_judgements",
        "judgements",
        "second_requests",
        # A text in one of these supports a lead and is never emptied.
        "lead_evidence",
        "lead_evidence_moves",
        "lead_notes",
    }
)
"""Tables about documents that keep their rows; every other one, of today or of tomorrow, loses them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedText:
    """A text without a lead, with how far it came."""

    id: DocumentId
    received_at: datetime
    outcome: Outcome | None
    """How the last stage that saw it left it; None where none has."""
    detail: str
    disputed: bool
    """A second reader disagrees about it, and nobody has decided."""


class Retention:
    """Finds and empties."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def without_lead(
        self, *, before: datetime, after: tuple[datetime, str] | None, stages: Sequence[str], limit: int
    ) -> list[AgedText]:
        """Texts received before a moment that support no lead, nor does a repeat of theirs; oldest first.

        Texts with a judgement that waits to be applied are left out. `after` is where the last page ended.
        """
        query = select(
            RawDocumentRow.id,
            RawDocumentRow.received_at,
            _last_crumb(BreadcrumbRow.outcome, stages).label("outcome"),
            _last_crumb(BreadcrumbRow.detail, stages).label("detail"),
            _disputed().label("disputed"),
        ).where(
            RawDocumentRow.received_at < before,
            RawDocumentRow.anonymised_at.is_(None),
            ~_supports_a_lead(),
            ~_judgement_waits(),
        )
        if after is not None:
            later = and_(RawDocumentRow.received_at == after[0], RawDocumentRow.id > after[1])
            query = query.where(or_(RawDocumentRow.received_at > after[0], later))
        rows = self._session.connection.execute(
            query.order_by(RawDocumentRow.received_at, RawDocumentRow.id).limit(limit)
        )
        return [
            AgedText(
                id=DocumentId(row.id),
                received_at=row.received_at,
                outcome=Outcome(row.outcome) if row.outcome else None,
                detail=row.detail or "",
                disputed=bool(row.disputed),
            )
            for row in rows
        ]

    def anonymise(self, crumbs: Sequence[Breadcrumb]) -> None:
        """Empty the texts of these crumbs and everything said of them; the crumb is what stays of their way."""
        ids = [crumb.document_id for crumb in crumbs]
        connection = self._session.connection
        for document_id, crumb in zip(ids, crumbs, strict=True):
            empty = raw_record(_nothing(document_id, crumb.at))
            changed = {"sealed": self._session.seal(empty, RAW_DOCUMENT.of(document_id)), "anonymised_at": crumb.at}
            connection.execute(update(RawDocumentRow).where(RawDocumentRow.id == document_id).values(changed))
            record = document_record(_no_document(document_id, crumb.at))
            sealed = self._session.seal(record, DOCUMENT.of(document_id))
            connection.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(sealed=sealed))
        for table in reversed(Base.metadata.sorted_tables):
            if "document_id" in table.columns and table.name not in _STAYS:
                connection.execute(delete(table).where(table.columns["document_id"].in_(ids)))
        # The rule may quote the text; that it is restricted stays.
        connection.execute(update(RouteRow).where(RouteRow.document_id.in_(ids)).values(rule=""))
        Breadcrumbs(self._session).append_many(crumbs)

    def receipts_before(self, moment: datetime, limit: int) -> list[int]:
        """Receipts that still hold values of cells or the name of their file."""
        query = select(ReceiptRow.sequence).where(ReceiptRow.received_at < moment, ReceiptRow.sealed.is_not(None))
        return list(self._session.connection.scalars(query.order_by(ReceiptRow.sequence).limit(limit)))

    def empty_receipts(self, numbers: Sequence[int]) -> None:
        """Take values and names out of the receipts; counts, outcomes and the file's fingerprint stay."""
        connection = self._session.connection
        entries = update(ReceiptEntryRow).where(
            ReceiptEntryRow.receipt.in_(numbers), ReceiptEntryRow.sealed.is_not(None)
        )
        connection.execute(entries.values(sealed=None))
        # An import that was broken off so long ago can no longer go on: its rows are recognised one by one instead.
        connection.execute(update(ReceiptRow).where(ReceiptRow.sequence.in_(numbers)).values(sealed=None))

    def count_notices_before(self, moment: datetime) -> int:
        """Notices that were sent before a moment."""
        query = select(func.count()).select_from(NoticeRow).where(NoticeRow.sent_at < moment)
        return self._session.connection.scalar(query) or 0

    def delete_notices_before(self, moment: datetime) -> None:
        """Forget them."""
        self._session.connection.execute(delete(NoticeRow).where(NoticeRow.sent_at < moment))

    def households_replaced_before(self, moment: datetime) -> list[int]:
        """Rows of the register that a version before a moment replaced or ended; never one that is in force."""
        version = RegistryVersionRow.version
        query = select(HouseholdRow.row_id).join(RegistryVersionRow, version == HouseholdRow.valid_to)
        query = query.where(RegistryVersionRow.at < moment).order_by(HouseholdRow.row_id)
        return list(self._session.connection.scalars(query))

    def delete_households(self, rows: Sequence[int]) -> None:
        """Delete these rows with their persons and monitoring, unless one is in force."""
        ended = select(HouseholdRow.row_id).where(HouseholdRow.row_id.in_(rows), HouseholdRow.valid_to.is_not(None))
        gone = list(self._session.connection.scalars(ended))
        for table in (PersonRow, MonitoringRow, HouseholdRow):
            self._session.connection.execute(delete(table).where(table.row_id.in_(gone)))

    def count_person_changes_before(self, moment: datetime) -> int:
        """What versions of the register before a moment changed of persons."""
        query = select(func.count()).select_from(PersonChangeRow)
        return self._session.connection.scalar(query.where(_of_versions_before(moment))) or 0

    def delete_person_changes_before(self, moment: datetime) -> None:
        """Forget them; that a household changed, and where its people went, stays for what was decided of it."""
        self._session.connection.execute(delete(PersonChangeRow).where(_of_versions_before(moment)))


def _of_versions_before(moment: datetime) -> ColumnElement[bool]:
    return PersonChangeRow.version.in_(select(RegistryVersionRow.version).where(RegistryVersionRow.at < moment))


def _last_crumb(column: Any, stages: Sequence[str]) -> Any:
    """What the last of these stages that saw the text left."""
    query = select(column).where(BreadcrumbRow.document_id == RawDocumentRow.id, BreadcrumbRow.stage.in_(stages))
    return query.order_by(BreadcrumbRow.sequence.desc()).limit(1).correlate(RawDocumentRow).scalar_subquery()


def _disputed() -> ColumnElement[bool]:
    judged = exists().where(JudgementRow.document_id == SecondReadingRow.document_id)
    return exists().where(
        SecondReadingRow.document_id == RawDocumentRow.id, SecondReadingRow.agrees.is_(False), ~judged
    )


def _supports_a_lead() -> ColumnElement[bool]:
    own, other = aliased(DuplicateRow), aliased(DuplicateRow)
    repeat = exists().where(
        own.document_id == RawDocumentRow.id,
        other.cluster_id == own.cluster_id,
        LeadEvidenceRow.document_id == other.document_id,
    )
    return or_(exists().where(LeadEvidenceRow.document_id == RawDocumentRow.id), repeat)


def _judgement_waits() -> ColumnElement[bool]:
    ended = exists().where(JudgementEndingRow.judgement == JudgementRow.sequence)
    return exists().where(JudgementRow.document_id == RawDocumentRow.id, ~ended)


def _nothing(document_id: DocumentId, at: datetime) -> RawDocument:
    return RawDocument(
        id=document_id,
        channel=Channel.NEWS,
        source="",
        external_key="",
        title="",
        text="",
        published_at=None,
        received_at=at,
    )


def _no_document(document_id: DocumentId, at: datetime) -> Document:
    nothing = _nothing(document_id, at)
    return Document(
        id=document_id,
        channel=nothing.channel,
        source="",
        title="",
        text="",
        published_at=None,
        received_at=at,
        url="",
        origin="",
        petitioner=nothing.petitioner,
        category="",
        purpose="",
        region=None,
    )
