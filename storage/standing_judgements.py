"""Which judgements of households bear on which texts, under the register of today."""

from collections.abc import Callable, Sequence

from domain.document import Document, DocumentId
from domain.household_judgement import NumberedHouseholdJudgement, StandingJudgement
from storage.unit_of_work import UnitOfWork

OneMatter = Callable[[Document, Document], bool]


def standing_judgements(
    work: UnitOfWork, documents: Sequence[Document], one_matter: OneMatter
) -> dict[DocumentId, tuple[StandingJudgement, ...]]:
    """What people said, and did not take back, of each text or of a repeat of it; oldest first.

    Texts of which nobody said anything are left out. `one_matter` tells repeats from copies among near-duplicates.
    """
    clusters = work.duplicates.clusters([document.id for document in documents])
    by_cluster = work.household_judgements.standing_in(list(clusters.values()))
    if not by_cluster:
        return {}
    judged = {one.judgement.document_id for found in by_cluster.values() for one in found}
    texts = {document.id: document for document in work.documents.many(sorted(judged))}
    found = {
        document.id: tuple(
            _standing(work, document, numbered)
            for numbered in by_cluster.get(clusters[document.id], ())
            if one_matter(texts[numbered.judgement.document_id], document)
        )
        for document in documents
    }
    return {document_id: said for document_id, said in found.items() if said}


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
