"""Which petition a text is: what one household has sent in, however often, of all that lies in its cluster."""

from collections.abc import Sequence

from domain.document import DocumentId
from nlp.copied_letters import first_of_each_household
from storage.unit_of_work import UnitOfWork


def petitions_of(work: UnitOfWork, ids: Sequence[DocumentId]) -> dict[DocumentId, DocumentId]:
    """For each document the id that stands for its petition: the cluster's own, or that of a copying household.

    The household whose text began the cluster keeps the cluster's id; every other one has that of its first text.
    """
    clusters = work.duplicates.clusters(ids)
    found = dict(clusters)
    for cluster in set(clusters.values()):
        documents = work.documents.found(work.duplicates.members(cluster))
        if len(documents) < 2:
            continue
        first = first_of_each_household(sorted(documents.values(), key=lambda one: (one.received_at, one.id)))
        began = first.get(cluster)
        for one in ids:
            if clusters[one] == cluster and one in first:
                found[one] = cluster if first[one] == began else first[one]
    return found
