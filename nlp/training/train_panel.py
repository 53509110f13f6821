"""Trains the panel: the models of texts, clauses and sentences, and their judge."""

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from nlp.clause_model import POOLED, ClauseModel, Grain, pooled
from nlp.ensemble import LINEAR, PANEL
from nlp.linear import LinearModel
from nlp.manifests import MANIFEST
from nlp.ngrams import NgramWeights, joined
from nlp.panel import CLAUSES, JUDGE, SENTENCES, SUMS, Judge, Panel, PanelManifest, features_of, standardised
from nlp.training.combination import fit_combination
from nlp.training.heads import UNKNOWN, heads_for, targets_of
from nlp.training.labelled_texts import LabelledText, read_labelled_texts
from nlp.training.manifest_text import manifest_text, sha256_of
from nlp.training.marking import with_marks
from nlp.training.train_clauses import MarkedClauses, check_marks, fit_clauses, marked_clauses
from nlp.training.train_linear import FOLDS, fit_linear, folds_of
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


@dataclass(frozen=True, slots=True)
class Told:
    """What the models say of texts that they were not trained on."""

    linear: NDArray[np.float32]
    """Shape (texts, heads): log-odds."""
    clauses: NDArray[np.float32]
    """Shape (texts, POOLED)."""
    sentences: NDArray[np.float32]
    """Shape (texts, POOLED)."""

    @property
    def features(self) -> NDArray[np.float32]:
        """Shape (texts, features): what the judge is told."""
        return features_of(self.linear, self.clauses, self.sentences)

    def of(self, rows: NDArray[np.bool_]) -> "Told":
        """What they say of some of the texts."""
        return Told(self.linear[rows], self.clauses[rows], self.sentences[rows])


def train(data: Sequence[Path], out: Path, *, texts: Sequence[Path] = (), marks: Sequence[Path] = ()) -> Panel:
    """The panel of labelled texts, also written into `out`.

    Labels that only have an id find their text in `texts`; `marks` say where the evidence stands in texts whose
    labels do not say so.
    """
    read = with_marks(read_labelled_texts(data, texts=texts), marks)
    panel = fit_panel(read, fingerprints=tuple(map(sha256_of, (*data, *marks))))
    write(panel, out)
    return panel


def fit_panel(
    texts: Sequence[LabelledText], *, names: Sequence[str] | None = None, fingerprints: tuple[str, ...] = ()
) -> Panel:
    """The panel of these texts."""
    return panel_of(tell(texts, names or heads_for(texts), fingerprints=fingerprints))


@dataclass(frozen=True, slots=True)
class Telling:
    """All that the judge is taught with, and the models that it will judge."""

    linear: LinearModel
    clauses: ClauseModel
    sentences: ClauseModel
    told: Told
    targets: NDArray[np.int8]
    """Shape (texts, heads)."""
    folds: NDArray[np.intp]
    """Shape (texts,): the part of the texts that each was told of by models of the others."""


def tell(texts: Sequence[LabelledText], names: Sequence[str], *, fingerprints: tuple[str, ...] = ()) -> Telling:
    """The models of these texts, and what models of their kind say of each text when they have not seen it."""
    folds = folds_of(texts)
    clauses, sentences = (marked_clauses(texts, grain) for grain in (Grain.CLAUSE, Grain.SENTENCE))
    check_marks(clauses, folds)
    linear, odds = fit_linear(texts, names, folds, fingerprints=fingerprints)
    contents = [text.content for text in texts]
    told = Told(odds, *(_unseen(marked, contents, folds) for marked in (clauses, sentences)))
    return Telling(linear, fit_clauses(clauses), fit_clauses(sentences), told, targets_of(texts, names), folds)


def panel_of(telling: Telling) -> Panel:
    """The panel with a judge taught by what was told."""
    linear = telling.linear
    manifest = PanelManifest(
        version=f"panel-{hashlib.sha256(linear.manifest.version.encode()).hexdigest()[:8]}",
        linear=linear.manifest.version,
        clauses_sha256="",
        sentences_sha256="",
        judge_sha256="",
        head=weighed(tuple(linear.heads), telling.told, telling.targets, telling.folds),
    )
    judge = fit_judge(telling.told, telling.targets)
    return Panel(manifest, linear, telling.clauses, telling.sentences, judge)


def weighed(
    names: Sequence[str], told: Told, targets: NDArray[np.int8], folds: NDArray[np.intp]
) -> tuple[WeighedHead, ...]:
    """How far to believe the judge beside the linear model: learned from its answers to texts unseen by it."""
    second = np.zeros(targets.shape, dtype=np.float32)
    for fold in range(FOLDS):
        judge = fit_judge(told.of(folds != fold), targets[folds != fold])
        second[folds == fold] = judge.odds(told.of(folds == fold).features)
    return fit_combination(names, told.linear, second, targets, own_weights=True)


def fit_judge(told: Told, targets: NDArray[np.int8]) -> Judge:
    """The judge; heads that some texts leave open have no answer but nought from it."""
    features = told.features
    mean, deviation = features.mean(axis=0), np.maximum(features.std(axis=0), _LEAST)
    inputs = standardised(features, mean, deviation)
    judged = np.flatnonzero((targets != UNKNOWN).all(axis=0))
    networks = [_network(inputs, targets[:, judged], seed) for seed in range(_JUDGES)]
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


def write(panel: Panel, out: Path) -> None:
    """Write the linear model and the panel into the folders of their names."""
    write_linear(panel.linear, out / LINEAR)
    folder = out / PANEL
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CLAUSES).write_bytes(_clauses_content(panel.clauses))
    (folder / SENTENCES).write_bytes(_clauses_content(panel.sentences))
    (folder / JUDGE).write_bytes(_content(asdict(panel.judge)))
    sums = {field: sha256_of(folder / name) for name, field in SUMS.items()}
    text = manifest_text(_COMMENT, panel.manifest.model_copy(update=sums))
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _unseen(marked: MarkedClauses, contents: Sequence[str], folds: NDArray[np.intp]) -> NDArray[np.float32]:
    """Shape (texts, POOLED): what models of clauses or sentences that had not seen a text say of it."""
    found = np.zeros((len(contents), POOLED), dtype=np.float32)
    for fold in range(FOLDS):
        held = [content for content, own in zip(contents, folds, strict=True) if own == fold]
        found[folds == fold] = pooled(fit_clauses(marked.of(folds != fold)).read(held))
    return found


def _network(inputs: NDArray[np.float32], targets: NDArray[np.int8], seed: int) -> MLPClassifier:
    network = MLPClassifier((_UNITS,), alpha=_DECAY, batch_size=256, max_iter=_PASSES, random_state=seed)
    with warnings.catch_warnings():
        # It stops after so many passes on purpose: going on until nothing moves learns the texts by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return network.fit(inputs, targets)


def _clauses_content(model: ClauseModel) -> bytes:
    return _content({"bias": model.bias, **_arrays("own", model.own), **_arrays("near", model.near)})


def _arrays(name: str, ngrams: NgramWeights) -> dict[str, NDArray[np.generic]]:
    scale = np.maximum(np.abs(ngrams.weights).max(axis=0), _LEAST).astype(np.float32)
    return {
        f"{name}_vocabulary": np.frombuffer(joined(ngrams.vocabulary), dtype=np.uint8),
        f"{name}_idf": ngrams.idf.astype(np.float16),
        f"{name}_weights": (ngrams.weights / scale).astype(np.float16),
        f"{name}_scale": scale,
    }


def _content(arrays: dict[str, NDArray[np.generic]]) -> bytes:
    stream = BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()
