"""Estimates the parameters of linking on a deployment's own archive, without anybody's labels."""

import hashlib
import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.texts.document import DocumentId
from nlp.places.gazetteer import Gazetteer
from pipeline.linking.decide import compare_all
from pipeline.linking.estimate import Candidates, estimate
from pipeline.linking.parameters import Parameters
from pipeline.stages.link import facts_of
from pipeline.stages.linker import Linker
from storage.store import Store
from storage.unit_of_work import UnitOfWork

MOST_TEXTS = 5_000
"""Texts that are looked at as a rule. Their evidence is held in memory, some 20 KB a text; five thousand tell a share
to within a hundredth, and more would not change a weight that anybody sees."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Estimated:
    """Parameters, and what they rest on."""

    parameters: Parameters
    telling: int
    """Texts that had a candidate; the others say nothing."""
    sampled: int
    archive: int


def estimate_on_archive(
    store: Store, linker: Linker, gazetteer: Gazetteer, day: date, *, most: int = MOST_TEXTS
) -> Estimated:
    """The parameters that fit the archive; of a larger one a random sample of `most`, on one day the same."""
    version = f"own-{day:%Y%m%d}"
    with store.reading() as work:
        archive = work.links.documents()
        ids = _sample(archive, most, version)
        told: list[Candidates] = []
        for begin in range(0, len(ids), _AT_ONCE):
            told += _evidence(work, linker, gazetteer, ids[begin : begin + _AT_ONCE])
    parameters = estimate(linker.parameters, told, version=version)
    return Estimated(parameters, telling=len(told), sampled=len(ids), archive=len(archive))


def _sample(archive: Sequence[DocumentId], most: int, seed: str) -> list[DocumentId]:
    return heapq.nsmallest(most, archive, key=lambda one: hashlib.sha256(f"{seed} {one}".encode()).digest())


def _evidence(work: UnitOfWork, linker: Linker, gazetteer: Gazetteer, ids: Sequence[DocumentId]) -> list[Candidates]:
    """Of every text that has candidates their evidence."""
    facts = [linker.read(one) for one in facts_of(work, ids, gazetteer)]
    compared = (
        compare_all(own, candidates, linker.chances, linker.parameters)
        for own, candidates in zip(facts, linker.candidates(work, facts), strict=True)
    )
    return [[one.evidence for one in households] for households in compared if households]
