"""Which petition a text is: what one household has sent in, however often, of all that lies in its cluster."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.leads.lead import OPEN_STATUSES, LeadView
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.texts.document import Document, DocumentId
from nlp.repeats.copied_letters import first_of_each_household
from nlp.repeats.one_writer import one_writer, written_names
from pipeline.leads.matter import petitions_about
from storage.joined.standing_judgements import in_order_of_arrival
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


def matter_of_the_same_person(
    work: UnitOfWork, document: Document, petition: Petition, risks: frozenset[Risk], village: RegionCode
) -> str | None:
    """The matter of the open lead in the village to which the same person has brought the same trouble in other words.

    Only leads that no household of the register has are looked at; the oldest one counts. What became restricted says
    nothing of who came before, and a copy of the letter by another household is not its petition.
    """
    petitioner, kind = document.petitioner, petitions_about(village)
    marks = work.petitioner_marks
    known = {*marks.sharing([petitioner]), *marks.under_names(written_names(petitioner))} - {document.id}
    fitting = [
        (view.lead.opened_at, view.lead.matter, one)
        for view, one in _open_leads(work, sorted(known), kind)
        if view.risks & risks and work.routes.restriction(one) is None
    ]
    others = _not_copied(work, document, petition, [one for _, _, one in fitting])
    writers = {other.id for other in others if one_writer(document, other)}
    return next((matter for _, matter, one in sorted(fitting) if one in writers), None)


def _not_copied(
    work: UnitOfWork, document: Document, petition: Petition, ids: Sequence[DocumentId]
) -> Iterator[Document]:
    """The documents without those that another household copied from the same letter."""
    clusters = work.duplicates.clusters([document.id, *ids])
    for other in work.documents.found(ids).values():
        if other.id in petition.documents or clusters[other.id] != clusters[document.id]:
            yield other


def matter_kept(work: UnitOfWork, petition: Petition, kind: str) -> str | None:
    """The matter under which an open lead already holds one of the petition's texts, oldest text first; None if none.

    Leads keep the key of the day on which they were opened: a text may have been put into a cluster only afterwards, or
    another version of the reader may find other names in it. `kind` is what such keys begin with.
    """
    return next((view.lead.matter for view, _ in _open_leads(work, petition.documents, kind)), None)


def _open_leads(work: UnitOfWork, ids: Iterable[DocumentId], kind: str) -> Iterator[tuple[LeadView, DocumentId]]:
    """The open leads of the documents whose matter begins with `kind`, in the order of the documents."""
    for one in ids:
        views = (work.leads.get(lead_id) for lead_id in work.leads.of_document(one))
        for view in views:
            if view is not None and view.status in OPEN_STATUSES and view.lead.matter.startswith(kind):
                yield view, one
