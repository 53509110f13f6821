"""Which documents are versions of one: an article that its medium changed, a record that its office corrected."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, or_, select

from domain.texts.document import DocumentId, DocumentVersion
from storage.session import Session, chunks
from storage.tables.documents import RawDocumentRow, VersionRow

_OWN, _OTHER = RawDocumentRow.__table__.alias(), RawDocumentRow.__table__.alias()
_UNDER_ONE_KEY = (
    select(_OWN.c.id, _OTHER.c.id)
    .join(
        _OTHER,
        (_OTHER.c.source == _OWN.c.source)
        & (_OTHER.c.external_hash == _OWN.c.external_hash)
        & (_OTHER.c.office == _OWN.c.office)
        & (_OTHER.c.id != _OWN.c.id)
        & or_(
            _OTHER.c.received_at < _OWN.c.received_at,
            (_OTHER.c.received_at == _OWN.c.received_at) & (_OTHER.c.id < _OWN.c.id),
        ),
    )
    .where(_OWN.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(_OTHER.c.received_at, _OTHER.c.id)
)
"""Documents and those before them under their keys, the latest of these last."""


class Versions:
    """One record for every version but the first; appended, never changed."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, document_id: DocumentId, replaced: DocumentId) -> DocumentVersion:
        """The version that the document is of the one it replaces; a second time it stays what it was."""
        return self.add_many([(document_id, replaced)])[0]

    def add_many(self, replacing: Sequence[tuple[DocumentId, DocumentId]]) -> list[DocumentVersion]:
        """The versions that documents are of those they replace, in order: a later one may replace an earlier one."""
        known = {one: found.original_id for one, found in self.known([old for _, old in replacing]).items()}
        newest = self._newest(sorted({known.get(old, old) for _, old in replacing}))
        made = []
        for document_id, replaced in replacing:
            original = known[document_id] = known.get(replaced, replaced)
            newest[original] = newest.get(original, 1) + 1
            made.append(DocumentVersion(document_id=document_id, original_id=original, number=newest[original]))
        rows = [{"document_id": one.document_id, "original_id": one.original_id, "number": one.number} for one in made]
        self._session.insert_new(VersionRow, rows)
        return made

    def _newest(self, originals: Sequence[DocumentId]) -> dict[DocumentId, int]:
        """The highest number among the versions of each."""
        found: dict[DocumentId, int] = {}
        for part in chunks(originals):
            query = select(VersionRow.original_id, func.max(VersionRow.number)).group_by(VersionRow.original_id)
            for original, number in self._session.connection.execute(query.where(VersionRow.original_id.in_(part))):
                found[DocumentId(original)] = number
        return found

    def original_of(self, document_id: DocumentId) -> DocumentId:
        """The first version; the document itself when it replaces none."""
        known = self.known([document_id]).get(document_id)
        return known.original_id if known else document_id

    def all_of(self, document_id: DocumentId) -> list[DocumentId]:
        """Every version of the document, the first one first; the document alone when nothing replaces it."""
        original = self.original_of(document_id)
        query = select(VersionRow.document_id).where(VersionRow.original_id == original).order_by(VersionRow.number)
        return [original, *(DocumentId(found) for found in self._session.connection.scalars(query))]

    def families(self, ids: Sequence[DocumentId]) -> dict[DocumentId, list[DocumentId]]:
        """`all_of` for several documents at once."""
        known = self.known(ids)
        originals = {one: known[one].original_id if one in known else one for one in ids}
        later: dict[DocumentId, list[DocumentId]] = defaultdict(list)
        for part in chunks(sorted(set(originals.values()))):
            query = select(VersionRow.original_id, VersionRow.document_id).where(VersionRow.original_id.in_(part))
            for row in self._session.connection.execute(query.order_by(VersionRow.number)):
                later[DocumentId(row.original_id)].append(DocumentId(row.document_id))
        return {one: [original, *later[original]] for one, original in originals.items()}

    def known(self, ids: Sequence[DocumentId]) -> dict[DocumentId, DocumentVersion]:
        """Those of the documents that replace another one."""
        found: dict[DocumentId, DocumentVersion] = {}
        for part in chunks(ids):
            query = select(VersionRow.__table__).where(VersionRow.document_id.in_(part))
            for row in self._session.connection.execute(query):
                one = DocumentId(row.document_id)
                found[one] = DocumentVersion(
                    document_id=one, original_id=DocumentId(row.original_id), number=row.number
                )
        return found

    def same_key(self, ids: Sequence[DocumentId]) -> dict[DocumentId, DocumentId]:
        """For each document the one before it, if any, with another text under its address or its office's number."""
        found: dict[DocumentId, DocumentId] = {}
        for part in chunks(ids):
            rows = self._session.connection.execute(_UNDER_ONE_KEY, {"ids": part})
            found.update((DocumentId(one), DocumentId(earlier)) for one, earlier in rows)
        return found

    def forget(self, ids: Sequence[DocumentId]) -> None:
        """Take the records of these documents out; the other versions keep their numbers."""
        for part in chunks(ids):
            self._session.connection.execute(delete(VersionRow).where(VersionRow.document_id.in_(part)))
