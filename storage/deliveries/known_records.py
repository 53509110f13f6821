"""The records that are there already under the keys of a delivery."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Row, func, or_, select

from domain.texts.document import DocumentId, RawDocument
from storage.codec import dump, petitioner_to
from storage.encryption.sealed import RAW_DOCUMENT
from storage.session import Session, chunks
from storage.tables.documents import RawDocumentRow
from storage.texts.documents import raw_from


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is there, its content read only when it is asked for."""

    id: DocumentId
    office: str
    key: str
    """Fingerprint of what its versions are kept under."""
    also: str | None
    """Fingerprint of its other key: of a record kept by its content the number that it got later, of a numbered one
    what it would be kept by without."""
    content_hash: str | None
    received_at: datetime
    said: Callable[[], RawDocument] | None = None
    """Reads the record; None for one that the retention policy has emptied."""

    def is_about_another(self, raw: RawDocument) -> bool:
        """True when both name a petitioner, not the same, and neither title nor text agree."""
        if not self.names_another(raw) or self.said is None:
            return False
        own = self.said()
        return (own.title, own.text) != (raw.title, raw.text)

    def names_another(self, raw: RawDocument) -> bool:
        """True when both name a petitioner, and not the same."""
        if self.said is None or not raw.petitioner.name:
            return False
        return self.said().petitioner.name not in ("", raw.petitioner.name)


KnownByKey = defaultdict[tuple[str, str], list[Known]]
"""By source and key, or by the number that a record got later; in the order of their effect."""


class NumberedByContent:
    """Under which keys an office's numbered records lie that say the same; of many no more than two are named."""

    def __init__(self) -> None:
        """None yet."""
        self._keys: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)

    def add(self, source: str, mark: str, content_hash: str, key: str) -> None:
        """One with this key; `mark` is what it would be kept by without its number."""
        keys = self._keys[source, mark, content_hash]
        if key not in keys and len(keys) < 2:
            keys.append(key)

    def keys(self, source: str, mark: str, content_hash: str) -> Collection[str]:
        """One key, or two where there are several."""
        return self._keys.get((source, mark, content_hash), ())


class KnownRecords:
    """Finds records by fingerprints of their keys, under whatever index key those were stored."""

    def __init__(self, session: Session) -> None:
        """Read in the session's transaction."""
        self._session = session

    def under(self, fingerprints: Collection[str], content_marks: Collection[str]) -> KnownByKey:
        """The records under these fingerprints, or with such a late number, in the order of their effect.

        A fingerprint of `content_marks` is no number: thousands of numbered records may say the same.
        """
        cipher = self._session.cipher
        found: KnownByKey = defaultdict(list)
        numbers = set(fingerprints) - set(content_marks)
        for part in chunks(sorted(fingerprints)):
            late = [one for one in part if one in numbers]
            under = or_(RawDocumentRow.external_hash.in_(part), RawDocumentRow.number_hash.in_(late))
            query = select(RawDocumentRow.__table__).where(under)
            wanted = set(part)
            for row in self._session.connection.execute(
                query.order_by(RawDocumentRow.received_at, RawDocumentRow.id)
            ).all():
                known = self._known(row)
                for key in wanted & {row.external_hash, *({row.number_hash} & numbers)}:
                    found[row.source, cipher.lead_on(key)].append(known)
        return found

    def places(self, ids: Collection[DocumentId]) -> tuple[dict[DocumentId | None, tuple[str, str]], set[str]]:
        """The source and the key under which each of the records lies, and where their versions may be stored."""
        places, stored = dict[DocumentId | None, tuple[str, str]](), set[str]()
        columns = (RawDocumentRow.id, RawDocumentRow.source, RawDocumentRow.external_hash)
        for part in chunks(sorted(ids)):
            query = select(*columns).where(RawDocumentRow.id.in_(part))
            for row in self._session.connection.execute(query).all():
                key = self._session.cipher.lead_on(row.external_hash)
                places[DocumentId(row.id)] = row.source, key
                stored |= {row.external_hash, key}
        return places, stored

    def numbered(self, fingerprints: Collection[str], office: str) -> tuple[NumberedByContent, set[str]]:
        """The office's numbered records that would have these keys without a number, and where they may be stored.

        While the index keys change a record may lie under the fingerprint before the current one, its later versions
        under the current one: both are named.
        """
        found, stored = NumberedByContent(), set[str]()
        lead_on = self._session.cipher.lead_on
        column = RawDocumentRow.external_hash
        for part in chunks(sorted(fingerprints)):
            same = (RawDocumentRow.source, RawDocumentRow.number_hash, RawDocumentRow.content_hash)
            query = select(*same, func.min(column).label("one"), func.max(column).label("other")).group_by(*same)
            query = query.where(
                RawDocumentRow.number_hash.in_(part),
                RawDocumentRow.office == office,
                RawDocumentRow.content_hash.is_not(None),
            )
            for row in self._session.connection.execute(query).all():
                for key in {row.one, row.other}:
                    found.add(row.source, lead_on(row.number_hash), lead_on(row.content_hash), lead_on(key))
                    stored |= {key, lead_on(key)}
        return found, stored

    def _known(self, row: Row[Any]) -> Known:
        cipher = self._session.cipher
        content_hash = row.content_hash and cipher.lead_on(row.content_hash)
        if content_hash is None and row.anonymised_at is None:
            content_hash = content_fingerprint(self._session, self._read(row))
        return Known(
            DocumentId(row.id),
            row.office,
            cipher.lead_on(row.external_hash),
            cipher.lead_on(row.number_hash) if row.number_hash else None,
            content_hash,
            row.received_at,
            partial(self._read, row) if row.anonymised_at is None else None,
        )

    def _read(self, row: Row[Any]) -> RawDocument:
        return raw_from(row, self._session.unseal(row.sealed, RAW_DOCUMENT.of(row.id)))


def content_fingerprint(session: Session, raw: RawDocument) -> str:
    """Keyed fingerprint of what a correction may change; columns that nobody interprets do not count.

    Nor does the name of a letter's file: the same letter is known under another.
    """
    content = {
        "title": "" if raw.titled_by_file else raw.title,
        "text": raw.text,
        "published_at": raw.published_at.isoformat() if raw.published_at else None,
        "petitioner": petitioner_to(raw.petitioner),
        "category": raw.category,
        "purpose": raw.purpose,
    }
    return session.cipher.blind_index(dump(content))
