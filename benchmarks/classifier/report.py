"""The tables of the report."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.classifier.figures import (
    best_micro_f1,
    calibration_error,
    head_f1,
    macro_f1,
    micro_f1,
    recall_at,
)
from benchmarks.classifier.models import SHIPPED, Answers
from benchmarks.classifier.split import Split, kind_of, unseen
from domain.risk import GUIDE_RISKS
from nlp.classifying.accusation import AccusationReader
from nlp.classifying.classifier import Classifier
from nlp.classifying.linear import LinearModel
from nlp.evaluation import LabelScore, evaluate, score
from nlp.training.labelled_texts import LabelledText

_CATEGORIES = len(GUIDE_RISKS)
_PRECISION = 0.80
_LENGTHS = (60, 150, 300, 600, 100_000)
_FEWEST = 40
"""A part with fewer test texts says nothing by itself."""


@dataclass(frozen=True)
class Report:
    """What was measured: answers of all readers on the test texts."""

    parts: Split
    names: Sequence[str]
    targets: NDArray[np.int8]
    answers: Mapping[str, Answers]

    def text(self, classifier: Classifier, linear: LinearModel) -> str:
        """All tables in Markdown; `classifier` is the whole shipped reader, rules included."""
        lines = ["# The classifier on texts it was not trained on", ""]
        lines.append(f"Trained on {len(self.parts.train)} texts, read {len(self.parts.test)}.")
        lines += ["", *self._readers(), "", *self._parts(), "", *_labels(self.parts.test, classifier, linear)]
        return "\n".join([*lines, ""])

    def of(self, name: str, rows: NDArray[np.bool_] | None = None) -> dict[str, float]:
        """The figures of one reader, over all test texts or some."""
        chosen = rows if rows is not None else np.ones(len(self.targets), dtype=bool)
        answers, targets = self.answers[name], self.targets[chosen]
        table = answers.probabilities[chosen]
        cells, truth = table[:, :_CATEGORIES], targets[:, :_CATEGORIES]
        any_risk = self.names.index("any_risk")
        return {
            "micro_f1": micro_f1(cells, answers.thresholds[:_CATEGORIES], truth),
            "best_micro_f1": best_micro_f1(cells, truth),
            "macro_f1": macro_f1(cells, answers.thresholds[:_CATEGORIES], truth),
            "lead_recall": recall_at(table[:, any_risk], targets[:, any_risk], precision=_PRECISION),
            "accusation_f1": self._head(name, "accusation", chosen),
            "urgent_f1": self._head(name, "urgent", chosen),
            "calibration_error": calibration_error(cells, truth),
        }

    def _head(self, name: str, head: str, chosen: NDArray[np.bool_]) -> float:
        column, answers = self.names.index(head), self.answers[name]
        threshold = float(answers.thresholds[column])
        return head_f1(answers.probabilities[chosen, column], threshold, self.targets[chosen, column])

    def _readers(self) -> list[str]:
        lines = ["## Readers side by side", ""]
        lines.append(
            "| reader | micro-F1 | at its best single threshold | macro-F1 | lead recall at precision 0.80 "
            "| accusation F1 | urgent F1 | calibration error |"
        )
        lines.append("|---|---|---|---|---|---|---|---|")
        rows = {name: [f"{value:.3f}" for value in self.of(name).values()] for name in self.answers}
        return [*lines, *(f"| {' | '.join([name, *row])} |" for name, row in rows.items())]

    def _parts(self) -> list[str]:
        lines = [
            "## Kinds of text",
            "",
            "| texts | number | with a category | linear | shipped | lead recall |",
        ]
        lines.append("|---|---|---|---|---|---|")
        for name, rows in self._rows().items():
            positive = int((self.targets[rows, self.names.index("any_risk")] == 1).sum())
            linear, found = self.of("linear", rows), self.of(SHIPPED, rows)
            figures = f"{linear['best_micro_f1']:.3f} | {found['best_micro_f1']:.3f} | {found['lead_recall']:.3f}"
            lines.append(f"| {name} | {int(rows.sum())} | {positive} | {figures} |")
        lines += ["", "Micro-F1 at the best single threshold of each part; lead recall at precision 0.80."]
        return lines

    def _rows(self) -> dict[str, NDArray[np.bool_]]:
        named: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(self.parts.test):
            named["real" if not text.genre else "invented"].append(index)
            named["unseen source or writer" if unseen(text) else "seen source or writer"].append(index)
            named[f"· {kind_of(text)}"].append(index)
            most = next(most for most in _LENGTHS if len(text.content) <= most)
            named[f"up to {most} characters"].append(index)
        rows = {}
        for name in sorted(named):
            if len(named[name]) >= _FEWEST:
                rows[name] = np.zeros(len(self.targets), dtype=bool)
                rows[name][named[name]] = True
        return rows


def figures_of(report: Report) -> dict[str, float]:
    """The figures that floors are pinned for: of the shipped reader, and what it gains over the linear baseline."""
    shipped, linear = report.of(SHIPPED), report.of("linear")
    return {**shipped, "gain_over_linear": shipped["best_micro_f1"] - linear["best_micro_f1"]}


def _labels(test: Sequence[LabelledText], classifier: Classifier, linear: LinearModel) -> list[str]:
    scores = evaluate(test, classifier)
    lines = ["## The whole reader, rules included", ""]
    lines += ["| label | support | precision | recall | F1 |", "|---|---|---|---|---|"]
    rows = (*scores.labels, scores.micro, scores.lead, scores.accusation, scores.urgent, restricting(test, linear))
    return lines + [_row(one) for one in rows]


def restricting(test: Sequence[LabelledText], linear: LinearModel) -> LabelScore:
    """How well accusations are kept from cadres by the text alone, before anything else reads it."""
    reader = AccusationReader(linear)
    answers = [(text.accusation, reader.is_accusation("", text.content, purpose="", category="")[0]) for text in test]
    return score("restricted by text alone", answers)


def _row(one: LabelScore) -> str:
    return f"| {one.name} | {one.support} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} |"
