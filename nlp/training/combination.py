"""How much each model's answer counts: fitted on texts that neither was trained on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp.ensemble import CombinedHead, combine, log_odds
from nlp.scorer import Array
from nlp.training.heads import UNKNOWN

_CUTS = np.arange(0.05, 0.80, 0.01)
_PRIOR = 15.0
"""So many texts' worth of belief that a head's best threshold is the one that is best over all heads."""


def fit_combination(
    names: Sequence[str], linear: Array, network: Array, targets: NDArray[np.int8]
) -> tuple[CombinedHead, ...]:
    """Weights, calibration and threshold of every head.

    All arrays have shape (texts, heads): the linear model's probabilities, the network's log-odds, what is true or
    UNKNOWN.
    """
    odds = log_odds(linear)
    shares = _shared_weights(odds, network, targets)
    heads = []
    for column, name in enumerate(names):
        known = targets[:, column] != UNKNOWN
        scores = odds[known, column] * shares[0] + network[known, column] * shares[1]
        slope, intercept = _calibrated(scores, targets[known, column], shares[2])
        weights = {"linear": round(shares[0] * slope, 5), "network": round(shares[1] * slope, 5)}
        heads.append(CombinedHead(name=name, threshold=0.5, intercept=round(intercept, 5), **weights))
    cuts = best_thresholds(combine(heads, linear, network), targets)
    return tuple(head.model_copy(update={"threshold": cut}) for head, cut in zip(heads, cuts, strict=True))


def best_thresholds(probabilities: Array, targets: NDArray[np.int8]) -> list[float]:
    """Of every head the threshold of its best F1, held towards the best over all heads where a head has few texts."""
    chosen = probabilities[:, :, None] >= _CUTS
    asked = (chosen & (targets != UNKNOWN)[:, :, None]).sum(axis=0)
    right = (chosen & (targets == 1)[:, :, None]).sum(axis=0)
    wanted = (targets == 1).sum(axis=0)[:, None]
    belief = _PRIOR / max(1, wanted.sum())
    f1 = 2 * (right + right.sum(axis=0) * belief) / (asked + wanted + asked.sum(axis=0) * belief + _PRIOR)
    return [round(float(_CUTS[index]), 2) for index in f1.argmax(axis=1)]


def _shared_weights(linear: Array, network: Array, targets: NDArray[np.int8]) -> tuple[float, float, float]:
    """One weight per model over all heads, for a head of its own has too few texts to tell; and the intercept."""
    known = targets != UNKNOWN
    cells = np.stack([linear[known], network[known]], axis=1)
    fitted = LogisticRegression(C=1e3).fit(cells, targets[known])
    return float(fitted.coef_[0, 0]), float(fitted.coef_[0, 1]), float(fitted.intercept_[0])


def _calibrated(scores: Array, target: NDArray[np.int8], shared: float) -> tuple[float, float]:
    """Slope and intercept that make probabilities of scores (Platt 1999); all heads' where a head has no example."""
    if len(np.unique(target)) < 2:
        return 1.0, shared
    middle = float(scores.mean())
    fitted = LogisticRegression(C=10.0).fit((scores - middle).reshape(-1, 1), target)
    slope = float(fitted.coef_[0, 0])
    return slope, float(fitted.intercept_[0]) - slope * middle
