"""Trains the linear model: a part of the panel, and the baseline that everything is measured against."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from domain.failures.errors import ConfigError
from nlp.classifying.linear import REACH, VOCABULARY, WEIGHTS, HeadManifest, LinearModel, Manifest
from nlp.manifests import MANIFEST
from nlp.ngrams import NgramWeights, joined
from nlp.training.heads import UNKNOWN, targets_of
from nlp.training.labelled_texts import LabelledText, fold_of, groups, weights_of
from nlp.training.manifest_text import manifest_text, sha256_of
from nlp.training.ngram_features import fit_heads, ngram_features

_COMMENT = "Weights of the linear classifier. Thresholds may be reviewed and changed here; checksums guard the files."
FOLDS = 5
_MINIMUM = 3
"""An n-gram in fewer texts than this is a name or a slip."""
_FEATURES = 90_000
"""Kept by the size of their weights over all heads; more add megabytes and no score."""
_STRENGTH = 20.0
"""Inverse regularisation; 5 to 40 were tried by cross-validation, differences beyond 10 are within noise."""
_FEWEST = 5
"""A head with fewer positive texts cannot be calibrated."""


def fit_linear(
    texts: Sequence[LabelledText],
    names: Sequence[str],
    folds: NDArray[np.intp],
    *,
    fingerprints: tuple[str, ...] = (),
) -> tuple[LinearModel, NDArray[np.float32]]:
    """The model of these texts, and the log-odds, shape (texts, heads), that parts which had not seen a text give it.

    Calibration and thresholds come from those. `names` are its heads, `folds` the parts, of shape (texts,).
    """
    contents = [text.content for text in texts]
    targets = targets_of(texts, names)
    _check(names, targets)
    weights = weights_of(texts)
    unseen = np.zeros(targets.shape, dtype=np.float32)
    for fold in range(FOLDS):
        ngrams, bias = _fit_weights(
            [contents[index] for index in np.flatnonzero(folds != fold)], targets[folds != fold], weights[folds != fold]
        )
        held = np.flatnonzero(folds == fold)
        unseen[held] = ngrams.scores([contents[index] for index in held]) + bias
    heads = tuple(_head(name, unseen[:, column], targets[:, column]) for column, name in enumerate(names))
    ngrams, bias = _fit_weights(contents, targets, weights)
    slopes, intercepts = np.array([(head.slope, head.intercept) for head in heads], dtype=np.float32).T
    model = LinearModel(_manifest(heads, len(texts), fingerprints), ngrams, bias)
    return model, unseen * slopes + intercepts


def folds_of(texts: Sequence[LabelledText], count: int = FOLDS) -> NDArray[np.intp]:
    """Shape (texts,): which of so many parts each text is in; near-duplicates are in the same."""
    return np.array([fold_of(group, count) for group in groups(texts)])


def write(model: LinearModel, out: Path) -> None:
    """Write manifest, vocabulary and weights (16-bit, one scale per head)."""
    out.mkdir(parents=True, exist_ok=True)
    ngrams = model.ngrams
    scale = np.abs(ngrams.weights).max(axis=0).astype(np.float32)
    np.savez_compressed(
        out / WEIGHTS,
        idf=ngrams.idf.astype(np.float16),
        weights=(ngrams.weights / scale).astype(np.float16),
        scale=scale,
        bias=model.bias,
    )
    (out / VOCABULARY).write_bytes(joined(ngrams.vocabulary))
    sums = {"weights_sha256": sha256_of(out / WEIGHTS), "vocabulary_sha256": sha256_of(out / VOCABULARY)}
    text = manifest_text(_COMMENT, model.manifest.model_copy(update=sums))
    (out / MANIFEST).write_text(text, encoding="utf-8")


def _check(names: Sequence[str], targets: NDArray[np.int8]) -> None:
    poor = [name for name, count in zip(names, (targets == 1).sum(axis=0), strict=True) if count < _FEWEST]
    if poor:
        raise ConfigError(f"标注太少, 训练不了: {'、'.join(poor)} 各需至少{_FEWEST}条")


def _fit_weights(
    contents: Sequence[str], targets: NDArray[np.int8], counted: NDArray[np.float32]
) -> tuple[NgramWeights, NDArray[np.float32]]:
    """Not yet calibrated. The parts that calibrate are cut alike: cut texts keep unit length, so their scores grow."""
    found = ngram_features(contents, REACH, fewest=_MINIMUM)
    weights, bias = fit_heads(
        found.features,
        targets,
        lambda column: np.flatnonzero(targets[:, column] != UNKNOWN),
        strength=_STRENGTH,
        weights=counted,
    )
    return found.strongest(weights, _FEATURES), bias


def _head(name: str, scores: NDArray[np.float32], target: NDArray[np.int8]) -> HeadManifest:
    """Platt's calibration on unseen scores, and the threshold of the best F1."""
    known = np.flatnonzero(target != UNKNOWN)
    scores, target = scores[known], target[known]
    platt = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), target)
    slope, intercept = round(float(platt.coef_[0, 0]), 6), round(float(platt.intercept_[0]), 6)
    probabilities = 1 / (1 + np.exp(-(scores * slope + intercept)))
    threshold = max(np.arange(0.05, 0.80, 0.01), key=lambda cut: _f1(probabilities >= cut, target))
    return HeadManifest(name=name, threshold=round(float(threshold), 2), slope=slope, intercept=intercept)


def _f1(chosen: NDArray[np.bool_], target: NDArray[np.int8]) -> float:
    right = float((chosen & (target == 1)).sum())
    return 2 * right / max(1.0, float(chosen.sum() + target.sum()))


def _manifest(heads: tuple[HeadManifest, ...], count: int, fingerprints: tuple[str, ...]) -> Manifest:
    material = hashlib.sha256("".join(fingerprints).encode()).hexdigest()[:8]
    return Manifest(
        version=f"linear-{material}",
        trained_on=f"{count} labelled texts",
        data_sha256=fingerprints,
        weights_sha256="",
        vocabulary_sha256="",
        head=heads,
    )
