"""Reads texts: the model decides, plain statements raise, evidence shows what either of them saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.risk import GUIDE_RISKS, Risk, with_derived
from domain.texts.analysis import Evidence, Reading, RiskLabel
from domain.words.vocabulary import NO_LEAD, Factuality, Scope
from nlp.classifying.rules import VERSION as RULES_VERSION
from nlp.classifying.rules import RuleHit, Rules, load_rules
from nlp.classifying.stance import Takeback, load_stance_reader
from nlp.classifying.taken_back import Withdrawals, kind_of
from nlp.classifying.weights import SHIPPED, load_weights
from nlp.clauses import Clause, says_something, split_clauses, split_sentences
from nlp.portions import portions
from nlp.scorer import Array, Scorer, Scores

VERSION = "reader-6"
"""Changes when the same weights and rules would give another reading."""
_MOST_SPANS = 4
_MOST_CHARACTERS = 200_000
"""Read at once: what every character gave to every head is kept until the evidence is chosen."""
_PLAUSIBLE = 0.25
"""A pattern raises a category only where the model finds any difficulty at least this probable: the text around a plain
statement tells a plea from a policy page. Chosen in benchmarks/classifier."""
_SHORT = 30
"""Up to so many characters there is no text around a plain statement that could tell; the model, used to longer texts,
is too sure of itself there (暴雨冲垮了我家房子 is 0.16 to it)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """What the clauses of a text say of one category."""

    risk: Risk
    clauses: Sequence[Clause]
    weights: Array
    """Shape (clauses,)."""
    plain: Sequence[RuleHit]
    """Where a rule found it said plainly."""
    taken: Takeback | None


class Classifier:
    """The shipped reader."""

    def __init__(self, model: Scorer, rules: Rules, withdrawals: Withdrawals | None = None) -> None:
        """Combine a model, rules that raise a category and, where given, what clauses take back."""
        self.model = model
        self._rules = rules
        self._withdrawals = withdrawals
        self.version = f"{model.version}+{RULES_VERSION}+{VERSION}"

    def read(self, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """One reading per (title, text); offsets of evidence count characters of title + newline + text."""
        contents = [f"{title}\n{text}" if title else text for title, text in texts]
        parts = (contents[begin:end] for begin, end in portions(contents, _MOST_CHARACTERS))
        return [reading for part in parts for reading in self._read(part)]

    def _read(self, contents: Sequence[str]) -> list[Reading]:
        scores = self.model.score(contents)
        return [self._reading(content, scores, index) for index, content in enumerate(contents)]

    def _reading(self, content: str, scores: Scores, index: int) -> Reading:
        row = scores.probabilities[index]
        any_risk = self._probability(row, "any_risk")
        heard = any_risk >= _PLAUSIBLE or len(content) <= _SHORT
        hits = self._rules.hits(split_sentences(content)) if heard else []
        raised = {hit.risk: hit.probability for hit in hits}
        chosen = [risk for risk in GUIDE_RISKS if risk in raised or self._says_yes(row, risk.value)]
        told = self._told(content, scores, index, chosen, hits)
        urgent = self._says_yes(row, "urgent")
        gone = [one for one in told if not urgent and self._goes(content, one)]
        kept = [one for one in told if one not in gone]
        relocation = bool(kept) and self._says_yes(row, "relocation")
        labels = [
            RiskLabel(
                risk=one.risk,
                probability=round(max(self._probability(row, one.risk.value), raised.get(one.risk, 0.0)), 4),
                evidence=_evidence(content, one),
            )
            for one in kept
        ]
        labels += _derived(labels, relocation)
        if gone and not kept and self._withdrawals:
            any_risk = min(any_risk, self._withdrawals.left)
        return Reading(
            risk_probability=round(max([any_risk, *(label.probability for label in labels)]), 4),
            labels=tuple(labels),
            scope=self._scope(row, bool(labels)),
            relocation=relocation,
            accusation=self._says_yes(row, "accusation"),
            urgent=bool(labels) and urgent,
            factuality=Factuality.CURRENT if labels else self._instead(row, gone),
            groups=self._rules.named_groups(content) if labels else (),
            model=self.version,
        )

    def _told(
        self, content: str, scores: Scores, index: int, chosen: Sequence[Risk], hits: Sequence[RuleHit]
    ) -> list[_Told]:
        """What the clauses say of every category that model or rules found."""
        clauses = (split_clauses(content) or [Clause(0, len(content), content)]) if chosen else []
        taken = self._taken_back(content, clauses, chosen, scores.probabilities[index])
        return [
            _Told(
                risk=risk,
                clauses=clauses,
                weights=scores.clause_weights(index, clauses, risk.value),
                plain=[hit for hit in hits if hit.risk is risk],
                taken=taken.get(risk),
            )
            for risk in chosen
        ]

    def _taken_back(
        self, content: str, clauses: Sequence[Clause], chosen: Sequence[Risk], row: NDArray[np.float32]
    ) -> dict[Risk, Takeback]:
        if not self._withdrawals or not chosen:
            return {}
        kinds = {kind: self._probability(row, kind.value) for kind in NO_LEAD if kind in self.model.heads}
        return self._withdrawals.taken_back(content, clauses, chosen, kinds)

    def _goes(self, content: str, told: _Told) -> bool:
        if self._withdrawals is None or told.taken is None:
            return False
        plain = {_begins_in(hit, told.clauses) for hit in told.plain}
        return self._withdrawals.goes(content, told.taken, told.weights, plain)

    def _instead(self, row: NDArray[np.float32], gone: Sequence[_Told]) -> Factuality:
        """What a text without a category tells of: as the model says, else as what went was taken back."""
        kinds = [kind_of(one.taken, one.weights) for one in gone if one.taken]
        return next((kind for kind in (self._kind(row), *kinds) if kind is not Factuality.NONE), Factuality.NONE)

    def _probability(self, row: NDArray[np.float32], head: str) -> float:
        return float(row[self.model.heads[head]])

    def _says_yes(self, row: NDArray[np.float32], head: str) -> bool:
        column = self.model.heads[head]
        return bool(row[column] >= self.model.thresholds[column])

    def _kind(self, row: NDArray[np.float32]) -> Factuality:
        """What a text without a category tells of instead; NONE where no such head says yes."""
        kinds = [kind for kind in NO_LEAD if kind in self.model.heads and self._says_yes(row, kind.value)]
        return max(kinds, key=lambda kind: self._probability(row, kind.value), default=Factuality.NONE)

    def _scope(self, row: NDArray[np.float32], any_label: bool) -> Scope:
        if not any_label:
            return Scope.NONE
        return Scope.AREA if self._says_yes(row, "area") else Scope.HOUSEHOLD


def load_classifier(directory: Path | None = None) -> Classifier:
    """The reader with the weights of a directory, those shipped by default; ModelError when they are not whole."""
    return Classifier(load_weights(directory or SHIPPED), load_rules(), Withdrawals(load_stance_reader()))


def _evidence(content: str, told: _Told) -> tuple[Evidence, ...]:
    """Plain statements first, then the clauses that weigh most for the category; in the order of the text.

    A clause that takes the category back is shown only where the text has no other.
    """
    taken = told.taken.stances if told.taken else {}
    shown = [one for number, one in enumerate(told.clauses) if number not in taken]
    plain = [hit.clause for hit in told.plain if _begins_in(hit, told.clauses) not in taken]
    said = [_whole(one, _unbroken(one, told.clauses, shown), content) for one in plain]
    numbers = [number for number, one in enumerate(told.clauses) if says_something(one) and number not in taken]
    numbers = numbers or [number for number in range(len(told.clauses)) if number not in taken]
    ranked = sorted(numbers or range(len(told.clauses)), key=lambda number: -told.weights[number])
    strongest = [told.clauses[number] for number in ranked if told.weights[number] > 0]
    strongest = [clause for clause in strongest if not any(_overlap(clause, one) for one in said)]
    wanted = 1 if said else 2
    spans = [*dict.fromkeys(said), *strongest[:wanted]][:_MOST_SPANS] or [told.clauses[ranked[0]]]
    return tuple(
        Evidence(start=one.start, end=one.end, text=content[one.start : one.end])
        for one in sorted(spans, key=lambda clause: clause.start)
    )


def _begins_in(hit: RuleHit, clauses: Sequence[Clause]) -> int:
    """Number of the clause in which a plain statement begins."""
    return next((number for number, one in enumerate(clauses) if hit.clause.start < one.end), len(clauses) - 1)


def _derived(labels: Sequence[RiskLabel], relocation: bool) -> list[RiskLabel]:
    risks = frozenset(label.risk for label in labels)
    added = with_derived(risks, relocation=relocation) - risks
    parent = next((label for label in labels if label.risk is Risk.UNEMPLOYMENT), None)
    return [
        RiskLabel(risk=risk, probability=parent.probability, evidence=parent.evidence)
        for risk in sorted(added)
        if parent is not None
    ]


def _whole(found: Clause, clauses: Sequence[Clause], content: str) -> Clause:
    """The clauses that a plain statement touches, as one stretch: a highlight never begins inside a word."""
    touched = [clause for clause in clauses if _overlap(clause, found)] or [found]
    start, end = touched[0].start, touched[-1].end
    return Clause(start, end, content[start:end])


def _unbroken(found: Clause, every: Sequence[Clause], shown: Sequence[Clause]) -> Sequence[Clause]:
    """The clauses that a stretch touches; the first alone where it would run over one that is not shown."""
    touched = [clause for clause in every if _overlap(clause, found)]
    return touched if all(clause in shown for clause in touched) else touched[:1]


def _overlap(one: Clause, other: Clause) -> bool:
    return one.start < other.end and other.start < one.end
