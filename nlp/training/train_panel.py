"""Trains the panel: the models of texts and of clauses, a network, and their judge."""

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from nlp.classifying.panel import CLAUSES, JUDGE, SUMS, Judge, Panel, PanelManifest, standardised
from nlp.classifying.weights import LINEAR, NETWORK, PANEL
from nlp.clause_model import ClauseModel
from nlp.manifests import MANIFEST
from nlp.ngrams import NgramWeights, joined
from nlp.training.combination import fit_combination
from nlp.training.heads import UNKNOWN, heads_for
from nlp.training.labelled_texts import read_labelled_texts
from nlp.training.manifest_text import manifest_text, packed, sha256_of
from nlp.training.marking import with_marks
from nlp.training.telling import NetworkRecipe, Telling, Told, tell
from nlp.training.train_linear import FOLDS
from nlp.training.train_linear import write as write_linear
from nlp.weighing import WeighedHead

_COMMENT = "How linear model (first) and judge (second) are weighed. Thresholds may be reviewed and changed here."
_UNITS = 128
_PASSES = 60
_DECAY = 1.0
"""Weight decay; units, passes and decay were chosen by cross-validation on training texts."""
_JUDGES = 3
"""Judges that differ by the numbers they begin with; their mean is steadier than each."""
_LEAST = 1e-3


def train(
    data: Sequence[Path],
    out: Path,
    *,
    texts: Sequence[Path] = (),
    marks: Sequence[Path] = (),
    network: NetworkRecipe | None = None,
) -> None:
    """Write the panel of labelled texts into `out`, with a network where there is a recipe for one.

    Labels that only have an id find their text in `texts`; `marks` say where the evidence stands in texts whose
    labels do not say so.
    """
    read = with_marks(read_labelled_texts(data, texts=texts), marks)
    write(tell(read, heads_for(read), network=network, fingerprints=tuple(map(sha256_of, (*data, *marks)))), out)


def panel_of(telling: Telling) -> Panel:
    """The panel with a judge taught by what was told."""
    linear = telling.linear
    manifest = PanelManifest(
        version=f"panel-{hashlib.sha256(linear.manifest.version.encode()).hexdigest()[:8]}",
        linear=linear.manifest.version,
        network=telling.network.version if telling.network else "",
        clauses_sha256="",
        judge_sha256="",
        head=weighed(tuple(linear.heads), telling),
    )
    judge = fit_judge(telling.told, telling.targets, telling.weights)
    reader = telling.network.reader() if telling.network else None
    return Panel(manifest, linear, telling.clauses, judge, reader)


def weighed(names: Sequence[str], telling: Telling) -> tuple[WeighedHead, ...]:
    """How far to believe the judge beside the linear model: learned from its answers to texts unseen by it."""
    told, targets, weights = telling.told, telling.targets, telling.weights
    second = np.zeros(targets.shape, dtype=np.float32)
    for fold in range(FOLDS):
        held, others = telling.folds == fold, telling.folds != fold
        second[held] = fit_judge(told.of(others), targets[others], weights[others]).odds(told.of(held).features)
    return fit_combination(names, told.linear, second, targets, weights)


def fit_judge(told: Told, targets: NDArray[np.int8], weights: NDArray[np.float32]) -> Judge:
    """The judge; heads that some texts leave open have no answer but nought from it.

    `weights`, of shape (texts,), say how much each text counts: it is read so much more often than others.
    """
    features = told.features
    mean, deviation = features.mean(axis=0), np.maximum(features.std(axis=0), _LEAST)
    inputs = standardised(features, mean, deviation)
    judged = np.flatnonzero((targets != UNKNOWN).all(axis=0))
    rows = np.repeat(np.arange(len(weights)), np.rint(weights / weights.min()).astype(np.intp))
    networks = [_judging(inputs[rows], targets[rows][:, judged], seed) for seed in range(_JUDGES)]
    answer = np.zeros((_UNITS * _JUDGES, targets.shape[1]), dtype=np.float32)
    answer[:, judged] = np.concatenate([one.coefs_[1] for one in networks]) / _JUDGES
    answer_bias = np.zeros(targets.shape[1], dtype=np.float32)
    answer_bias[judged] = np.mean([one.intercepts_[1] for one in networks], axis=0)
    return Judge(
        mean=mean,
        deviation=deviation,
        hidden=np.concatenate([one.coefs_[0] for one in networks], axis=1).astype(np.float32),
        hidden_bias=np.concatenate([one.intercepts_[0] for one in networks]).astype(np.float32),
        answer=answer,
        answer_bias=answer_bias,
    )


def write(telling: Telling, out: Path) -> None:
    """Write the linear model, the network and the panel into the folders of their names."""
    panel = panel_of(telling)
    write_linear(panel.linear, out / LINEAR)
    if telling.network is not None:
        telling.network.write(out / NETWORK)
    folder = out / PANEL
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CLAUSES).write_bytes(_clauses_content(panel.clauses))
    (folder / JUDGE).write_bytes(packed(asdict(panel.judge)))
    sums = {field: sha256_of(folder / name) for name, field in SUMS.items()}
    text = manifest_text(_COMMENT, panel.manifest.model_copy(update=sums))
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _judging(inputs: NDArray[np.float32], targets: NDArray[np.int8], seed: int) -> MLPClassifier:
    network = MLPClassifier((_UNITS,), alpha=_DECAY, batch_size=256, max_iter=_PASSES, random_state=seed)
    with warnings.catch_warnings():
        # It stops after so many passes on purpose: going on until nothing moves learns the texts by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return network.fit(inputs, targets)


def _clauses_content(model: ClauseModel) -> bytes:
    return packed({"bias": model.bias, **_arrays("own", model.own), **_arrays("near", model.near)})


def _arrays(name: str, ngrams: NgramWeights) -> dict[str, NDArray[np.generic]]:
    scale = np.maximum(np.abs(ngrams.weights).max(axis=0), _LEAST).astype(np.float32)
    return {
        f"{name}_vocabulary": np.frombuffer(joined(ngrams.vocabulary), dtype=np.uint8),
        f"{name}_idf": ngrams.idf.astype(np.float16),
        f"{name}_weights": (ngrams.weights / scale).astype(np.float16),
        f"{name}_scale": scale,
    }
