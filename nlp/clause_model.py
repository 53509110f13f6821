"""The clause model: how much each clause, beside its neighbours, speaks for each head.

A difficulty is often told in half a sentence of a long letter about something else; among all the other words of the
letter it is lost, by itself it is plain. The model was taught by clauses that readers marked as evidence.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import numpy as np

from domain.risk import GUIDE_RISKS
from nlp.clauses import Clause, says_something, split_clauses
from nlp.ngrams import NgramWeights, parted
from nlp.scorer import Array

OWN_REACH, NEAR_REACH = (1, 3), (1, 2)
"""Shortest and longest n-gram of the clause itself, and of the clauses before and after it."""
NAMES = (*(risk.value for risk in GUIDE_RISKS), "accusation", "urgent", "relocation")
"""What the columns of all scores are: the heads that single clauses can speak for."""
_NOTHING = -6.0
"""Log-odds of a clause that is not there."""
POOLED = 3 * len(NAMES)


_LONGEST, _PIECE = 40, 20
"""Characters from which a clause is cut, and about how long the pieces are."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause as the model reads it."""

    clause: Clause
    near: str
    """Those before and after it."""


@dataclass(frozen=True)
class ClauseModel:
    """Weights of the n-grams in a clause, and of those in its neighbours."""

    own: NgramWeights
    near: NgramWeights
    bias: Array
    """Shape (heads,), as NAMES."""

    def read(self, contents: Sequence[str]) -> list["ClauseScores"]:
        """Of every text its clauses and how much each speaks for each head."""
        units = [list(units_of(content)) for content in contents]
        every = [unit for own in units for unit in own]
        if not every:
            return [ClauseScores((), np.zeros((0, len(NAMES)), dtype=np.float32)) for _ in contents]
        found = self.own.scores([unit.clause.text for unit in every]) + self.bias
        found += self.near.scores([unit.near for unit in every])
        ends = np.cumsum([len(own) for own in units])
        parts = np.split(found, ends[:-1])
        return [ClauseScores(tuple(one.clause for one in own), part) for own, part in zip(units, parts, strict=True)]


@dataclass(frozen=True, slots=True)
class ClauseScores:
    """The clauses of one text."""

    clauses: tuple[Clause, ...]
    odds: Array
    """Shape (clauses, heads): log-odds, above nought when a clause speaks for a head."""


def units_of(content: str) -> Iterator[Unit]:
    """The clauses of a text that say something, in order, each with its neighbours."""
    clauses = [part for clause in split_clauses(content) if says_something(clause) for part in _cut(clause)]
    texts = ["^", *(clause.text for clause in clauses), "$"]
    for place, clause in enumerate(clauses):
        yield Unit(clause, f"{texts[place]}|{texts[place + 2]}")


def _cut(clause: Clause) -> Iterator[Clause]:
    """The clause itself; where somebody wrote or spoke without a stop, pieces of equal length, as long as most are."""
    if len(clause.text) <= _LONGEST:
        yield clause
        return
    count = math.ceil(len(clause.text) / _PIECE)
    borders = [len(clause.text) * number // count for number in range(count + 1)]
    for begin, end in pairwise(borders):
        yield Clause(clause.start + begin, clause.start + end, clause.text[begin:end])


def pooled(read: Sequence[ClauseScores]) -> Array:
    """Shape (texts, POOLED): of every head the strongest clause, the second, and all of them together (log-sum)."""
    found = np.full((len(read), 3, len(NAMES)), _NOTHING, dtype=np.float32)
    for row, one in zip(found, read, strict=True):
        if len(one.odds):
            strongest = -np.sort(-one.odds, axis=0)[:2]
            row[: len(strongest)] = strongest
            row[2] = np.log(np.exp(np.clip(one.odds, -10, 10)).sum(axis=0))
    return found.reshape(len(read), POOLED)


def load_clause_model(content: bytes) -> ClauseModel:
    """The model of a file's content."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        own, near = (
            NgramWeights(
                vocabulary=parted(arrays[f"{name}_vocabulary"].tobytes()),
                idf=arrays[f"{name}_idf"].astype(np.float32),
                weights=arrays[f"{name}_weights"].astype(np.float32) * arrays[f"{name}_scale"].astype(np.float32),
                reach=reach,
            )
            for name, reach in (("own", OWN_REACH), ("near", NEAR_REACH))
        )
        return ClauseModel(own, near, arrays["bias"].astype(np.float32))
