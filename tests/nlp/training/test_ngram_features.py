"""Heads fitted on n-grams."""

import numpy as np
from scipy.sparse import csr_matrix

from nlp.training.ngram_features import fit_heads


def test_of_two_texts_that_contradict_each_other_the_one_that_counts_more_decides():
    features = csr_matrix(np.array([[1.0], [1.0], [0.0], [0.0]], dtype=np.float32))
    targets = np.array([[1], [0], [0], [1]], dtype=np.int8)

    def weight(counts: list[float]) -> float:
        found, _ = fit_heads(
            features, targets, lambda _: np.arange(4), strength=1.0, weights=np.array(counts, dtype=np.float32)
        )
        return float(found[0, 0])

    assert weight([3, 1, 3, 1]) > 0.1 > -0.1 > weight([1, 3, 1, 3])
