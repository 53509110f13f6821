"""Weights of character n-grams: what the linear model and the clause model are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from nlp.scorer import Array

_SEPARATOR = "\x1e"


@dataclass(frozen=True)
class NgramWeights:
    """N-grams with their inverse document frequencies and a weight for each answer."""

    vocabulary: tuple[str, ...]
    idf: Array
    """Shape (features,)."""
    weights: Array
    """Shape (features, answers)."""
    reach: tuple[int, int]
    """Shortest and longest n-gram."""

    def scores(self, contents: Sequence[str]) -> Array:
        """Shape (texts, answers): weights of the n-grams of texts brought to unit length."""
        return np.asarray(normalize(self.weighted(contents)) @ self.weights, dtype=np.float32)

    def weighted(self, contents: Sequence[str]) -> csr_matrix:
        """Shape (texts, features): the n-grams of texts, not brought to unit length."""
        return weighted(csr_matrix(self._vectoriser.transform(contents)), self.idf)

    @cached_property
    def _vectoriser(self) -> CountVectorizer:
        return make_vectoriser(self.reach, vocabulary=self.vocabulary)


def make_vectoriser(
    reach: tuple[int, int], *, vocabulary: Sequence[str] | None = None, minimum: int = 1
) -> CountVectorizer:
    """Counts of character n-grams, spaces and all; `minimum` is the least number of texts an n-gram stands in."""
    return CountVectorizer(
        analyzer="char", ngram_range=reach, lowercase=True, vocabulary=vocabulary, min_df=minimum, dtype=np.float32
    )


def weighted(counts: csr_matrix, idf: Array) -> csr_matrix:
    """Counts as sublinear term frequency (1 + log) times inverse document frequency, not yet of unit length."""
    result = csr_matrix(counts, copy=True)
    np.log(result.data, out=result.data)
    result.data += 1.0
    return csr_matrix(result @ diags(idf))


def inverse_frequencies(counts: csr_matrix) -> Array:
    """Shape (features,): smoothed as if one more text had every n-gram."""
    present = np.asarray((counts > 0).sum(axis=0)).ravel()
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + present)) + 1, dtype=np.float32)


def joined(vocabulary: Sequence[str]) -> bytes:
    """N-grams as the content of a file; line ends are written out, for some tools mend them in passing."""
    return _SEPARATOR.join(vocabulary).replace("\n", "\\n").encode()


def parted(content: bytes) -> tuple[str, ...]:
    """The n-grams of a file's content."""
    return tuple(content.decode("utf-8").replace("\\n", "\n").split(_SEPARATOR))
