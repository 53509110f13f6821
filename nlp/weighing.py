"""How two answers to the same questions become one probability each, and from where it says yes."""

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from nlp.scorer import Array

_SURE = 1e-4


class WeighedHead(BaseModel):
    """What each of two answers counts for one head; both are log-odds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    threshold: float
    first: float
    second: float
    intercept: float


def weigh(heads: Sequence[WeighedHead], first: Array, second: Array) -> Array:
    """Shape (texts, heads): probabilities from two tables of log-odds of that shape."""
    weights, others, intercepts = (
        np.array([getattr(head, name) for head in heads], dtype=np.float32) for name in ("first", "second", "intercept")
    )
    return probabilities_of(first * weights + second * others + intercepts)


def log_odds(probabilities: Array) -> Array:
    """Of probabilities, kept from the very ends."""
    kept = np.clip(probabilities, _SURE, 1 - _SURE)
    return np.asarray(np.log(kept / (1 - kept)), dtype=np.float32)


def probabilities_of(odds: Array) -> Array:
    """Of log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), dtype=np.float32)
