"""A warm start: character vectors from counts, so that training begins with what neighbourhood alone can tell.

Positive pointwise mutual information, factorised (Levy and Goldberg 2014: what word2vec does implicitly).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

from nlp.training.pretraining.corpus import CHARACTER, Tokens

_WINDOW = 4
_SMOOTHING = 0.75
_SCALE = 0.02
"""Standard deviation that the encoder's own initialisation has."""


def character_vectors(tokens: Tokens, size: int, dimensions: int) -> NDArray[np.float32]:
    """Shape (size, dimensions): a vector for every character number; fewer dimensions when there are fewer numbers."""
    counts = _cooccurrence(tokens & CHARACTER, size)
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True) ** _SMOOTHING
    columns *= rows.sum() / columns.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.nan_to_num(np.log(counts * rows.sum() / (rows * columns)), neginf=0.0, posinf=0.0)
    left, values, _ = randomized_svd(csr_matrix(np.maximum(information, 0)), dimensions, n_iter=3, random_state=0)
    vectors = left * np.sqrt(values)
    return np.asarray(vectors * (_SCALE / vectors.std()), dtype=np.float32)


def _cooccurrence(numbers: Tokens, size: int) -> NDArray[np.float64]:
    counts = np.zeros(size * size)
    for distance in range(1, _WINDOW + 1):
        pairs = numbers[:-distance].astype(np.int64) * size + numbers[distance:]
        counts += np.bincount(pairs, minlength=size * size) / distance
    table = counts.reshape(size, size)
    return table + table.T
