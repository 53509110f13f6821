"""Which unlabelled texts are worth a person's reading next: uncertain ones, rare categories, and some at random."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.classifying.linear import LinearModel
from nlp.training.bigram_signatures import signature, similarity
from nlp.weighing import log_odds

_SIMILAR = 0.4
"""Texts this alike teach the same; one of them is enough."""


def choose_texts(
    model: LinearModel, contents: Sequence[str], known: Sequence[str], *, count: int, seed: int = 0
) -> list[int]:
    """Indices of the texts to label: half by uncertainty, three tenths by rare category, the rest at random.

    None is a near-duplicate of another or of the `known` texts.
    """
    probabilities = model.probabilities(contents)
    fresh = _Fresh(known)
    quotas = ((_by_uncertainty(model, probabilities), 0.5), (_by_rare_category(model, probabilities), 0.3))
    chosen: list[int] = []
    for order, share in quotas:
        chosen += _first(order, contents, fresh, int(count * share))
    at_random = np.random.default_rng(seed).permutation(len(contents))
    return chosen + _first(at_random, contents, fresh, count - len(chosen))


def _by_uncertainty(model: LinearModel, probabilities: NDArray[np.float32]) -> NDArray[np.intp]:
    """Nearest to some head's threshold first, measured in log-odds."""
    odds, cuts = log_odds(probabilities), log_odds(model.thresholds)
    return np.argsort(np.sort(np.abs(odds - cuts), axis=1)[:, :3].mean(axis=1), kind="stable")


def _by_rare_category(model: LinearModel, probabilities: NDArray[np.float32]) -> NDArray[np.intp]:
    """The likeliest texts of every head in turn, so that a rare category gets as many readings as a common one."""
    ranks = np.argsort(np.argsort(-probabilities, axis=0, kind="stable"), axis=0, kind="stable")
    return np.argsort(ranks.min(axis=1), kind="stable")


def _first(order: NDArray[np.intp], contents: Sequence[str], fresh: "_Fresh", count: int) -> list[int]:
    chosen: list[int] = []
    for index in order:
        if len(chosen) == count:
            break
        if fresh.take(contents[index]):
            chosen.append(int(index))
    return chosen


class _Fresh:
    """Remembers what was taken and refuses what is nearly the same."""

    def __init__(self, known: Sequence[str]) -> None:
        self._bands: dict[int, bytes] = {}
        for content in known:
            self.take(content)

    def take(self, content: str) -> bool:
        """True, once, for a text like no other before."""
        own = signature(content)
        met = (self._bands.get(band) for band in own.bands)
        if any(values is not None and similarity(values, own.values) >= _SIMILAR for values in met):
            return False
        self._bands.update(dict.fromkeys(own.bands, own.values))
        return True
