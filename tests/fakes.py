"""Stand-ins for the edges: a clock that stands still, readers that say what they are told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.risk import Risk
from domain.texts.analysis import Evidence, Reading, RiskLabel
from domain.texts.second_reading import Opinion
from domain.words.vocabulary import Factuality, Scope

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, **step: int) -> None:
        self._now += timedelta(**step)


def reading(*risks: Risk, text: str = "药费负担不起", urgent: bool = False, scope: Scope = Scope.HOUSEHOLD) -> Reading:
    """A reading with these categories, each with the same evidence at the start of the text."""
    evidence = (Evidence(start=0, end=len(text), text=text),)
    return Reading(
        risk_probability=0.9 if risks else 0.05,
        labels=tuple(RiskLabel(risk=risk, probability=0.9, evidence=evidence) for risk in risks),
        scope=scope if risks else Scope.NONE,
        relocation=False,
        accusation=False,
        urgent=urgent,
        factuality=Factuality.CURRENT if risks else Factuality.NONE,
        groups=(),
        model="fixed-1",
    )


def opinion(*risks: Risk, text: str = "药费负担不起", start: int = 0, accusation: bool = False) -> Opinion:
    """A second reader's opinion with these categories, each with the same quotation."""
    evidence = (Evidence(start=start, end=start + len(text), text=text),)
    return Opinion(
        labels=tuple(RiskLabel(risk=risk, probability=1.0, evidence=evidence) for risk in risks),
        scope=Scope.HOUSEHOLD if risks else Scope.NONE,
        relocation=False,
        accusation=accusation,
        urgent=False,
        factuality=Factuality.CURRENT if risks else Factuality.NONE,
    )


class FixedClassifier:
    """Reads a text by looking for given words in it; it takes what has `accusing` in it for an accusation."""

    def __init__(self, words: Mapping[str, Risk], *, accusing: str = "", version: str = "fixed-1") -> None:
        self._words = words
        self._accusing = accusing
        self.version = version

    def read(self, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        return [self._one(title + text) for title, text in texts]

    def _one(self, content: str) -> Reading:
        found = reading(*(risk for word, risk in self._words.items() if word in content))
        return replace(found, model=self.version, accusation=bool(self._accusing) and self._accusing in content)


class FixedAccusationReader:
    """Calls a text an accusation when it contains 贪污."""

    version = "fixed-accusation-1"

    def is_accusation(self, title: str, text: str, *, purpose: str, category: str) -> tuple[bool, str]:
        return ("贪污" in title + text, "含贪污")
