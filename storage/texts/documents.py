"""Raw texts and normalised documents."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, func, select

from domain.places.region import RegionCode
from domain.texts.document import Document, DocumentId, RawDocument
from domain.words.vocabulary import Channel
from storage.codec import petitioner_from, petitioner_to
from storage.encryption.sealed import DOCUMENT, RAW_DOCUMENT
from storage.session import Session, chunks
from storage.tables.documents import DocumentRow, RawDocumentRow

_REGIONS = 4096
"""Divisions whose checked codes are kept; a county has some hundreds."""


class RawDocuments:
    """Texts as found; appended once, never changed."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, raw: RawDocument) -> bool:
        """True when it was new, False when a text with this id is there."""
        row = {
            "id": raw.id,
            "channel": raw.channel.value,
            "source": raw.source,
            "external_hash": self._session.cipher.blind_index(raw.external_key),
            "received_at": raw.received_at,
            "sealed": self._session.seal(raw_record(raw), RAW_DOCUMENT.of(raw.id)),
        }
        return self._session.insert_new(RawDocumentRow, [row]) == 1

    def get(self, document_id: DocumentId) -> RawDocument:
        """The text; LookupError when there is none."""
        found = self._session.connection.execute(
            select(RawDocumentRow.__table__).where(RawDocumentRow.id == document_id)
        ).one_or_none()
        if found is None:
            raise LookupError(f"no raw document {document_id}")
        return raw_from(found, self._session.unseal(found.sealed, RAW_DOCUMENT.of(found.id)))

    def found(self, ids: Sequence[DocumentId]) -> dict[DocumentId, RawDocument]:
        """Those of the texts that are there."""
        found: dict[DocumentId, RawDocument] = {}
        for part in chunks(ids):
            query = select(RawDocumentRow.__table__).where(RawDocumentRow.id.in_(part))
            for row in self._session.connection.execute(query).all():
                found[DocumentId(row.id)] = raw_from(row, self._session.unseal(row.sealed, RAW_DOCUMENT.of(row.id)))
        return found

    def last_under(self, source: str, external_key: str) -> tuple[datetime | None, bool]:
        """When the latest text under this key came in, None where there is none; and whether one was anonymised."""
        wanted = self._session.cipher.blind_indexes(external_key)
        query = select(func.max(RawDocumentRow.received_at), func.max(RawDocumentRow.anonymised_at))
        query = query.where(RawDocumentRow.source == source, RawDocumentRow.external_hash.in_(wanted))
        latest, anonymised = self._session.connection.execute(query).one()
        return latest, anonymised is not None

    def under_address(self, addresses: Sequence[str]) -> list[DocumentId]:
        """The texts of any source that came under one of these addresses, newest first."""
        wanted = list(self._session.indexes(addresses))
        query = select(RawDocumentRow.id).where(RawDocumentRow.external_hash.in_(wanted))
        found = self._session.connection.scalars(query.order_by(RawDocumentRow.received_at.desc(), RawDocumentRow.id))
        return [DocumentId(one) for one in found]

    def count(self) -> int:
        """How many texts there are."""
        return self._session.connection.scalar(select(func.count()).select_from(RawDocumentRow)) or 0


_DOCUMENTS = select(DocumentRow.__table__)


class Documents:
    """Normalised texts."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._known: dict[DocumentId, Document] = {}

    def preload(self, ids: Sequence[DocumentId]) -> None:
        """Read many documents at once; `get`, `many` and `found` then ask no more for them."""
        self._known |= self.found(ids)

    def add(self, document: Document) -> None:
        """Append the document; a second time changes nothing."""
        row = {
            "id": document.id,
            "channel": document.channel.value,
            "source": document.source,
            "published_at": document.published_at,
            "received_at": document.received_at,
            "region": document.region.digits if document.region else None,
            "sealed": self._session.seal(document_record(document), DOCUMENT.of(document.id)),
        }
        self._session.insert_new(DocumentRow, [row])

    def get(self, document_id: DocumentId) -> Document:
        """The document; LookupError when there is none."""
        return self.many([document_id])[0]

    def many(self, ids: Sequence[DocumentId]) -> list[Document]:
        """The documents in the order of `ids`; LookupError when one is missing."""
        found = self.found(ids)
        missing = [document_id for document_id in ids if document_id not in found]
        if missing:
            raise LookupError(f"no document {missing[0]}")
        return [found[document_id] for document_id in ids]

    def found(self, ids: Sequence[DocumentId]) -> dict[DocumentId, Document]:
        """Those of the documents that are there."""
        found = {document_id: self._known[document_id] for document_id in ids if document_id in self._known}
        wanted = [document_id for document_id in ids if document_id not in found]
        for row in self._session.rows_among(_DOCUMENTS, DocumentRow.id, wanted) if wanted else ():
            found[DocumentId(row.id)] = _document_from(row, self._session.unseal(row.sealed, DOCUMENT.of(row.id)))
        return found

    def count(self) -> int:
        """How many documents there are."""
        return self._session.connection.scalar(select(func.count()).select_from(DocumentRow)) or 0


def raw_record(raw: RawDocument) -> dict[str, Any]:
    """What of a raw text is sealed."""
    return {
        "external_key": raw.external_key,
        "title": raw.title,
        "text": raw.text,
        "published_at": raw.published_at.isoformat() if raw.published_at else None,
        "url": raw.url,
        "origin": raw.origin,
        "petitioner": petitioner_to(raw.petitioner),
        "category": raw.category,
        "purpose": raw.purpose,
        "region": raw.region.digits if raw.region else None,
        "fields": dict(raw.fields),
    }


def raw_from(row: Row[Any], record: dict[str, Any]) -> RawDocument:
    """The raw text of a row and of what was sealed in it."""
    return RawDocument(
        id=DocumentId(row.id),
        channel=Channel(row.channel),
        source=row.source,
        external_key=record["external_key"],
        title=record["title"],
        text=record["text"],
        published_at=datetime.fromisoformat(record["published_at"]) if record["published_at"] else None,
        received_at=row.received_at,
        url=record["url"],
        origin=record["origin"],
        petitioner=petitioner_from(record["petitioner"]),
        category=record["category"],
        purpose=record["purpose"],
        region=RegionCode(record["region"]) if record["region"] else None,
        fields=record["fields"],
    )


def document_record(document: Document) -> dict[str, Any]:
    """What of a document is sealed."""
    return {
        "title": document.title,
        "text": document.text,
        "url": document.url,
        "origin": document.origin,
        "petitioner": petitioner_to(document.petitioner),
        "category": document.category,
        "purpose": document.purpose,
    }


def _document_from(row: Row[Any], record: dict[str, Any]) -> Document:
    # By place: thousands of rows are read at once, and each name would be looked up anew.
    document_id, channel, source, published_at, received_at, region, _ = tuple(row)
    return Document(
        id=DocumentId(document_id),
        channel=Channel(channel),
        source=source,
        title=record["title"],
        text=record["text"],
        published_at=published_at,
        received_at=received_at,
        url=record["url"],
        origin=record["origin"],
        petitioner=petitioner_from(record["petitioner"]),
        category=record["category"],
        purpose=record["purpose"],
        region=_region(region) if region else None,
    )


@lru_cache(maxsize=_REGIONS)
def _region(digits: str) -> RegionCode:
    return RegionCode(digits)
