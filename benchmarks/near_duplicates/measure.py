"""Runs a stream of texts through the stage, and through datasketch, and counts what was joined to what."""

import gc
import re
import resource
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

from datasketch import MinHash, MinHashLSH

from benchmarks.near_duplicates.texts import Text
from domain.places.region import RegionCode
from domain.texts.document import DocumentId, Petitioner, RawDocument, document_id
from nlp.documents import to_document
from nlp.normalise import normalise
from nlp.persons.text_names import full_names
from nlp.repeats.near_duplicates import Compared, signature
from nlp.repeats.same_text import worth_reading
from pipeline.leads.petitions import petitions_of
from pipeline.stages.deduplicate import Deduplicate
from storage.store import Store
from storage.texts.signatures import Signed

BATCH = 200
"""Documents in one transaction, as the settings have it."""
COUNTY = RegionCode("141124")
"""Where all texts of the stream are about."""
_START = datetime(2026, 1, 1, tzinfo=UTC)
_NOT_COMPARED = re.compile(r"[\W_]+")
_PERMUTATIONS, _THRESHOLD, _GRAM = 128, 0.5, 2
_Item = TypeVar("_Item")


@dataclass(slots=True)
class Joined:
    """What became of the texts of one form."""

    texts: int = 0
    to_join: int = 0
    """Texts of whose matter an earlier one had come."""
    joined: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        """Share of the texts to join that joined their own matter."""
        return self.right / self.to_join if self.to_join else 1.0

    @property
    def precision(self) -> float:
        """Share of the joined texts that joined their own matter."""
        return self.right / self.joined if self.joined else 1.0


@dataclass(slots=True)
class Measured:
    """One run over the stream."""

    forms: dict[str, Joined] = field(default_factory=lambda: defaultdict(Joined))
    seconds: float = 0.0
    """Of processor time."""

    @property
    def whole(self) -> Joined:
        """All forms together."""
        whole = Joined()
        for one in self.forms.values():
            for name in ("texts", "to_join", "joined", "right"):
                setattr(whole, name, getattr(whole, name) + getattr(one, name))
        return whole

    @property
    def per_second(self) -> float:
        """Texts a second of processor time."""
        return self.whole.texts / self.seconds if self.seconds else 0.0

    def count(self, texts: Sequence[Text], clusters: Sequence[int]) -> None:
        """Count the stream; `clusters` holds for each text the position of the first text of its cluster."""
        first: dict[str, int] = {}
        for position, (text, cluster) in enumerate(zip(texts, clusters, strict=True)):
            one = self.forms[text.form]
            one.texts += 1
            one.to_join += text.matter in first
            one.joined += cluster != position
            one.right += cluster != position and texts[cluster].matter == text.matter
            first.setdefault(text.matter, position)


def ours(store: Store, texts: Sequence[Text], *, as_petitions: bool = False) -> Measured:
    """The stage over the stream, batch by batch, each committed; what ingest does is not in the time.

    With `as_petitions` a text has joined what it shares a lead with where the register knows nobody: of its cluster
    what its own household sent in.
    """
    measured, ids = Measured(), list[DocumentId]()
    # A process reads its dictionaries once, whatever it reads afterwards.
    full_names("")
    # The texts of the benchmark itself are no work of the stage's garbage collector.
    gc.freeze()
    for batch in _batches(enumerate(texts)):
        raws = [raw_of(position, text) for position, text in batch]
        ids += [raw.id for raw in raws]
        measured.seconds += deduplicate(store, raws)
    positions = {one: position for position, one in enumerate(ids)}
    with store.reading() as work:
        groups = work.duplicates.clusters(ids)
        if as_petitions:
            groups = {one: petition.id for one, petition in petitions_of(work, ids).items()}
    measured.count(texts, [positions[groups[one]] for one in ids])
    return measured


def deduplicate(store: Store, raws: Sequence[RawDocument]) -> float:
    """Take one batch in and run the stage over it; the stage's processor seconds, its commit included."""
    with store.unit_of_work() as work:
        for raw in raws:
            work.raw.add(raw)
            work.documents.add(to_document(raw, COUNTY))
        work.commit()
    stage = Deduplicate()
    started = time.process_time()
    with store.unit_of_work() as work:
        for _, item in stage.load(work, [raw.id for raw in raws]):
            stage.process(work, item, _START)
        work.commit()
    return time.process_time() - started


def datasketch(texts: Sequence[Text]) -> Measured:
    """MinHashLSH in memory with character bigrams, a text joining the most similar earlier one above the threshold."""
    measured, index = Measured(), MinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS)
    kept: list[MinHash] = []
    clusters: list[int] = []
    contents = [_NOT_COMPARED.sub("", normalise(f"{text.title}\n{text.text}")) for text in texts]
    started = time.process_time()
    for position, content in enumerate(contents):
        made = MinHash(num_perm=_PERMUTATIONS, seed=1)
        made.update_batch([gram.encode() for gram in {content[at : at + _GRAM] for at in range(len(content) - 1)}])
        near = [(made.jaccard(kept[other]), other) for other in index.query(made)]
        best = max(near, default=(0.0, position))
        clusters.append(clusters[best[1]] if best[0] >= _THRESHOLD else position)
        kept.append(made)
        index.insert(position, made)
    measured.seconds = time.process_time() - started
    measured.count(texts, clusters)
    return measured


@dataclass(frozen=True, slots=True)
class Growth:
    """How the index does at one size."""

    documents: int
    per_second: float
    """Documents a second of processor time over the last stretch."""
    resident_megabytes: float
    """Most memory the process has held so far."""
    database_megabytes: float


def growth(store: Store, database: Path, texts: Iterable[str], stretch: int) -> Iterator[Growth]:
    """The index fed with unrelated texts, measured after each stretch: signature, look-up, bands, commit."""
    done, seconds, since = 0, 0.0, 0
    for batch in _batches(enumerate(texts)):
        started = time.process_time()
        signed = []
        for position, text in batch:
            made = signature(Compared.of(text))
            signed.append(Signed(DocumentId(f"filler {position}"), made.bands, made.values))
        with store.unit_of_work() as work:
            for one, sharing in zip(signed, work.signatures.add(signed), strict=True):
                worth_reading(one.values, sharing)
            work.commit()
        seconds += time.process_time() - started
        done, since = done + len(batch), since + len(batch)
        if since >= stretch:
            resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            yield Growth(done, since / seconds, resident, database.stat().st_size / 2**20)
            seconds, since = 0.0, 0


def raw_of(position: int, text: Text) -> RawDocument:
    """The text as its medium or its office delivers it, in the place of the stream."""
    key = f"{text.form}-{position}"
    return RawDocument(
        id=document_id("benchmark", key, text.title, text.text),
        channel=text.channel,
        source=text.medium or f"medium_{position % 7}",
        external_key=key,
        title=text.title,
        text=text.text,
        published_at=text.published_at,
        received_at=_START + timedelta(seconds=position),
        petitioner=Petitioner(name=text.name, phone=text.phone),
    )


def _batches(items: Iterable[tuple[int, _Item]]) -> Iterator[list[tuple[int, _Item]]]:
    numbered = iter(items)
    while batch := list(islice(numbered, BATCH)):
        yield batch
