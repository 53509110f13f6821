"""How much each of two answers counts: fitted on texts that neither giver was trained on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp.scorer import Array
from nlp.training.heads import UNKNOWN
from nlp.weighing import WeighedHead, weigh

_CUTS = np.arange(0.05, 0.80, 0.01)
_PRIOR = 15.0
"""So many texts' worth of belief that a head's best threshold is the one that is best over all heads."""


def fit_combination(
    names: Sequence[str], first: Array, second: Array, targets: NDArray[np.int8], counted: Array | None = None
) -> tuple[WeighedHead, ...]:
    """Weights, calibration and threshold of every head.

    All tables have shape (texts, heads): the first's log-odds, the second's, what is true or UNKNOWN; `counted`, of
    shape (texts,), says how much each text counts, all alike when not given. A head without an example has the
    weights of all together.
    """
    counts = np.ones(len(targets), dtype=np.float32) if counted is None else counted
    shared = _weights(first, second, targets, counts)
    heads = []
    for column, name in enumerate(names):
        known = targets[:, column] != UNKNOWN
        one, other, wanted = (table[known, column] for table in (first, second, targets))
        fitted = _own(one, other, wanted, counts[known], shared)
        slope, intercept = _calibrated(one * fitted[0] + other * fitted[1], wanted, counts[known], fitted[2])
        weights = {"first": round(fitted[0] * slope, 5), "second": round(fitted[1] * slope, 5)}
        heads.append(WeighedHead(name=name, threshold=0.5, intercept=round(intercept, 5), **weights))
    cuts = best_thresholds(weigh(heads, first, second), targets, counts)
    return tuple(head.model_copy(update={"threshold": cut}) for head, cut in zip(heads, cuts, strict=True))


def best_thresholds(probabilities: Array, targets: NDArray[np.int8], counts: Array) -> list[float]:
    """Of every head the threshold of its best F1, held towards the best over all heads where a head has few texts.

    `counts`, of shape (texts,), says how much each text counts.
    """
    asked, right = (
        np.stack([counts @ ((probabilities >= cut) & among) for cut in _CUTS], axis=1)
        for among in (targets != UNKNOWN, targets == 1)
    )
    wanted = (counts @ (targets == 1))[:, None]
    belief = _PRIOR / max(1, wanted.sum())
    f1 = 2 * (right + right.sum(axis=0) * belief) / (asked + wanted + asked.sum(axis=0) * belief + _PRIOR)
    return [round(float(_CUTS[index]), 2) for index in f1.argmax(axis=1)]


def _weights(first: Array, second: Array, targets: NDArray[np.int8], counts: Array) -> tuple[float, float, float]:
    """One weight for each of the two over all cells; and the intercept."""
    known = targets != UNKNOWN
    cells = np.stack([first[known], second[known]], axis=1)
    by_cell = np.broadcast_to(counts.reshape(-1, *[1] * (targets.ndim - 1)), targets.shape)[known]
    fitted = LogisticRegression(C=1e3).fit(cells, targets[known], sample_weight=by_cell)
    return float(fitted.coef_[0, 0]), float(fitted.coef_[0, 1]), float(fitted.intercept_[0])


def _own(
    first: Array, second: Array, target: NDArray[np.int8], counts: Array, shared: tuple[float, float, float]
) -> tuple[float, float, float]:
    return _weights(first, second, target, counts) if len(np.unique(target)) > 1 else shared


def _calibrated(scores: Array, target: NDArray[np.int8], counts: Array, shared: float) -> tuple[float, float]:
    """Slope and intercept that make probabilities of scores (Platt 1999); all heads' where a head has no example."""
    if len(np.unique(target)) < 2:
        return 1.0, shared
    middle = float(scores.mean())
    fitted = LogisticRegression(C=10.0).fit((scores - middle).reshape(-1, 1), target, sample_weight=counts)
    slope = float(fitted.coef_[0, 0])
    return slope, float(fitted.intercept_[0]) - slope * middle
