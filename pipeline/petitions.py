"""Which petition a text is: what one household has sent in, however often, of all that lies in its cluster."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.document import DocumentId
from domain.lead import OPEN_STATUSES
from nlp.copied_letters import first_of_each_household
from storage.standing_judgements import in_order_of_arrival
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Petition:
    """What one household has sent in of a cluster."""

    id: DocumentId
    """The cluster's own for the household whose text began it, that of its first text for every other one."""
    documents: tuple[DocumentId, ...]
    """All its texts, oldest first."""


def alone(document_id: DocumentId) -> Petition:
    """The petition of a text that has no other beside it."""
    return Petition(document_id, (document_id,))


def petitions_of(work: UnitOfWork, ids: Sequence[DocumentId]) -> dict[DocumentId, Petition]:
    """The petition of each document; one that has not been compared yet is a petition by itself."""
    clusters = work.duplicates.clusters(ids)
    found = {one: Petition(cluster, (one,)) for one, cluster in clusters.items()}
    for cluster in set(clusters.values()):
        documents = work.documents.found(work.duplicates.members(cluster))
        if len(documents) < 2:
            continue
        first = first_of_each_household(in_order_of_arrival(documents.values()))
        for one in ids:
            if clusters[one] == cluster and one in first:
                own = tuple(other for other in first if first[other] == first[one])
                found[one] = Petition(cluster if cluster in own else own[0], own)
    return found


def matter_kept(work: UnitOfWork, petition: Petition, kind: str) -> str | None:
    """The matter under which an open lead already holds one of the petition's texts, oldest text first; None if none.

    Leads keep the key of the day on which they were opened: a text may have been put into a cluster only afterwards, or
    another version of the reader may find other names in it. `kind` is what such keys begin with.
    """
    leads = (work.leads.get(lead_id) for one in petition.documents for lead_id in work.leads.of_document(one))
    still_open = (view for view in leads if view is not None and view.status in OPEN_STATUSES)
    return next((view.lead.matter for view in still_open if view.lead.matter.startswith(kind)), None)
