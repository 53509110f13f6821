"""How much each clause of a text tells of hardship, learned from clauses that readers marked as evidence.

It says nothing about a household: it only helps to tell who of the persons in a text is in need.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.clauses import Clause, split_clauses
from nlp.ngrams import NgramWeights
from nlp.scorer import Array

REACH = (1, 3)
"""Shortest and longest n-gram."""


@dataclass(frozen=True)
class HardshipReader:
    """Weights of the n-grams of clauses."""

    ngrams: NgramWeights
    bias: float

    def read(self, content: str) -> tuple[Sequence[Clause], Array]:
        """The clauses of a text in its order, and of each the log-odds, shape (clauses,), that it tells of hardship."""
        clauses = split_clauses(content)
        if not clauses:
            return clauses, np.zeros(0, dtype=np.float32)
        return clauses, self.ngrams.scores([clause.text for clause in clauses])[:, 0] + np.float32(self.bias)
