"""Trains the models of clauses and of sentences on those that readers marked as evidence."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from nlp.clause_model import NAMES, NEAR_REACH, OWN_REACH, ClauseModel, Grain, Unit, units_of
from nlp.ngrams import NgramWeights, inverse_frequencies, make_vectoriser, weighted
from nlp.training.heads import UNKNOWN, targets_of
from nlp.training.labelled_texts import LabelledText
from nlp.training.marking import marks_of

_NEAR_SHARE = 0.5
"""How much a clause's neighbours count beside it; without them evidence is found less often (docs/performance.md)."""
_FEWEST = {"own": 3, "near": 5}
"""An n-gram in fewer clauses than this is a name or a slip."""
_FEATURES = {"own": 90_000, "near": 30_000}
"""Kept by the size of their weights over all heads."""
_STRENGTH = 6.0
"""Inverse regularisation, chosen by cross-validation of the whole panel; 2 is 0.002 lower."""
_AGAINST = 15
"""So many clauses that do not carry what is asked for beside each that does, both from texts about other difficulties
and from any: more take longer and find evidence less often."""


@dataclass(frozen=True, slots=True)
class MarkedClauses:
    """Every clause of some texts, and what it is known to speak for."""

    units: tuple[Unit, ...]
    owners: NDArray[np.intp]
    """Shape (clauses,): which text each belongs to."""
    targets: NDArray[np.int8]
    """Shape (clauses, heads): 1 marked as evidence, 0 no evidence, UNKNOWN where the text has what the head asks for
    and nobody marked which clauses carry it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One kind of n-grams of all clauses."""

    vocabulary: NDArray[np.str_]
    idf: NDArray[np.float32]
    features: csr_matrix


def fit_clauses(texts: Sequence[LabelledText], grain: Grain) -> ClauseModel:
    """The model of these texts; those without marks teach which clauses are no evidence."""
    marked = marked_clauses(texts, grain)
    own = _part([unit.clause.text for unit in marked.units], OWN_REACH, _FEWEST["own"])
    near = _part([unit.near for unit in marked.units], NEAR_REACH, _FEWEST["near"])
    features = csr_matrix(hstack([own.features, near.features * _NEAR_SHARE]))
    with ThreadPoolExecutor() as pool:
        fitted = list(pool.map(partial(_fit_head, features, marked), range(len(NAMES))))
    weights = np.stack([weights for weights, _ in fitted], axis=1)
    border = own.features.shape[1]
    return ClauseModel(
        grain=grain,
        own=_kept(own, weights[:border], OWN_REACH, _FEATURES["own"]),
        near=_kept(near, weights[border:] * _NEAR_SHARE, NEAR_REACH, _FEATURES["near"]),
        bias=np.array([bias for _, bias in fitted], dtype=np.float32),
    )


def marked_clauses(texts: Sequence[LabelledText], grain: Grain) -> MarkedClauses:
    """All clauses, or sentences, with their targets."""
    units, owners, targets = [], [], []
    for index, text in enumerate(texts):
        marks = marks_of(text, NAMES)
        known = np.where(targets_of([text], NAMES)[0] == 1, UNKNOWN, 0).astype(np.int8)
        known[[mark.head for mark in marks]] = 0
        for unit in units_of(text.content, grain):
            own = known.copy()
            for mark in marks:
                if unit.clause.start < mark.end and mark.start < unit.clause.end:
                    own[mark.head] = 1
            units.append(unit)
            owners.append(index)
            targets.append(own)
    return MarkedClauses(tuple(units), np.array(owners), np.array(targets, dtype=np.int8).reshape(-1, len(NAMES)))


def _part(contents: Sequence[str], reach: tuple[int, int], fewest: int) -> _Part:
    vectoriser = make_vectoriser(reach, minimum=fewest)
    counts = csr_matrix(vectoriser.fit_transform(contents))
    idf = inverse_frequencies(counts)
    return _Part(vectoriser.get_feature_names_out(), idf, normalize(weighted(counts, idf)))


def _fit_head(features: csr_matrix, marked: MarkedClauses, column: int) -> tuple[NDArray[np.float32], float]:
    rows = _examples(marked, column)
    fitted = LogisticRegression(C=_STRENGTH, class_weight="balanced", solver="liblinear", max_iter=100)
    fitted.fit(features[rows], marked.targets[rows, column])
    return fitted.coef_[0].astype(np.float32), float(fitted.intercept_[0])


def _examples(marked: MarkedClauses, column: int) -> NDArray[np.intp]:
    """Clauses to learn a head from: all that carry it, the others of the same texts, and some of all others."""
    target = marked.targets[:, column]
    carrying, without = np.flatnonzero(target == 1), np.flatnonzero(target == 0)
    texts = int(marked.owners.max()) + 1
    same = np.isin(without, np.flatnonzero(np.isin(marked.owners, marked.owners[carrying])))
    needy = np.zeros(texts, dtype=bool)
    needy[marked.owners[(marked.targets != 0).any(axis=1)]] = True
    dice = np.random.default_rng(column)
    most = _AGAINST * len(carrying)
    others = dice.permutation(without[needy[marked.owners[without]]])[:most]
    return np.unique(np.concatenate([carrying, without[same], others, dice.permutation(without)[:most]]))


def _kept(part: _Part, weights: NDArray[np.float32], reach: tuple[int, int], most: int) -> NgramWeights:
    rows = np.sort(np.argsort(-np.abs(weights * part.idf[:, None]).max(axis=1), kind="stable")[:most])
    vocabulary = tuple(str(ngram) for ngram in part.vocabulary[rows])
    return NgramWeights(vocabulary, part.idf[rows], weights[rows], reach)
