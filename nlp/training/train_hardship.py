"""Trains the reader of hardship on clauses of which readers said that they carry a category of the guide."""

from collections.abc import Sequence

import numpy as np

from domain.risk import Risk
from nlp.clauses import split_clauses
from nlp.hardship import REACH, HardshipReader
from nlp.training.labelled_texts import LabelledText
from nlp.training.ngram_features import fit_heads, ngram_features

_FEWEST = 8
"""An n-gram in fewer clauses is a name or a slip."""
_FEATURES = 12_000
_STRENGTH = 5.0
_SHORTEST = 2


def fit_hardship(texts: Sequence[LabelledText]) -> HardshipReader:
    """The reader of these texts; of those with labels only the ones with marked evidence teach."""
    clauses, answers = [], []
    for text in texts:
        evidence = [part for kind, parts in text.evidence.items() if isinstance(kind, Risk) for part in parts]
        if text.labels and not evidence:
            continue
        for clause in split_clauses(text.content):
            if len(clause.text) >= _SHORTEST:
                clauses.append(clause.text)
                answers.append(any(clause.text in part or part in clause.text for part in evidence))
    found = ngram_features(clauses, REACH, fewest=_FEWEST)
    targets = np.array(answers, dtype=np.int8).reshape(-1, 1)
    weights, bias = fit_heads(found.features, targets, lambda _: np.arange(len(clauses)), strength=_STRENGTH)
    return HardshipReader(found.strongest(weights, _FEATURES), float(bias[0]))
