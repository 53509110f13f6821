"""A lead's texts in the order of time, reprints of one text folded under the first, with a key to the marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.leads.lead import LeadView
from domain.texts.document import DocumentId
from review.shown.history_views import VersionRow
from review.shown.views import TextCard, open_evidence
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One text with what says the same."""

    text: TextCard
    version: VersionRow | None
    number: int
    """As the judgement forms call it, 材料1, 材料2 …"""
    reprints: tuple[TextCard, ...]


def timeline(
    work: UnitOfWork, view: LeadView, texts: Sequence[TextCard], versions: Sequence[VersionRow | None]
) -> list[TimelineEntry]:
    """The texts by day; who may not know how many there are is given one for all, and nothing is folded for them."""
    ids = [one.document_id for one in open_evidence(work, view)]
    told = [*versions, *[None] * len(texts)]
    clusters = work.duplicates.clusters(ids) if len(ids) == len(texts) else {}
    folded: dict[object, list[int]] = {}
    for at in range(len(texts)):
        folded.setdefault(_fold(at, ids, clusters, told[at]), []).append(at)
    entries = [
        TimelineEntry(
            text=texts[group[0]],
            version=told[group[0]],
            number=group[0] + 1,
            reprints=tuple(texts[at] for at in group[1:]),
        )
        for group in folded.values()
    ]
    return sorted(entries, key=lambda entry: (entry.text.day, entry.number))


def _fold(
    at: int, ids: Sequence[DocumentId], clusters: dict[DocumentId, DocumentId], version: VersionRow | None
) -> object:
    """What a text is folded by: its cluster; one that has versions stands by itself, for they differ."""
    return clusters[ids[at]] if clusters and version is None else at


def legend(texts: Sequence[TextCard]) -> dict[str, int]:
    """The categories that are marked in the texts, each with its number; the number stands behind every mark."""
    labels = dict.fromkeys(label for text in texts for segment in text.segments for label in segment.labels)
    return {label: number for number, label in enumerate(labels, 1)}
