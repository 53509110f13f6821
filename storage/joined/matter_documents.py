"""What was said about the matter of a lead: in it, in its earlier leads, and by the same people elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.accounts.access_scope import AccessScope
from domain.risk import Risk
from domain.texts.document import Document, DocumentId
from domain.words.vocabulary import Channel

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MatterDocuments:
    """Documents in the order of their ids, each in its first version that is there."""

    own: tuple[Document, ...]
    """Of the matter's leads."""
    elsewhere: tuple[Document, ...]
    """Under the same ID numbers or phones, of the same kind and inside the region; perhaps by somebody else who uses
    the phone too."""


def documents_of_matter(
    work: "UnitOfWork", matter: str, risks: frozenset[Risk], ids: Iterable[DocumentId], scope: AccessScope
) -> MatterDocuments:
    """The documents `ids` and those of every lead of the matter, and what came in under the same numbers besides.

    Of the latter only what a lead inside `scope` shows: who reads there must not learn, not even from a number, that
    somebody petitioned elsewhere. What shares no category of `risks` is another matter. Of several versions of one text
    only the first counts, for it says when the matter came in and by whom; what became restricted counts nowhere.
    """
    known = {*ids, *work.leads.documents_of_matter(matter)}
    documents = work.documents.found(sorted(known))
    numbers = [one.petitioner for one in documents.values() if one.channel is not Channel.NEWS]
    others = _with_risks(work, _inside(work, set(work.petitioner_marks.sharing(numbers)) - known, scope), risks)
    documents |= work.documents.found(sorted(others))
    first = _first_versions(work, [one for one in sorted(documents) if work.routes.restriction(one) is None])
    return MatterDocuments(
        own=tuple(documents[one] for one in first if one in known),
        elsewhere=tuple(documents[one] for one in first if one not in known),
    )


def _first_versions(work: "UnitOfWork", ids: Sequence[DocumentId]) -> list[DocumentId]:
    versions = work.versions.known(ids)
    first: dict[DocumentId, tuple[int, DocumentId]] = {}
    for one in ids:
        original, number = (versions[one].original_id, versions[one].number) if one in versions else (one, 1)
        first[original] = min((number, one), first.get(original, (number, one)))
    return sorted(one for _, one in first.values())


def _inside(work: "UnitOfWork", ids: set[DocumentId], scope: AccessScope) -> set[DocumentId]:
    return {one for one in ids if any(work.leads.inside(lead_id, scope) for lead_id in work.leads.of_document(one))}


def _with_risks(work: "UnitOfWork", ids: set[DocumentId], risks: frozenset[Risk]) -> set[DocumentId]:
    analyses = {one: work.analyses.latest(one) for one in ids}
    return {one for one, analysis in analyses.items() if analysis and analysis.reading.risks & risks}
