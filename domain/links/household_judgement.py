"""What cadres said of a text and a household: this one, not this one, cannot say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.labelled import Labelled
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId

CONFIRMED_BY_CADRE = "干部已确认是这一户"
"""The reason of a link that a person made."""


class HouseholdVerdict(Labelled):
    """Whether a text speaks of a household."""

    SAME = "same", "是这一户"
    DIFFERENT = "different", "不是这一户"
    UNSURE = "unsure", "说不准"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdJudgement:
    """One verdict of one person; appended, never edited, in force until it is undone."""

    document_id: DocumentId
    cluster_id: DocumentId
    """The near-duplicate cluster of the text; a text joins one once and for all."""
    household_id: HouseholdId
    """The household's number in the register as it was when the person judged."""
    verdict: HouseholdVerdict
    judged_by: str
    division: RegionCode
    """The division that the person answered for."""
    register_version: int
    judged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedHouseholdJudgement:
    """A judgement with the number it was given when it was stored; later ones have higher numbers."""

    number: int
    judgement: HouseholdJudgement


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementEvent:
    """A verdict given or taken back that no run has given effect to yet."""

    number: int
    document_id: DocumentId
    cluster_id: DocumentId
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingJudgement:
    """A judgement as it bears on one text under the register of today."""

    number: int
    judgement: HouseholdJudgement
    households: tuple[HouseholdId, ...]
    """Where the judged household is now: one as a rule, none when it is gone."""
    clear: bool
    """False when the register does not say which of the households, if any, stands for the judged one."""
    same_people: bool
    """True when the household has its number still, or another one and nobody of another household in it."""
    of_repeat: bool
    """True when the person judged another text of the same cluster."""


def words_in_force(standing: Sequence[StandingJudgement]) -> tuple[StandingJudgement, ...]:
    """Of what people said of one text, in the order they said it, what counts.

    Each person has one word on a household, the latest, and names one household: who names another has given up the
    one named before.
    """
    found: dict[tuple[str, tuple[HouseholdId, ...]], StandingJudgement] = {}
    for item in standing:
        person, says_same = item.judgement.judged_by, item.judgement.verdict is HouseholdVerdict.SAME
        key = (person, item.households or (item.judgement.household_id,))
        found = {
            other: said
            for other, said in found.items()
            if other != key
            and not (says_same and other[0] == person and said.judgement.verdict is HouseholdVerdict.SAME)
        }
        found[key] = item
    return tuple(found.values())
