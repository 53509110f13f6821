"""Does the highlight stand where people marked the evidence?"""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.classifier.models import Trained
from domain.risk import GUIDE_RISKS, Risk
from nlp.clauses import Clause, says_something, split_clauses
from nlp.scorer import Scorer, Scores
from nlp.training.labelled_texts import LabelledText
from nlp.training.marking import Mark, marks_of

_NAMES = tuple(risk.value for risk in GUIDE_RISKS)


def evidence_table(test: Sequence[LabelledText], models: Trained) -> str:
    """Of the labels people marked evidence for: how often the first and the second clause shown touch it."""
    marked = [text for text in test if text.evidence]
    count = sum(len(marks_of(text, _NAMES)) for text in marked)
    lines = ["## Evidence", "", f"{count} marked stretches in {len(marked)} test texts.", ""]
    lines += ["| weights of | labels | first clause right | second clause right |", "|---|---|---|---|"]
    scorers: dict[str, Scorer] = {"linear": models.panel.linear, "panel (shipped)": models.panel}
    for name, scorer in scorers.items():
        hits = np.array(list(_hits(marked, scorer)), dtype=float).reshape(-1, 2)
        first, second = np.nanmean(hits, axis=0)
        lines.append(f"| {name} | {len(hits)} | {first:.3f} | {second:.3f} |")
    return "\n".join([*lines, ""])


def _hits(texts: Sequence[LabelledText], scorer: Scorer) -> Iterator[tuple[float, float]]:
    contents = [text.content for text in texts]
    scores = scorer.score(contents)
    for index, text in enumerate(texts):
        marks = marks_of(text, _NAMES)
        for column, risk in enumerate(GUIDE_RISKS):
            own = [mark for mark in marks if mark.head == column]
            if own:
                yield _ranked(scores, index, contents[index], risk, own)


def _ranked(scores: Scores, index: int, content: str, risk: Risk, marks: Sequence[Mark]) -> tuple[float, float]:
    clauses = [clause for clause in split_clauses(content) if says_something(clause)]
    order = np.argsort(-scores.clause_weights(index, clauses, risk.value), kind="stable")[:2]
    found = [float(_touches(clauses[place], marks)) for place in order]
    return (found + [float("nan")] * 2)[0], (found + [float("nan")] * 2)[1]


def _touches(clause: Clause, marks: Sequence[Mark]) -> bool:
    return any(clause.start < mark.end and mark.start < clause.end for mark in marks)
