"""Texts as n-gram features, and weights fitted on them: what the linear model and the clause models have in common."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from nlp.ngrams import NgramWeights


@dataclass(frozen=True, slots=True)
class NgramFeatures:
    """The n-grams of some texts."""

    vocabulary: NDArray[np.str_]
    idf: NDArray[np.float32]
    features: csr_matrix
    """Shape (texts, n-grams), every text of unit length."""
    reach: tuple[int, int]

    def strongest(self, weights: NDArray[np.float32], most: int) -> NgramWeights:
        """The n-grams that weigh most; `weights` has shape (n-grams, heads)."""
        strength = np.abs(weights * self.idf[:, None]).max(axis=1)
        rows = np.sort(np.argsort(-strength, kind="stable")[:most])
        vocabulary = tuple(str(ngram) for ngram in self.vocabulary[rows])
        return NgramWeights(vocabulary, self.idf[rows], weights[rows], self.reach)


def ngram_features(contents: Sequence[str], reach: tuple[int, int], *, fewest: int) -> NgramFeatures:
    """The n-grams that stand in at least so many of the texts."""
    vectoriser = CountVectorizer(analyzer="char", ngram_range=reach, lowercase=True, min_df=fewest, dtype=np.float32)
    counts = csr_matrix(vectoriser.fit_transform(contents))
    idf = _inverse_frequencies(counts)
    return NgramFeatures(vectoriser.get_feature_names_out(), idf, normalize(_weighted(counts, idf)), reach)


def fit_heads(
    features: csr_matrix,
    targets: NDArray[np.int8],
    examples: Callable[[int], NDArray[np.intp]],
    *,
    strength: float,
    weights: NDArray[np.float32] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights of shape (n-grams, heads) and a bias for each head, by logistic regression with balanced classes.

    `examples` names the rows that a head learns from; `strength` is the inverse regularisation; `weights`, of shape
    (texts,), say how much each row counts, all alike when not given.
    """

    def fitted(column: int) -> LogisticRegression:
        rows = examples(column)
        regression = LogisticRegression(C=strength, class_weight="balanced", solver="liblinear", max_iter=200)
        counted = None if weights is None else weights[rows]
        return regression.fit(features[rows], targets[rows, column], sample_weight=counted)

    # The solver multiplies short vectors: threads inside of each product wait for one another most of the time.
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(fitted, range(targets.shape[1])))
    learned = np.stack([one.coef_[0] for one in found], axis=1).astype(np.float32)
    return learned, np.array([one.intercept_[0] for one in found], dtype=np.float32)


def _weighted(counts: csr_matrix, idf: NDArray[np.float32]) -> csr_matrix:
    """Counts as sublinear term frequency (1 + log) times inverse document frequency, not yet of unit length."""
    result = csr_matrix(counts, copy=True)
    np.log(result.data, out=result.data)
    result.data += 1.0
    return csr_matrix(result @ diags(idf))


def _inverse_frequencies(counts: csr_matrix) -> NDArray[np.float32]:
    """Shape (features,): smoothed as if one more text had every n-gram."""
    present = np.asarray((counts > 0).sum(axis=0)).ravel()
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + present)) + 1, dtype=np.float32)
