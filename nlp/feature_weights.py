"""A linear model over named features: what tells names and roles. Serving is NumPy alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nlp.ngrams import joined, parted
from nlp.scorer import Array

_LARGEST = 127


@dataclass(frozen=True)
class FeatureWeights:
    """Features and what each adds to the log-odds of every answer."""

    features: tuple[str, ...]
    weights: Array
    """Shape (features, answers)."""
    bias: Array
    """Shape (answers,)."""

    def odds(self, every: Sequence[Iterable[str]]) -> Array:
        """Shape (given, answers): the sums of the weights of the features that each has; unknown ones count nothing."""
        known = self._rows.get
        # Each once and in one order, so that the same text always has the same sums.
        rows = [sorted({row for feature in own if (row := known(feature)) is not None}) for own in every]
        found = np.tile(self.bias, (len(rows), 1))
        flat = [row for own in rows for row in own]
        if flat:
            filled = [place for place, own in enumerate(rows) if own]
            starts = np.cumsum([0, *(len(rows[place]) for place in filled[:-1])])
            found[filled] += np.add.reduceat(self.weights[flat], starts)
        return found

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {feature: row for row, feature in enumerate(self.features)}


def packed_weights(name: str, weights: FeatureWeights) -> dict[str, NDArray[np.generic]]:
    """The arrays of a model as they are kept: weights in 8 bits with one scale for each answer."""
    scale = np.maximum(np.abs(weights.weights).max(axis=0), 1e-6).astype(np.float32) / _LARGEST
    return {
        f"{name}_features": np.frombuffer(joined(weights.features), dtype=np.uint8),
        f"{name}_weights": np.round(weights.weights / scale).astype(np.int8),
        f"{name}_scale": scale,
        f"{name}_bias": weights.bias.astype(np.float32),
    }


def unpacked_weights(name: str, arrays: Mapping[str, NDArray[np.generic]]) -> FeatureWeights:
    """The model of such arrays."""
    return FeatureWeights(
        features=parted(arrays[f"{name}_features"].tobytes()),
        weights=arrays[f"{name}_weights"].astype(np.float32) * arrays[f"{name}_scale"].astype(np.float32),
        bias=arrays[f"{name}_bias"].astype(np.float32),
    )
