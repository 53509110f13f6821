"""The tie between a text and a household: ranked candidates, each with a probability and its reasons."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.labelled import Labelled
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId


class LinkDecision(Labelled):
    """How far the linking could go; it never guesses between two doors."""

    LINKED = "linked", "已关联到户"
    REVIEW = "review", "待人工选户"
    PLACE = "place", "只到村"
    NONE = "none", "未关联"


class Strength(Labelled):
    """How much a reason says, after Kass and Raftery (1995): strong from 20 times on, positive from 3."""

    STRONG = "strong", "强"
    MEDIUM = "medium", "中"
    WEAK = "weak", "弱"
    AGAINST = "against", "不利"
    """Below nought: it holds for other households more often than for the one that is meant."""


_STRONG_TIMES, _MEDIUM_TIMES = 20, 3


@dataclass(frozen=True, slots=True)
class WeighedReason:
    """One reason of a candidate, and what it adds where that is known."""

    sentence: str
    weight: float | None
    """Log-odds; None where it is not told, for what people said, and in older links."""

    @property
    def strength(self) -> Strength | None:
        """How much it says; None where that is not known."""
        if self.weight is None:
            return None
        if self.weight < 0:
            return Strength.AGAINST
        if self.weight >= math.log(_STRONG_TIMES):
            return Strength.STRONG
        return Strength.MEDIUM if self.weight >= math.log(_MEDIUM_TIMES) else Strength.WEAK

    @property
    def times(self) -> int | None:
        """How many times as often it holds for the household that is meant as for another, or the other way round."""
        return None if self.weight is None else round(math.exp(min(abs(self.weight), _MOST_LOG_ODDS)))


_MOST_LOG_ODDS = 20.0
OF_REPORTER = "有一项登记信息相符，所述之人是否属该户待核实"
"""Said of the household of whoever brought the matter in, and of no other: to whom it is shown knows who petitioned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A household the text may speak of."""

    household_id: HouseholdId
    probability: float
    why: tuple[str, ...]
    """Chinese reasons that a cadre understands, strongest first; they name no petitioner."""
    weights: tuple[float | None, ...] = ()
    """Of each reason the log-odds that it adds, below nought when it speaks against; empty in older links.

    None where it would tell that the household only reports; what people said stands before the reasons and has none.
    """

    @property
    def reasons(self) -> tuple[WeighedReason, ...]:
        """The reasons, each with its weight where it has one."""
        said = len(self.why) - len(self.weights)
        return tuple(
            WeighedReason(sentence, self.weights[place - said] if place >= said else None)
            for place, sentence in enumerate(self.why)
        )

    def apart_from_reporting(self) -> "Candidate | None":
        """The candidate without what tells that its household petitioned; None where nothing else speaks for it."""
        others = [one for one in self.reasons if one.sentence != OF_REPORTER]
        if len(others) == len(self.why):
            return self
        if all(one.strength is Strength.AGAINST for one in others):
            return None
        return replace(self, why=tuple(one.sentence for one in others), weights=tuple(one.weight for one in others))


def apart_from_reporting(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """What whoever may not know who petitioned is told of the candidates."""
    return tuple(told for one in candidates if (told := one.apart_from_reporting()) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The outcome of linking one document."""

    document_id: DocumentId
    decision: LinkDecision
    village: RegionCode | None
    candidates: tuple[Candidate, ...]
    version: str
    absent: float | None = None
    """Probability that the household is not in the register; None in older links and where people said who it is."""

    @property
    def household_id(self) -> HouseholdId | None:
        """The household, only when the decision is `linked`."""
        return self.candidates[0].household_id if self.decision is LinkDecision.LINKED else None
