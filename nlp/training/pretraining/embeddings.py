"""A warm start: vectors of characters or words from counts, so that training begins with what neighbours alone tell.

Positive pointwise mutual information, factorised (Levy and Goldberg 2014: what word2vec does implicitly).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.utils.extmath import randomized_svd

_WINDOW = 4
_SMOOTHING = 0.75
_AT_ONCE = 4_000_000
"""Numbers whose neighbours are counted at once: keeps memory flat."""


def neighbour_vectors(numbers: NDArray[np.uint16], size: int, dimensions: int) -> NDArray[np.float32]:
    """Shape (size, dimensions): a vector for every number below `size`; fewer dimensions when there are fewer numbers.

    Standard deviation 1. A number without neighbours has nought.
    """
    left, values, _ = randomized_svd(_information(_cooccurrence(numbers, size)), dimensions, n_iter=3, random_state=0)
    vectors = left * np.sqrt(values)
    return np.asarray(vectors / vectors.std(), dtype=np.float32)


def _information(counts: csr_matrix) -> csr_matrix:
    """Positive pointwise mutual information of counts, the commoner neighbours smoothed."""
    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = np.asarray(counts.sum(axis=0)).ravel() ** _SMOOTHING
    columns *= rows.sum() / columns.sum()
    cells = counts.tocoo()
    found = np.log(cells.data * rows.sum() / (rows[cells.row] * columns[cells.col]))
    kept = found > 0
    return csr_matrix((found[kept].astype(np.float32), (cells.row[kept], cells.col[kept])), shape=counts.shape)


def _cooccurrence(numbers: NDArray[np.uint16], size: int) -> csr_matrix:
    """Shape (size, size): how often two numbers stand near each other, the nearer the more."""
    total = csr_matrix((size, size), dtype=np.float32)
    for begin in range(0, len(numbers), _AT_ONCE):
        part = numbers[begin : begin + _AT_ONCE + _WINDOW].astype(np.int32)
        for distance in range(1, min(_WINDOW, len(part) - 1) + 1):
            pairs = (part[:-distance][:_AT_ONCE], part[distance:][:_AT_ONCE])
            shares = np.full(len(pairs[0]), 1 / distance, dtype=np.float32)
            total = total + coo_matrix((shares, pairs), shape=(size, size)).tocsr()
    return csr_matrix(total + total.T)
