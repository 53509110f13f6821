"""Takes delivered records in: what is new, what corrects an earlier record, what is there already."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from domain.deliveries.receipt import RowOutcome
from domain.failures.errors import DatabaseBusy
from domain.places.office import HOUSE
from domain.texts.document import DocumentId, Petitioner, RawDocument
from storage.deliveries.known_records import Known, KnownByKey, KnownRecords, NumberedByContent, content_fingerprint
from storage.deliveries.taken_records import InEffect, Repeat, Taken
from storage.encryption.sealed import RAW_DOCUMENT
from storage.session import Session
from storage.tables.documents import RawDocumentRow
from storage.texts.documents import raw_record

_ONE_AT_A_TIME = 0x71736A65
"""Number of the lock under which PostgreSQL lets one delivery at a time write; SQLite has one writer anyway."""
_PATIENCE_SECONDS = 5
_JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What becomes of a record, and in whose space."""

    taken: Taken
    office: str
    own_id: DocumentId
    corrected: Sequence[Known] = ()

    def key(self, delivered: str) -> str:
        """Fingerprint under which the record is kept: that of the version it corrects."""
        return self.corrected[-1].key if self.corrected else delivered


@dataclass(frozen=True, slots=True)
class _Keys:
    """Fingerprints of the keys of a record; empty for those that it does not have."""

    own: str
    unnumbered: str
    former: str
    corrects: str


class Intake:
    """Identity by the number that an office gave and by content."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._records = KnownRecords(session)

    def wait_for_turn(self) -> None:
        """Let no other delivery write until this transaction ends: what is read from here on stays as it is.

        Raises:
            DatabaseBusy: another process writes for so long that waiting makes no sense.
        """
        if self._session.connection.dialect.name == "postgresql":
            # A process that hangs in the middle must not make everybody hang.
            self._session.connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE_SECONDS}s'"))
            self._session.connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})

    def take(self, delivered: Sequence[RawDocument | Repeat], office: str = HOUSE) -> list[Taken]:
        """What became of each record that the office delivered, in order; the new ones are stored.

        A record is known by its source, the office that gave its number, and the number. The same number with the same
        content is a duplicate, whoever delivered it before; with another title, text, date, petitioner, category or
        purpose it is a correction of what the same office delivered: a version of its own, in effect after the one it
        corrects. What another office delivered is corrected by nobody but the deployment itself (`HOUSE`), and by that
        only where one office alone has the number and the person is the same. A number that is new to the office
        corrects what the same office delivered without one, if person, day and matter are the same: it then has both.
        What comes without a number and says exactly what the same office delivered under one number is a duplicate of
        that, unless it has no day, neither phone nor ID number, or the number stands for another petitioner's since;
        where several numbers say it, nobody knows which one is meant. A row of a receipt repeats its record, whatever
        it would be read as; changed, it corrects that record also where it had no number and has one now.

        Raises:
            DatabaseBusy: another process was faster; nothing is kept.
        """
        self.wait_for_turn()
        records = [one for one in delivered if isinstance(one, RawDocument)]
        fingerprints = self._fingerprints(records)
        known = self._records.under(_marks(records, fingerprints), _content_marks(records, fingerprints))
        numbered = self._numbered(known, records, fingerprints, office)
        places = self._repeated_places(delivered, known, fingerprints)
        found, rows = [], []
        for raw in delivered:
            if isinstance(raw, Repeat):
                found.append(_again(raw, known[places[raw.document_id]] if raw.document_id in places else ()))
                continue
            names = (raw.external_key, raw.unnumbered_key, raw.former_key, raw.corrects_key)
            keys = _Keys(*(fingerprints[one][-1] if one else "" for one in names))
            content_hash = content_fingerprint(self._session, raw)
            judged = self._judged(raw, content_hash, keys, known, numbered, office)
            found.append(judged.taken)
            if judged.taken.outcome is not RowOutcome.DUPLICATE:
                kept = _in_effect(raw, judged)
                under = judged.key(keys.own)
                late = keys.own if under != keys.own else None
                said = partial(_itself, kept)
                also = late or keys.unnumbered or None
                one = Known(kept.id, judged.office, under, also, content_hash, kept.received_at, said)
                for place in filter(None, (under, late)):
                    known[raw.source, place].append(one)
                if late is None and also and judged.office == office:
                    numbered.add(raw.source, also, content_hash, under)
                rows.append(self._row(kept, one))
        self._insert(rows)
        return _without_what_comes_again(found)

    def in_effect(self, documents: Collection[RawDocument]) -> Mapping[DocumentId, RawDocument]:
        """The latest version of each that was corrected by the office that delivered it."""
        if not documents:
            return {}
        places, stored = self._records.places([one.id for one in documents])
        known = self._records.under(stored, stored)
        found: dict[DocumentId, RawDocument] = {}
        for one in documents:
            versions = known[places[one.id]]
            office = next((version.office for version in versions if version.id == one.id), "")
            latest = [version for version in versions if version.office == office][-1:]
            if latest and latest[0].said is not None:
                found[one.id] = latest[0].said()
        return found

    def _fingerprints(self, records: Sequence[RawDocument]) -> dict[str, tuple[str, ...]]:
        """For every key of the records the fingerprints under which it may be stored, the current one last."""
        return {key: self._session.cipher.blind_indexes(key) for raw in records for key in _keys(raw)}

    def _repeated_places(
        self,
        delivered: Sequence[RawDocument | Repeat],
        known: KnownByKey,
        fingerprints: Mapping[str, tuple[str, ...]],
    ) -> Mapping[DocumentId | None, tuple[str, str]]:
        """Under which source and key the repeated records lie; their versions become known."""
        wanted = {one.document_id for one in delivered if isinstance(one, Repeat) and one.document_id is not None}
        if not wanted:
            return {}
        places, stored = self._records.places(wanted)
        have = {mark for marks in fingerprints.values() for mark in marks} | {key for _, key in known}
        if missing := {mark for mark in stored if self._session.cipher.lead_on(mark) not in have}:
            known.update(self._records.under(missing, missing))
        return places

    def _numbered(
        self,
        known: KnownByKey,
        records: Sequence[RawDocument],
        fingerprints: Mapping[str, tuple[str, ...]],
        office: str,
    ) -> NumberedByContent:
        """The office's numbered records that say what a row without a number may say; their versions become known.

        They are asked for only where there are such rows, for a batch at once.
        """
        wanted = {mark for raw in records if _may_have_a_number(raw) for mark in fingerprints[raw.external_key]}
        numbered, stored = self._records.numbered(wanted, office)
        if missing := stored - _marks(records, fingerprints):
            known.update(self._records.under(missing, ()))
        return numbered

    def _judged(
        self,
        raw: RawDocument,
        content_hash: str,
        keys: _Keys,
        known: KnownByKey,
        numbered: NumberedByContent,
        office: str,
    ) -> _Judged:
        here = known[raw.source, keys.own]
        judged = self._named_by_receipt(raw, content_hash, here, known[raw.source, keys.corrects], office)
        judged = judged or self._numbered_now(raw, content_hash, here, known[raw.source, keys.unnumbered], office)
        judged = judged or self._kept_before(raw, known[raw.source, keys.former], office)
        if judged is not None:
            return judged
        same: Collection[str] = ()
        if _may_have_a_number(raw) and not any(one.office == office for one in here):
            same = numbered.keys(raw.source, keys.own, content_hash)
        if len(same) == 1:
            versions = [one for key in same for one in known[raw.source, key] if one.office == office]
            judged = self._as_numbered(raw, content_hash, versions, office)
        judged = judged or self._judge(raw, content_hash, here, office)
        is_unsure = len(same) > 1 and judged.taken.outcome is RowOutcome.ACCEPTED
        return replace(judged, taken=replace(judged.taken, like_numbered=True)) if is_unsure else judged

    def _as_numbered(
        self, raw: RawDocument, content_hash: str, versions: Sequence[Known], office: str
    ) -> _Judged | None:
        """The duplicate of a numbered record; None where the number stands for another petitioner's since."""
        known_as = next((one for one in versions if one.content_hash == content_hash), None)
        if known_as is None or (versions[-1] is not known_as and versions[-1].names_another(raw)):
            return None
        judged = self._repeated(raw, content_hash, known_as, versions, office)
        number = known_as.said().number if known_as.said is not None else ""
        return replace(judged, taken=replace(judged.taken, as_number=number))

    def _named_by_receipt(
        self, raw: RawDocument, content_hash: str, here: Sequence[Known], known: Sequence[Known], office: str
    ) -> _Judged | None:
        """The version of the record that a receipt names; None where the office has the row's number already."""
        own = [one for one in known if one.office == office]
        if not raw.corrects_key or not own or any(one.office == office and one.key != own[-1].key for one in here):
            return None
        if any(one.office == office for one in here):
            return self._judge(raw, content_hash, own, office)
        own_id = raw.id if raw.id not in {one.id for one in own} else _version_id(raw.id, f"{office}{content_hash}")
        return _Judged(Taken(RowOutcome.CORRECTED, own_id, own[-1].id), office, own_id, own)

    def _numbered_now(
        self,
        raw: RawDocument,
        content_hash: str,
        known: Sequence[Known],
        without_number: Sequence[Known],
        office: str,
    ) -> _Judged | None:
        """The correction of what the office delivered without a number; None where the number is not new to it."""
        own = [one for one in without_number if one.office == office]
        if not own or any(one.office == office for one in known) or any(one.also for one in own):
            return None
        own_id = raw.id if raw.id not in {one.id for one in known} else _version_id(raw.id, f"{office}{content_hash}")
        return _Judged(Taken(RowOutcome.CORRECTED, own_id, own[-1].id), office, own_id, own)

    def _kept_before(self, raw: RawDocument, known: Sequence[Known], office: str) -> _Judged | None:
        """The duplicate of what an earlier release kept under its own key of the same content; None without one."""
        if not known:
            return None
        known_as = next((one for one in known if one.office == office), known[0])
        told = known_as.id if office in (known_as.office, HOUSE) else None
        return _Judged(Taken(RowOutcome.DUPLICATE, told), office, raw.id)

    def _judge(self, raw: RawDocument, content_hash: str, known: Sequence[Known], office: str) -> _Judged:
        # A record emptied before fingerprints were kept is recognised by its id alone.
        same = [one for one in known if (one.content_hash or content_hash) == content_hash]
        same = [one for one in same if one.content_hash is not None or one.id == raw.id]
        if same:
            known_as = next((one for one in same if one.office == office), same[0])
            return self._repeated(raw, content_hash, known_as, known, office)
        own_id = raw.id if raw.id not in {one.id for one in known} else _version_id(raw.id, f"{office}{content_hash}")
        corrected = [one for one in known if one.office == office]
        if not corrected and office == HOUSE:
            corrected = self._of_one_office(raw, known)
        if corrected:
            another = corrected[-1].received_at if corrected[-1].is_about_another(raw) else None
            taken = Taken(RowOutcome.CORRECTED, own_id, corrected[-1].id, replaces_another=another)
            return _Judged(taken, corrected[-1].office, own_id, corrected)
        elsewhere = bool(known) and not raw.has_no_number
        return _Judged(Taken(RowOutcome.ACCEPTED, own_id, number_used_elsewhere=elsewhere), office, own_id)

    def _repeated(
        self, raw: RawDocument, content_hash: str, known_as: Known, known: Sequence[Known], office: str
    ) -> _Judged:
        """The duplicate of a version; the one in effect is told where that says something else."""
        if office not in (known_as.office, HOUSE):
            return _Judged(Taken(RowOutcome.DUPLICATE, None), office, raw.id)
        return _Judged(_duplicate(known_as, known, content_hash, partial(_itself, raw)), office, raw.id)

    def _of_one_office(self, raw: RawDocument, known: Sequence[Known]) -> list[Known]:
        """What one other office alone has under the number, where it is of the same person."""
        if len({one.office for one in known}) != 1:
            return []
        latest = known[-1].said
        return [*known] if latest is not None and _same_person(raw.petitioner, latest().petitioner) else []

    def _insert(self, rows: Sequence[dict[str, object]]) -> None:
        if not rows:
            return
        try:
            self._session.connection.execute(insert(RawDocumentRow), list(rows))
        except IntegrityError as exc:
            raise DatabaseBusy("另一个进程刚刚写入了同一条记录, 请稍后再试") from exc

    def _row(self, raw: RawDocument, kept: Known) -> dict[str, object]:
        return {
            "id": raw.id,
            "channel": raw.channel.value,
            "source": raw.source,
            "external_hash": kept.key,
            "number_hash": kept.also,
            "office": kept.office,
            "received_at": raw.received_at,
            "content_hash": kept.content_hash,
            "sealed": self._session.seal(raw_record(raw), RAW_DOCUMENT.of(raw.id)),
        }


def _itself(raw: RawDocument) -> RawDocument:
    return raw


def _again(repeat: Repeat, known: Sequence[Known]) -> Taken:
    """The duplicate of the record that a receipt's row repeats."""
    known_as = next((one for one in known if one.id == repeat.document_id), None)
    if known_as is None:
        return Taken(RowOutcome.DUPLICATE, repeat.document_id)
    return _duplicate(known_as, known, known_as.content_hash, known_as.said)


def _duplicate(
    known_as: Known, known: Sequence[Known], content_hash: str | None, said: Callable[[], RawDocument] | None
) -> Taken:
    """The duplicate of a version that says the same; the one in effect is told where that says something else."""
    versions = [one for one in known if one.office == known_as.office and one.key == known_as.key]
    latest = versions[-1] if versions else known_as
    if latest.id == known_as.id or latest.content_hash in (content_hash, None):
        return Taken(RowOutcome.DUPLICATE, known_as.id)
    raw = said() if said is not None else None
    in_effect = InEffect(
        latest.id,
        latest.received_at,
        has_number=raw is not None and not raw.has_no_number,
        of_another=raw is not None and latest.names_another(raw),
    )
    return Taken(RowOutcome.DUPLICATE, known_as.id, in_effect=in_effect)


def _keys(raw: RawDocument) -> set[str]:
    return {raw.external_key, raw.unnumbered_key, raw.former_key, raw.corrects_key} - {""}


def _may_have_a_number(raw: RawDocument) -> bool:
    """True when a numbered record may be the same.

    Without a day a person's second visit looks just like the first, and a name alone is that of several villagers.
    """
    is_told_apart = bool(raw.petitioner.phone or raw.petitioner.id_number)
    return raw.has_no_number and raw.published_at is not None and is_told_apart


def _marks(records: Sequence[RawDocument], fingerprints: Mapping[str, tuple[str, ...]]) -> set[str]:
    return {mark for raw in records for key in _keys(raw) for mark in fingerprints[key]}


def _content_marks(records: Sequence[RawDocument], fingerprints: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Those of keys made of content: of a numbered record they are no number."""
    keys = {raw.external_key if raw.has_no_number else raw.unnumbered_key for raw in records} - {""}
    return {mark for key in keys for mark in fingerprints[key]}


def _without_what_comes_again(found: Sequence[Taken]) -> list[Taken]:
    """Of a file that holds all versions of a record nothing is said: the one in effect comes again beside them."""
    again = {one.document_id for one in found if one.outcome is RowOutcome.DUPLICATE and one.in_effect is None}
    return [
        replace(one, in_effect=None) if one.in_effect is not None and one.in_effect.id in again else one
        for one in found
    ]


def _in_effect(raw: RawDocument, judged: _Judged) -> RawDocument:
    """The record as it is kept: a correction takes effect after everything that it corrects."""
    if not judged.corrected and judged.own_id == raw.id:
        return raw
    moments = (raw.received_at, *(one.received_at + _JUST_AFTER for one in judged.corrected))
    return replace(raw, id=judged.own_id, received_at=max(moments))


def _same_person(one: Petitioner, other: Petitioner) -> bool:
    """True for one name, unless two ID numbers tell them apart."""
    numbers = {one.id_number, other.id_number} - {""}
    return bool(one.name) and one.name == other.name and len(numbers) < 2


def _version_id(document_id: DocumentId, content_hash: str) -> DocumentId:
    """The id of a record that has number, title and text of an earlier one and differs in something else."""
    return DocumentId(hashlib.sha256(f"{document_id}\x1f{content_hash}".encode()).hexdigest()[:32])
