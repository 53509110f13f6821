"""What was said about the matter of a lead: in it, in its earlier leads, and by the same people elsewhere."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from domain.document import Document, DocumentId
from domain.risk import Risk
from domain.vocabulary import Channel

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


def documents_of_matter(
    work: "UnitOfWork", matter: str, risks: frozenset[Risk], ids: Iterable[DocumentId]
) -> list[Document]:
    """The documents `ids`, those of every lead of the matter, and what the same petitioners brought in besides.

    What shares no category of `risks` is another matter. Of several versions of one text only the first counts, for it
    says when the matter was brought in and by whom; what became restricted counts nowhere.
    """
    known = {*ids, *(one.document_id for view in work.leads.by_matter(matter) for one in view.evidence)}
    documents = work.documents.found(sorted(known))
    documents |= work.documents.found(sorted(_of_the_same_people(work, list(documents.values()), risks) - known))
    shown = [one for one in sorted(documents) if work.routes.restriction(one) is None]
    versions = work.versions.known(shown)
    first: dict[DocumentId, tuple[int, DocumentId]] = {}
    for one in shown:
        original, number = (versions[one].original_id, versions[one].number) if one in versions else (one, 1)
        first[original] = min((number, one), first.get(original, (number, one)))
    return [documents[one] for one in sorted(one for _, one in first.values())]


def _of_the_same_people(work: "UnitOfWork", documents: Sequence[Document], risks: frozenset[Risk]) -> set[DocumentId]:
    numbered = [one for one in documents if one.channel is not Channel.NEWS]
    sharing = {other for one in numbered for other in work.petitioner_marks.sharing(one.petitioner)}
    analyses = {one: work.analyses.latest(one) for one in sharing}
    return {one for one, analysis in analyses.items() if analysis and analysis.reading.risks & risks}
