"""Stage deduplicate: reprints and repeated petitions are gathered in clusters and keep all their sources.

An article that its medium changed, or a record that its office corrected, is a new version of the one before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.texts.document import PASTED, Document, DocumentId, Duplicate
from domain.words.vocabulary import Channel
from nlp.repeats.near_duplicates import VERSION, Compared, signatures
from nlp.repeats.one_writer import written_names
from nlp.repeats.overlap import Overlap, overlap, overlaps
from nlp.repeats.repeats import one_matter
from nlp.repeats.same_text import compared, is_same_text, worth_reading_each
from nlp.repeats.series import same_person
from pipeline.stages.stage import Stage, Step, done
from storage.texts.signatures import Signed
from storage.unit_of_work import UnitOfWork

_SURE = 0.8
"""Share of the longer text from which no other earlier text is read: none can be much nearer."""
_LEAST_OF_A_VERSION = 0.3
"""Share of the shorter text from which a changed text is read as the one before, whoever brought it in."""


_Beside = tuple[Document, Overlap]
"""An earlier document, and what a later one shares with it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a document belongs."""

    duplicate: Duplicate
    replaced: DocumentId | None
    """The document that it is a new version of."""


class Deduplicate(Stage[Finding]):
    """Finds the cluster of every document; later documents join the cluster of the earlier one most like them."""

    name = "deduplicate"
    version = VERSION

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, Finding]]:
        """Where each document belongs.

        Signatures, clusters and versions are written here, for the whole batch at once: one by one they would cost ten
        times as much. It is the transaction that `process` runs in.
        """
        documents = work.documents.many(ids)
        work.petitioner_marks.add([(document.id, document.petitioner) for document in documents])
        work.petitioner_marks.add_names([(document.id, written_names(document.petitioner)) for document in documents])
        reader = _Reader(work, documents)
        found = [(document.id, reader.finding(document)) for document in documents]
        work.duplicates.add_many([one.duplicate for _, one in found])
        work.versions.add_many([(document_id, one.replaced) for document_id, one in found if one.replaced is not None])
        return found

    def process(self, work: UnitOfWork, item: Finding, at: datetime) -> Step:
        """Say what was found."""
        duplicate = item.duplicate
        if item.replaced is not None:
            return done("new_version")
        return done("unique" if duplicate.cluster_id == duplicate.document_id else "member_of")


class _Reader:
    """Reads the documents of one batch beside those that came before them."""

    def __init__(self, work: UnitOfWork, documents: Sequence[Document]) -> None:
        self._work = work
        self._texts = {document.id: compared(document) for document in documents}
        self._documents = {document.id: document for document in documents}
        self._same_key = work.versions.same_key(list(self._texts))
        self._fetch(self._same_key.values())
        candidates = _candidates(work, self._texts)
        self._known = work.duplicates.known(list(candidates))
        self._alike = self._most_alike({one: found for one, found in candidates.items() if one not in self._known})
        beside = {other.id for other, _ in self._alike.values()} | set(self._same_key.values())
        self._known |= work.duplicates.known(sorted(beside - candidates.keys()))

    def finding(self, document: Document) -> Finding:
        """The document's cluster, the one it has already if it has one, and what it replaces."""
        known = self._known.get(document.id)
        if known is not None:
            return Finding(known, None)
        found = self._alike.get(document.id)
        replaced = self._replaced(document, found)
        beside = found or self._earlier_version(document, replaced)
        if beside is None:
            made = Duplicate(document_id=document.id, cluster_id=document.id, similarity=1.0)
        else:
            other, shared = beside
            cluster = self._known[other.id].cluster_id if other.id in self._known else other.id
            made = Duplicate(document_id=document.id, cluster_id=cluster, similarity=round(shared.longer, 4))
        self._known[document.id] = made
        return Finding(made, replaced)

    def _most_alike(self, candidates: Mapping[DocumentId, Sequence[DocumentId]]) -> dict[DocumentId, _Beside]:
        """For each document the earlier one that most of it stands in, if they are one text.

        Read in rounds, the nearest candidate of every document first: with most documents it is the one, and the
        others are then never fetched and opened.
        """
        best: dict[DocumentId, _Beside] = {}
        for place in range(max(map(len, candidates.values()), default=0)):
            pairs = [
                (one, found[place])
                for one, found in candidates.items()
                if len(found) > place and (one not in best or best[one][1].longer < _SURE)
            ]
            for one, other, found in self._read([(self._documents[one], other) for one, other in pairs]):
                if is_same_text(one, other, found) and (one.id not in best or found.longer > best[one.id][1].longer):
                    best[one.id] = (other, found)
        return best

    def _read(self, pairs: Sequence[tuple[Document, DocumentId]]) -> Iterator[tuple[Document, Document, Overlap]]:
        """Each document, the earlier one, and what they share; without the pairs whose earlier one is gone."""
        self._fetch(other for _, other in pairs)
        there = [(one, self._documents[other]) for one, other in pairs if other in self._documents]
        shared = overlaps([(self._text(one), self._text(other)) for one, other in there])
        return ((one, other, found) for (one, other), found in zip(there, shared, strict=True))

    def _fetch(self, ids: Iterable[DocumentId]) -> None:
        self._documents |= self._work.documents.found(sorted(set(ids) - self._documents.keys()))

    def _earlier_version(self, document: Document, replaced: DocumentId | None) -> _Beside | None:
        """The version before, unless the text was written anew: then it has a cluster of its own."""
        if replaced is None:
            return None
        earlier = self._documents[replaced]
        shared = self._overlap(document, earlier)
        return (earlier, shared) if shared.shorter >= _LEAST_OF_A_VERSION else None

    def _overlap(self, document: Document, other: Document) -> Overlap:
        return overlap(self._text(document), self._text(other))

    def _text(self, document: Document) -> Compared:
        if document.id not in self._texts:
            self._texts[document.id] = compared(document)
        return self._texts[document.id]

    def _replaced(self, document: Document, found: _Beside | None) -> DocumentId | None:
        """The document that this one is a new version of; a number used again for another person is no version."""
        earlier = self._documents.get(self._same_key.get(document.id, document.id))
        if earlier is not None and earlier.id != document.id and self._is_version(document, earlier):
            return earlier.id
        if found is None or document.channel is not Channel.NEWS:
            return None
        other = found[0]
        same_place = other.source == document.source and bool(document.title) and other.title == document.title
        return other.id if same_place else None

    def _is_version(self, document: Document, earlier: Document) -> bool:
        """True for a later text under the key of the earlier one, unless the key was used again for another matter.

        A medium has one article under an address, however much of it is rewritten. A number is used again in the next
        year, and a thread has many posts: there the person or the text must be the same.
        """
        if not one_matter(document, earlier):
            return False
        if document.channel is Channel.NEWS and document.source != PASTED:
            return True
        if same_person(document.petitioner, earlier.petitioner):
            return True
        return self._overlap(document, earlier).shorter >= _LEAST_OF_A_VERSION


def _candidates(work: UnitOfWork, texts: Mapping[DocumentId, Compared]) -> dict[DocumentId, list[DocumentId]]:
    made = signatures(list(texts.values()))
    signed = [Signed(document_id, one.bands, one.values) for document_id, one in zip(texts, made, strict=True)]
    sharing = work.signatures.add(signed)
    found = worth_reading_each([(one.values, beside) for one, beside in zip(signed, sharing, strict=True)])
    return dict(zip(texts, found, strict=True))
