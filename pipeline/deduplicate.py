"""Stage deduplicate: reprints and repeated petitions are gathered in clusters and keep all their sources."""

from collections.abc import Sequence
from datetime import datetime

from domain.document import Document, DocumentId, Duplicate
from nlp.near_duplicates import VERSION, Signature, signature, similarity
from pipeline.stage import Stage, Step, done
from storage.unit_of_work import UnitOfWork

THRESHOLD = 0.5
"""Jaccard similarity of character bigrams from which two texts tell the same matter; measured in benchmarks/."""


class Deduplicate(Stage[Document]):
    """Finds the cluster of every document; later documents join the cluster of the most similar earlier one."""

    name = "deduplicate"
    version = VERSION

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, Document]]:
        """The documents."""
        return list(zip(ids, work.documents.many(ids), strict=True))

    def process(self, work: UnitOfWork, item: Document, at: datetime) -> Step:
        """Append the document's cluster and remember its signature for those that come later."""
        known = work.duplicates.of(item.id)
        if known is None:
            own = signature(item.content)
            known = _nearest(work, item.id, own) or Duplicate(document_id=item.id, cluster_id=item.id, similarity=1.0)
            work.duplicates.add(known)
            work.duplicates.add_bands(item.id, own.bands, own.values)
        return done("unique" if known.cluster_id == item.id else "member_of")


def _nearest(work: UnitOfWork, document_id: DocumentId, own: Signature) -> Duplicate | None:
    scored = [
        (similarity(own.values, values), candidate)
        for candidate, values in work.duplicates.candidates(own.bands)
        if candidate != document_id
    ]
    best = max(scored, default=None)
    if best is None or best[0] < THRESHOLD:
        return None
    joined = work.duplicates.of(best[1])
    return Duplicate(
        document_id=document_id, cluster_id=joined.cluster_id if joined else best[1], similarity=round(best[0], 4)
    )
