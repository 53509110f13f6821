"""What each part of the panel is worth: the judge taught anew without it, on the same texts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.classifier.figures import best_micro_f1, recall_at
from benchmarks.classifier.models import Trained
from domain.risk import GUIDE_RISKS
from nlp.classifying.panel import network_features
from nlp.clause_model import pooled
from nlp.scorer import Array
from nlp.training.heads import targets_of
from nlp.training.labelled_texts import LabelledText, weights_of
from nlp.training.telling import Told
from nlp.training.train_panel import fit_judge
from nlp.weighing import log_odds, probabilities_of

_PARTS: Mapping[str, tuple[str, ...]] = {
    "everything": (),
    "without the network": ("network",),
    "without clauses": ("clauses",),
    "without the linear model": ("linear",),
    "the network only": ("linear", "clauses"),
}
_CATEGORIES = len(GUIDE_RISKS)


def parts_table(models: Trained, told: Told, test: Sequence[LabelledText]) -> str:
    """One row a judge who is not told something, and one without a judge."""
    contents = [text.content for text in test]
    panel, targets = models.panel, targets_of(test, models.names)
    said = Told(
        panel.linear.odds(contents),
        pooled(panel.clauses.read(contents)),
        network_features(panel.network.read(contents)) if panel.network else told.network[:0],
    )
    rows = {name: _judged(models, _without(told, out), _without(said, out)) for name, out in _PARTS.items()}
    rows["no judge: linear and the strongest clause added"] = _plain(panel.linear.probabilities(contents), said)
    lines = [
        "## Parts",
        "",
        "| the judge is told of | micro-F1 at its best single threshold | lead recall at precision 0.80 |",
        "|---|---|---|",
    ]
    any_risk = models.names.index("any_risk")
    for name, found in rows.items():
        f1 = best_micro_f1(found[:, :_CATEGORIES], targets[:, :_CATEGORIES])
        recall = recall_at(found[:, any_risk], targets[:, any_risk], precision=0.80)
        lines.append(f"| {name} | {f1:.3f} | {recall:.3f} |")
    return "\n".join([*lines, ""])


def _without(told: Told, names: Sequence[str]) -> Told:
    return replace(told, **{name: np.zeros_like(getattr(told, name)) for name in names})


def _judged(models: Trained, told: Told, said: Told) -> Array:
    judge = fit_judge(told, targets_of(models.train, models.names), weights_of(models.train))
    return probabilities_of(judge.odds(said.features))


def _plain(linear: Array, said: Told) -> Array:
    """Both log-odds added, with the shares that an earlier fit gave them, where a clause can speak for a head."""
    odds = log_odds(linear)
    odds[:, :_CATEGORIES] = 0.8 * odds[:, :_CATEGORIES] + 0.5 * said.clauses[:, :_CATEGORIES]
    return probabilities_of(odds)
