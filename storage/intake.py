"""Takes delivered records in: what is new, what corrects an earlier record, what is there already."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Row, insert, select, text
from sqlalchemy.exc import IntegrityError

from domain.document import DocumentId, RawDocument
from domain.errors import DatabaseBusy
from domain.receipt import RowOutcome
from storage.codec import dump, petitioner_to
from storage.documents import raw_from, raw_record
from storage.session import Session, chunks
from storage.tables.documents import RawDocumentRow

_ONE_AT_A_TIME = 0x71736A65
"""Number of the lock under which PostgreSQL lets one delivery at a time write; SQLite has one writer anyway."""
_PATIENCE_SECONDS = 5
_JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one record."""

    outcome: RowOutcome
    """ACCEPTED, CORRECTED or DUPLICATE."""
    document_id: DocumentId
    """The record taken in, or the one that it repeats."""
    earlier_id: DocumentId | None = None
    """The record that it corrects."""
    replaces_another: datetime | None = None
    """When the corrected record came in, if it names another petitioner and says something else."""


@dataclass(frozen=True, slots=True)
class _Known:
    id: DocumentId
    content_hash: str | None
    received_at: datetime
    said: Callable[[], RawDocument] | None = None
    """Reads the record; None for one that the retention policy has emptied."""

    def is_about_another(self, raw: RawDocument) -> bool:
        """True when both name a petitioner, not the same, and neither title nor text agree."""
        if self.said is None or not raw.petitioner.name:
            return False
        own = self.said()
        other_person = bool(own.petitioner.name) and own.petitioner.name != raw.petitioner.name
        return other_person and (own.title, own.text) != (raw.title, raw.text)


class Intake:
    """Identity by the number at the source and by content."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def take(self, records: Sequence[RawDocument]) -> list[Taken]:
        """What became of each record, in order; the new ones are stored.

        A record is known by its source and its number there. The same number with the same content is a duplicate;
        with another title, text, date, petitioner, category or purpose it is a correction: a version of its own, in
        effect after the one it corrects. DatabaseBusy when another process was faster; nothing is kept then.
        """
        if self._session.connection.dialect.name == "postgresql":
            # A process that hangs in the middle must not make everybody hang.
            self._session.connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE_SECONDS}s'"))
            self._session.connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
        keys = [(raw.source, self._session.cipher.blind_index(raw.external_key)) for raw in records]
        known = self._known(sorted({key for _, key in keys}))
        found, rows = [], []
        for raw, key in zip(records, keys, strict=True):
            content_hash = content_fingerprint(self._session, raw)
            taken = _judge(raw, content_hash, known[key])
            found.append(taken)
            if taken.outcome is not RowOutcome.DUPLICATE:
                kept = _in_effect(raw, taken, known[key])
                known[key].append(_Known(kept.id, content_hash, kept.received_at, partial(_itself, kept)))
                rows.append(self._row(kept, key[1], content_hash))
        self._insert(rows)
        return found

    def _insert(self, rows: Sequence[dict[str, object]]) -> None:
        if not rows:
            return
        try:
            self._session.connection.execute(insert(RawDocumentRow), list(rows))
        except IntegrityError as exc:
            raise DatabaseBusy("另一个进程刚刚写入了同一条记录, 请稍后再试") from exc

    def _row(self, raw: RawDocument, external_hash: str, content_hash: str) -> dict[str, object]:
        return {
            "id": raw.id,
            "channel": raw.channel.value,
            "source": raw.source,
            "external_hash": external_hash,
            "received_at": raw.received_at,
            "content_hash": content_hash,
            "sealed": self._session.seal(raw_record(raw)),
        }

    def _known(self, hashes: Sequence[str]) -> defaultdict[tuple[str, str], list[_Known]]:
        """The records under these keys, by source and key, in the order in which they took effect."""
        found: defaultdict[tuple[str, str], list[_Known]] = defaultdict(list)
        for part in chunks(hashes):
            query = select(RawDocumentRow.__table__).where(RawDocumentRow.external_hash.in_(part))
            for row in self._session.connection.execute(
                query.order_by(RawDocumentRow.received_at, RawDocumentRow.id)
            ).all():
                content_hash = row.content_hash
                if content_hash is None and row.anonymised_at is None:
                    content_hash = content_fingerprint(self._session, raw_from(row, self._session.unseal(row.sealed)))
                said = partial(self._read, row) if row.anonymised_at is None else None
                known = _Known(DocumentId(row.id), content_hash, row.received_at, said)
                found[row.source, row.external_hash].append(known)
        return found

    def _read(self, row: Row[Any]) -> RawDocument:
        return raw_from(row, self._session.unseal(row.sealed))


def _itself(raw: RawDocument) -> RawDocument:
    return raw


def content_fingerprint(session: Session, raw: RawDocument) -> str:
    """Keyed fingerprint of what a correction may change; columns that nobody interprets do not count."""
    content = {
        "title": raw.title,
        "text": raw.text,
        "published_at": raw.published_at.isoformat() if raw.published_at else None,
        "petitioner": petitioner_to(raw.petitioner),
        "category": raw.category,
        "purpose": raw.purpose,
    }
    return session.cipher.blind_index(dump(content))


def _judge(raw: RawDocument, content_hash: str, known: Sequence[_Known]) -> Taken:
    for one in known:
        # A record emptied before fingerprints were kept is recognised by its id alone.
        same = one.content_hash == content_hash if one.content_hash is not None else one.id == raw.id
        if same:
            return Taken(RowOutcome.DUPLICATE, one.id)
    if not known:
        return Taken(RowOutcome.ACCEPTED, raw.id)
    taken_ids = {one.id for one in known}
    own = raw.id if raw.id not in taken_ids else _version_id(raw.id, content_hash)
    another = known[-1].received_at if known[-1].is_about_another(raw) else None
    return Taken(RowOutcome.CORRECTED, own, known[-1].id, another)


def _in_effect(raw: RawDocument, taken: Taken, known: Sequence[_Known]) -> RawDocument:
    """The record as it is kept: a correction takes effect after everything that it corrects."""
    if not known:
        return raw
    after = max(one.received_at for one in known) + _JUST_AFTER
    return replace(raw, id=taken.document_id, received_at=max(raw.received_at, after))


def _version_id(document_id: DocumentId, content_hash: str) -> DocumentId:
    """The id of a version that has title and text of an earlier one and differs in something else."""
    return DocumentId(hashlib.sha256(f"{document_id}\x1f{content_hash}".encode()).hexdigest()[:32])
