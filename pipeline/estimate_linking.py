"""Estimates the parameters of linking on a deployment's own archive, without anybody's labels."""

from datetime import date

from nlp.gazetteer import Gazetteer
from pipeline.link import facts_of
from pipeline.linker import Linker
from pipeline.linking.decide import compare_all
from pipeline.linking.estimate import Candidates, estimate
from pipeline.linking.parameters import Parameters
from storage.store import Store

_AT_ONCE = 200


def estimate_on_archive(store: Store, linker: Linker, gazetteer: Gazetteer, day: date) -> tuple[Parameters, int]:
    """The parameters that fit the archive, and how many texts had a candidate."""
    with store.reading() as work:
        ids = work.links.documents()
        told: list[Candidates] = []
        for begin in range(0, len(ids), _AT_ONCE):
            facts = facts_of(work, ids[begin : begin + _AT_ONCE], gazetteer)
            found = linker.candidates(work, facts)
            told += [
                [one.evidence for one in compare_all(own, candidates, linker.chances, linker.parameters)]
                for own, candidates in zip(facts, found, strict=True)
            ]
    version = f"own-{day:%Y%m%d}"
    return estimate(linker.parameters, told, version=version), sum(map(bool, told))
