"""Figures of probability tables against what is true; all arrays have shape (texts, heads)."""

import numpy as np
from numpy.typing import NDArray

from nlp.scorer import Array
from nlp.training.heads import UNKNOWN

Targets = NDArray[np.int8]
_CUTS = np.arange(0.02, 0.98, 0.01)
_BINS = 10


def micro_f1(probabilities: Array, thresholds: Array, targets: Targets) -> float:
    """F1 over all cells, each head at its own threshold."""
    return _f1(probabilities >= thresholds, targets == 1)


def best_micro_f1(probabilities: Array, targets: Targets) -> float:
    """F1 over all cells at the one threshold that suits these texts best: how well a model ranks."""
    return max(_f1(probabilities >= cut, targets == 1) for cut in _CUTS)


def macro_f1(probabilities: Array, thresholds: Array, targets: Targets) -> float:
    """Mean of the heads' F1, over the heads that have an example."""
    found = probabilities >= thresholds
    present = [column for column in range(targets.shape[1]) if (targets[:, column] == 1).any()]
    return float(np.mean([_f1(found[:, column], targets[:, column] == 1) for column in present]))


def head_f1(probabilities: Array, threshold: float, targets: NDArray[np.int8]) -> float:
    """F1 of one head; arrays of shape (texts,)."""
    known = targets != UNKNOWN
    return _f1(probabilities[known] >= threshold, targets[known] == 1)


def recall_at(probabilities: Array, targets: NDArray[np.int8], *, precision: float) -> float:
    """The most recall a head has where its precision is at least so much; arrays of shape (texts,)."""
    order = np.argsort(-probabilities, kind="stable")
    right = np.cumsum(targets[order] == 1)
    last_of_equals = np.append(probabilities[order][1:] < probabilities[order][:-1], True)
    precise = (right / np.arange(1, len(order) + 1) >= precision) & last_of_equals
    return float(right[precise].max(initial=0) / max(1, right[-1]))


def calibration_error(probabilities: Array, targets: Targets) -> float:
    """Expected calibration error over all cells, in ten bins of equal width (Naeini and others 2015)."""
    cells, truth = probabilities.ravel(), (targets == 1).ravel()
    bins = np.minimum((cells * _BINS).astype(int), _BINS - 1)
    counts = np.bincount(bins, minlength=_BINS)
    gaps = np.abs(np.bincount(bins, cells, _BINS) - np.bincount(bins, truth, _BINS))
    return float(gaps.sum() / counts.sum())


def _f1(found: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    either = int(found.sum() + truth.sum())
    return 2 * int((found & truth).sum()) / either if either else 0.0
