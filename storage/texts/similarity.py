"""Near-duplicate clusters: which documents tell one matter in nearly the same words."""

from collections.abc import Sequence

from sqlalchemy import select

from domain.texts.document import DocumentId, Duplicate
from storage.session import Session, chunks
from storage.tables.documents import DuplicateRow


class Duplicates:
    """The cluster of every document."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, duplicate: Duplicate) -> None:
        """Append the document's cluster; the first one stays."""
        self.add_many([duplicate])

    def add_many(self, duplicates: Sequence[Duplicate]) -> None:
        """Append the clusters of documents; the first one of each stays."""
        rows = [
            {"document_id": one.document_id, "cluster_id": one.cluster_id, "similarity": one.similarity}
            for one in duplicates
        ]
        self._session.insert_new(DuplicateRow, rows)

    def of(self, document_id: DocumentId) -> Duplicate | None:
        """The document's cluster, None before it has been compared."""
        return self.known([document_id]).get(document_id)

    def known(self, ids: Sequence[DocumentId]) -> dict[DocumentId, Duplicate]:
        """The clusters of those documents that have been compared."""
        found: dict[DocumentId, Duplicate] = {}
        for row in self._session.rows_among(select(DuplicateRow.__table__), DuplicateRow.document_id, ids):
            document_id, cluster_id, similarity = tuple(row)
            one = DocumentId(document_id)
            found[one] = Duplicate(document_id=one, cluster_id=DocumentId(cluster_id), similarity=similarity)
        return found

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
