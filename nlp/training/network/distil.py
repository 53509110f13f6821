"""A large reader teaches a small one: what it thinks of texts that nobody labelled (Hinton and others 2015)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nlp.training.network.batches import BatchSize, Encoded
from nlp.training.network.loop import read_clauses
from nlp.training.network.model import Reader


def taught(
    teacher: Reader, encoded: Sequence[Encoded], targets: NDArray[np.float32], *, share: float, size: BatchSize
) -> tuple[list[Encoded], NDArray[np.float32]]:
    """The texts with the teacher's probabilities as what clauses and texts should say; numbered anew.

    `targets` has shape (texts, heads) in the order of `encoded`; where a label is known, the teacher counts for so
    large a `share` and the label for the rest.
    """
    found = read_clauses(teacher, encoded, size=size)
    texts = _mixed(targets, np.stack([odds for odds, _ in found]), share)
    softened = [
        replace(one, text=number, targets=_mixed(one.targets, odds[:, : one.targets.shape[1]], share))
        for number, (one, (_, odds)) in enumerate(zip(encoded, found, strict=True))
    ]
    return softened, texts


def _mixed(
    known: NDArray[np.int8] | NDArray[np.float32], odds: NDArray[np.float32], share: float
) -> NDArray[np.float32]:
    probable = 1 / (1 + np.exp(-odds))
    return np.where(known < 0, probable, share * probable + (1 - share) * known).astype(np.float32)
