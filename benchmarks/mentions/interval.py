"""How far a figure could be otherwise by chance: persons drawn again with replacement."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from domain.links.mention import Mentions
from nlp.mention_evaluation import GoldText

_DRAWS = 2000
_SEED = 0
_RANGE = (2.5, 97.5)


def role_interval(texts: Sequence[GoldText], found: Sequence[Mentions]) -> tuple[float, float]:
    """The middle 95 % of F1 of persons with the right role, when whole persons (a name in a text) are drawn again."""
    units = np.array([unit for text, own in zip(texts, found, strict=True) for unit in _units(text, own)])
    draws = np.random.default_rng(_SEED).integers(0, len(units), size=(_DRAWS, len(units)))
    expected, were_found, right = units[draws].sum(axis=1).T
    low, high = np.percentile(2 * right / np.maximum(expected + were_found, 1), _RANGE)
    return float(low), float(high)


def _units(text: GoldText, found: Mentions) -> list[tuple[int, int, int]]:
    """Of every name how often it is marked, found, and found with the right role."""
    marked = {(one.start, one.end): one for one in text.persons}
    expected = Counter(one.name for one in text.persons)
    every = Counter(one.name for one in found.persons)
    right = Counter(
        one.name
        for one in found.persons
        if (one.start, one.end) in marked and marked[one.start, one.end].role is one.role
    )
    return [(expected[name], every[name], right[name]) for name in sorted({*expected, *every})]
