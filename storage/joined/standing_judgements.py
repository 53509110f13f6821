"""Which judgements of households bear on which texts, under the register of today."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from domain.links.household_judgement import NumberedHouseholdJudgement, StandingJudgement
from domain.texts.document import Document, DocumentId
from storage.unit_of_work import UnitOfWork

Households = Callable[[Sequence[Document]], Mapping[DocumentId, DocumentId]]
"""For each text of a cluster, given in the order in which they came in, the first one of its household."""


def standing_judgements(
    work: UnitOfWork, documents: Sequence[Document], households: Households
) -> dict[DocumentId, tuple[StandingJudgement, ...]]:
    """What people said, and did not take back, of each text or of a repeat of it; oldest first.

    Texts of which nobody said anything are left out. `households` tells repeats from copies among near-duplicates: what
    is said of one household's texts says nothing of another's.
    """
    clusters = work.duplicates.clusters([document.id for document in documents])
    by_cluster = work.household_judgements.standing_in(list(clusters.values()))
    members = {one: work.documents.found(work.duplicates.members(one)) for one in by_cluster}
    own = {cluster: households(in_order_of_arrival(texts.values())) for cluster, texts in members.items()}
    found = {
        document.id: tuple(
            _standing(work, document, numbered)
            for numbered in by_cluster.get(clusters[document.id], ())
            if bears_on(own[clusters[document.id]], numbered.judgement.document_id, document.id)
        )
        for document in documents
    }
    return {document_id: said for document_id, said in found.items() if said}


def bears_on(firsts: Mapping[DocumentId, DocumentId], judged: DocumentId, document: DocumentId) -> bool:
    """True when what was said of one text of a cluster holds for another one: both are of one household."""
    return judged == document or (judged in firsts and firsts.get(document) == firsts[judged])


def in_order_of_arrival(documents: Iterable[Document]) -> list[Document]:
    """The documents as they came in."""
    return sorted(documents, key=lambda one: (one.received_at, one.id))


def _standing(work: UnitOfWork, document: Document, numbered: NumberedHouseholdJudgement) -> StandingJudgement:
    judgement = numbered.judgement
    now = work.register_history.whereabouts(judgement.household_id, judgement.register_version)
    return StandingJudgement(
        number=numbered.number,
        judgement=judgement,
        households=now.households,
        clear=now.clear,
        same_people=now.same_people,
        of_repeat=judgement.document_id != document.id,
    )
