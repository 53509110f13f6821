"""Trains the linear model: a part of the panel, and the baseline that everything is measured against."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from domain.errors import ConfigError
from nlp.linear import REACH, HeadManifest, LinearModel, Manifest
from nlp.ngrams import NgramWeights, inverse_frequencies, joined, make_vectoriser, weighted
from nlp.training.heads import UNKNOWN, heads_for, targets_of
from nlp.training.labelled_texts import LabelledText, fold_of, groups

FOLDS = 5
_MINIMUM = 3
"""An n-gram in fewer texts than this is a name or a slip."""
_FEATURES = 90_000
"""Kept by the size of their weights over all heads; more add megabytes and no score."""
_STRENGTH = 20.0
"""Inverse regularisation; 5 to 40 were tried by cross-validation, differences beyond 10 are within noise."""
_FEWEST = 5
"""A head with fewer positive texts cannot be calibrated."""


@dataclass(frozen=True, slots=True)
class _Weights:
    """Weights per head with their vocabulary, not yet calibrated."""

    ngrams: NgramWeights
    bias: NDArray[np.float32]


def fit(
    texts: Sequence[LabelledText], *, names: Sequence[str] | None = None, fingerprints: tuple[str, ...] = ()
) -> LinearModel:
    """The model of these texts, calibrated and with thresholds from predictions on texts each part had not seen.

    `names` are its heads; all that the texts can train when they are not given.
    """
    return fit_with_unseen(texts, names or heads_for(texts), fingerprints=fingerprints)[0]


def fit_with_unseen(
    texts: Sequence[LabelledText], names: Sequence[str], *, fingerprints: tuple[str, ...] = ()
) -> tuple[LinearModel, NDArray[np.float32]]:
    """As `fit`; and the log-odds, shape (texts, heads), that parts which had not seen a text give it."""
    contents = [text.content for text in texts]
    targets = targets_of(texts, names)
    _check(names, targets)
    folds = folds_of(texts)
    unseen = np.zeros(targets.shape, dtype=np.float32)
    for fold in range(FOLDS):
        part = _fit_weights([contents[index] for index in np.flatnonzero(folds != fold)], targets[folds != fold])
        held = np.flatnonzero(folds == fold)
        unseen[held] = part.ngrams.scores([contents[index] for index in held]) + part.bias
    heads = tuple(_head(name, unseen[:, column], targets[:, column]) for column, name in enumerate(names))
    whole = _fit_weights(contents, targets)
    slopes, intercepts = np.array([(head.slope, head.intercept) for head in heads], dtype=np.float32).T
    model = LinearModel(_manifest(heads, len(texts), fingerprints), whole.ngrams, whole.bias)
    return model, unseen * slopes + intercepts


def folds_of(texts: Sequence[LabelledText]) -> NDArray[np.intp]:
    """Shape (texts,): which of FOLDS parts each text is in; near-duplicates are in the same."""
    return np.array([fold_of(group, FOLDS) for group in groups(texts)])


def write(model: LinearModel, out: Path) -> None:
    """Write manifest, vocabulary and weights (16-bit, one scale per head)."""
    out.mkdir(parents=True, exist_ok=True)
    ngrams = model.ngrams
    scale = np.abs(ngrams.weights).max(axis=0).astype(np.float32)
    np.savez_compressed(
        out / "weights.npz",
        idf=ngrams.idf.astype(np.float16),
        weights=(ngrams.weights / scale).astype(np.float16),
        scale=scale,
        bias=model.bias,
    )
    (out / "vocabulary.txt").write_bytes(joined(ngrams.vocabulary))
    (out / "manifest.toml").write_text(_manifest_text(model.manifest, out), encoding="utf-8")


def _check(names: Sequence[str], targets: NDArray[np.int8]) -> None:
    poor = [name for name, count in zip(names, (targets == 1).sum(axis=0), strict=True) if count < _FEWEST]
    if poor:
        raise ConfigError(f"标注太少, 训练不了: {'、'.join(poor)} 各需至少{_FEWEST}条")


def _fit_weights(contents: Sequence[str], targets: NDArray[np.int8]) -> _Weights:
    vectoriser = make_vectoriser(REACH, minimum=_MINIMUM)
    counts = csr_matrix(vectoriser.fit_transform(contents))
    idf = inverse_frequencies(counts)
    features = normalize(weighted(counts, idf))
    with ThreadPoolExecutor() as pool:
        fitted = list(pool.map(partial(_fit_head, features), targets.T))
    weights = np.stack([weights for weights, _ in fitted], axis=1)
    kept = _strongest(weights * idf[:, None])
    vocabulary = tuple(str(ngram) for ngram in vectoriser.get_feature_names_out()[kept])
    bias = np.array([bias for _, bias in fitted], dtype=np.float32)
    return _Weights(NgramWeights(vocabulary, idf[kept], weights[kept], REACH), bias)


def _strongest(weights: NDArray[np.float32]) -> NDArray[np.intp]:
    """Rows to keep. The parts that calibrate are cut alike: cutting makes scores larger, for texts keep unit length."""
    return np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:_FEATURES])


def _fit_head(features: csr_matrix, target: NDArray[np.int8]) -> tuple[NDArray[np.float32], float]:
    fitted = LogisticRegression(C=_STRENGTH, class_weight="balanced", solver="liblinear", max_iter=200)
    known = np.flatnonzero(target != UNKNOWN)
    fitted.fit(features[known], target[known])
    return fitted.coef_[0].astype(np.float32), float(fitted.intercept_[0])


def _head(name: str, scores: NDArray[np.float32], target: NDArray[np.int8]) -> HeadManifest:
    """Platt's calibration on unseen scores, and the threshold of the best F1."""
    known = np.flatnonzero(target != UNKNOWN)
    scores, target = scores[known], target[known]
    platt = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), target)
    slope, intercept = float(platt.coef_[0, 0]), float(platt.intercept_[0])
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


def _manifest_text(manifest: Manifest, out: Path) -> str:
    lines = [
        "# Weights of the linear classifier. Thresholds may be reviewed and changed here; checksums guard the files.",
        f'version = "{manifest.version}"',
        f'trained_on = "{manifest.trained_on}"',
        f"data_sha256 = {list(manifest.data_sha256)}".replace("'", '"'),
        f'weights_sha256 = "{sha256_of(out / "weights.npz")}"',
        f'vocabulary_sha256 = "{sha256_of(out / "vocabulary.txt")}"',
    ]
    for head in manifest.head:
        lines += ["", "[[head]]", f'name = "{head.name}"', f"threshold = {head.threshold}"]
        lines += [f"slope = {head.slope:.6f}", f"intercept = {head.intercept:.6f}"]
    return "\n".join(lines) + "\n"


def sha256_of(path: Path) -> str:
    """The checksum that manifests name files by."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
