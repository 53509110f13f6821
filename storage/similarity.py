"""Near-duplicate clusters and the signatures by which new texts find them."""

from collections.abc import Sequence

from sqlalchemy import select

from domain.document import DocumentId, Duplicate
from storage.session import Session, chunks
from storage.tables.documents import BandRow, DuplicateRow, SignatureRow


class Duplicates:
    """The cluster of every document."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, duplicate: Duplicate) -> None:
        """Append the document's cluster; the first one stays."""
        row = {
            "document_id": duplicate.document_id,
            "cluster_id": duplicate.cluster_id,
            "similarity": duplicate.similarity,
        }
        self._session.insert_new(DuplicateRow, [row])

    def of(self, document_id: DocumentId) -> Duplicate | None:
        """The document's cluster, None before it has been compared."""
        query = select(DuplicateRow.__table__).where(DuplicateRow.document_id == document_id)
        row = self._session.connection.execute(query).one_or_none()
        if row is None:
            return None
        return Duplicate(
            document_id=DocumentId(row.document_id), cluster_id=DocumentId(row.cluster_id), similarity=row.similarity
        )

    def cluster_of(self, document_id: DocumentId) -> DocumentId:
        """The document's cluster; before it has been compared it is alone in its own."""
        duplicate = self.of(document_id)
        return duplicate.cluster_id if duplicate else document_id

    def clusters(self, ids: Sequence[DocumentId]) -> dict[DocumentId, DocumentId]:
        """The cluster of each document; one that has not been compared is alone in its own."""
        found = {document_id: document_id for document_id in ids}
        for part in chunks(ids):
            query = select(DuplicateRow.document_id, DuplicateRow.cluster_id).where(DuplicateRow.document_id.in_(part))
            for row in self._session.connection.execute(query):
                found[DocumentId(row.document_id)] = DocumentId(row.cluster_id)
        return found

    def alike(self, document_id: DocumentId) -> set[DocumentId]:
        """The document and its near-duplicates."""
        return {document_id, *self.members(self.cluster_of(document_id))}

    def members(self, cluster_id: DocumentId) -> list[DocumentId]:
        """All documents of a cluster."""
        query = select(DuplicateRow.document_id).where(DuplicateRow.cluster_id == cluster_id)
        rows = self._session.connection.scalars(query.order_by(DuplicateRow.document_id))
        return [DocumentId(found) for found in rows]

    def add_bands(self, document_id: DocumentId, bands: Sequence[int], signature: bytes) -> None:
        """Remember the signature for texts that come later."""
        self._session.insert_new(SignatureRow, [{"document_id": document_id, "signature": signature}])
        rows = [{"band": band, "document_id": document_id} for band in sorted(set(bands))]
        self._session.insert_new(BandRow, rows)

    def candidates(self, bands: Sequence[int]) -> list[tuple[DocumentId, bytes]]:
        """Every document that shares a band, with its signature."""
        sharing = select(BandRow.document_id).where(BandRow.band.in_(sorted(set(bands)))).distinct()
        query = select(SignatureRow.__table__).where(SignatureRow.document_id.in_(sharing))
        rows = self._session.connection.execute(query.order_by(SignatureRow.document_id))
        return [(DocumentId(row.document_id), row.signature) for row in rows]
