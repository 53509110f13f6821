"""Fits a linear model over named features; needs scikit-learn, which serving does not."""

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from nlp.feature_weights import FeatureWeights

_MOST_STEPS = 400


def fit_features(
    examples: Sequence[Collection[str]],
    answers: Sequence[int],
    *,
    count: int,
    fewest: int,
    strength: float,
    by_ratio: float | None = None,
) -> FeatureWeights:
    """The weights by (multinomial) logistic regression.

    Args:
        examples: The features of each example.
        answers: Of each example the right answer, from 0 to `count` - 1.
        count: How many answers there are; of two, one column says yes against no.
        fewest: A feature that fewer examples have is left out.
        strength: Inverse regularisation.
        by_ratio: When given, features count by how far they lean to one answer, with so much added to every count
            (Wang and Manning 2012): what leans to none is held back more.
    """
    counted = Counter(feature for own in examples for feature in set(own))
    features = tuple(sorted(feature for feature, times in counted.items() if times >= fewest))
    table = _table(examples, features)
    solver = "liblinear" if count == 2 else "lbfgs"
    regression = LogisticRegression(C=strength, solver=solver, max_iter=_MOST_STEPS)
    scale = np.ones(len(features)) if by_ratio is None else _leanings(table, np.asarray(answers), by_ratio)
    regression.fit(table @ diags(scale), np.asarray(answers))
    weights, bias = _every_answer(regression, count)
    weights *= scale[:, None].astype(np.float32)
    return FeatureWeights(features, weights, bias)


def _leanings(table: csr_matrix, answers: NDArray[np.int_], added: float) -> NDArray[np.float64]:
    """Of every feature the largest log-ratio of its share under one answer to its share under the others."""
    found = np.zeros(table.shape[1])
    for answer in np.unique(answers):
        own = np.asarray(table[answers == answer].sum(axis=0)).ravel() + added
        other = np.asarray(table[answers != answer].sum(axis=0)).ravel() + added
        found = np.maximum(found, np.abs(np.log((own / own.sum()) / (other / other.sum()))))
    return found


def strongest(weights: FeatureWeights, most: int) -> FeatureWeights:
    """Only the features that weigh most."""
    order = np.sort(np.argsort(-np.abs(weights.weights).max(axis=1), kind="stable")[:most])
    return FeatureWeights(tuple(weights.features[row] for row in order), weights.weights[order], weights.bias)


def without(weights: FeatureWeights, words: Collection[str]) -> FeatureWeights:
    """Without the features in whose names one of the words stands."""
    kept = [row for row, feature in enumerate(weights.features) if not any(word in feature for word in words)]
    return FeatureWeights(tuple(weights.features[row] for row in kept), weights.weights[kept], weights.bias)


def _table(examples: Sequence[Collection[str]], features: Sequence[str]) -> csr_matrix:
    columns = {feature: column for column, feature in enumerate(features)}
    rows = [[columns[feature] for feature in set(own) if feature in columns] for own in examples]
    ends = np.cumsum([0, *map(len, rows)])
    flat = [column for own in rows for column in own]
    return csr_matrix((np.ones(len(flat), dtype=np.float64), flat, ends), shape=(len(rows), len(features)))


def _every_answer(regression: LogisticRegression, count: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Answers that no example had are never given."""
    found = regression.coef_.T.astype(np.float32)
    bias = regression.intercept_.astype(np.float32)
    if count == 2:
        return found, bias
    weights = np.zeros((found.shape[0], count), dtype=np.float32)
    every = np.full(count, -np.inf, dtype=np.float32)
    if len(regression.classes_) == 2:
        # Of two answers scikit-learn keeps what speaks for the second against the first.
        found, bias = np.pad(found, ((0, 0), (1, 0))), np.pad(bias, (1, 0))
    weights[:, regression.classes_], every[regression.classes_] = found, bias
    return weights, every
