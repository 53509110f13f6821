"""What people said of a text and a household, put over what the scores say. Rules: docs/decisions/0012.

Nobody's word outranks another's: neither the later, nor the one of the narrower division. Where words contradict each
other the text goes to review with all households they are about.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from domain.links.household_judgement import CONFIRMED_BY_CADRE, HouseholdVerdict, StandingJudgement, words_in_force
from domain.links.link import Candidate, Link, LinkDecision
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId

DISPUTED = "干部意见不一致, 请再核实是不是这一户"
UNSURE = "干部说不准是不是这一户"
SUCCESSOR_UNCLEAR = "干部判断过的户在新台账中分开或并入, 请重新确认"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of the households, all persons taken together."""

    confirmed: HouseholdId | None
    """The one household that somebody confirmed and nobody denied."""
    disputed: tuple[HouseholdId, ...]
    denied: frozenset[HouseholdId]
    remarks: Mapping[HouseholdId, str]
    """Households that stay in review, each with the Chinese reason."""
    lost: bool
    """True when somebody confirmed a household that cannot be found in the register any more for certain."""


def judged(
    link: Link,
    standing: Sequence[StandingJudgement],
    households: Mapping[HouseholdId, Household],
    place: RegionCode | None,
) -> Link:
    """The link that holds; the scores' own where nobody said anything that bears on it.

    Args:
        link: What the scores say.
        standing: What people said and did not take back, in the order they said it.
        households: Every household of `link` and of `standing` that is in the register.
        place: The village the text names, for when the household that told the village is denied.
    """
    if not standing:
        return link
    words = weigh(standing)
    offered = _offered(link, words, households)
    if words.confirmed in households and not words.lost:
        confirmed = HouseholdId(words.confirmed or "")
        return _linked(link, confirmed, offered, households[confirmed].village)
    if link.decision is LinkDecision.LINKED and _scores_hold(link, words):
        return replace(link, candidates=offered)
    if link.decision is not LinkDecision.LINKED and not words.denied:
        village = link.village
    else:
        village = place or _only_village(offered, households)
    if offered:
        return replace(link, decision=LinkDecision.REVIEW, candidates=offered, village=village)
    decision = LinkDecision.NONE if village is None else LinkDecision.PLACE
    return replace(link, decision=decision, candidates=(), village=village)


def weigh(standing: Sequence[StandingJudgement]) -> Words:
    """The words of all persons taken together."""
    counting = words_in_force(standing)
    spoken: dict[HouseholdId, set[HouseholdVerdict]] = defaultdict(set)
    for item in counting:
        if _holds(item):
            spoken[item.households[0]].add(item.judgement.verdict)
    same = {one for one, said in spoken.items() if HouseholdVerdict.SAME in said}
    different = {one for one, said in spoken.items() if HouseholdVerdict.DIFFERENT in said}
    contradicting = bool(same & different) or len(same) > 1
    unsure = {one: UNSURE for one, said in spoken.items() if HouseholdVerdict.UNSURE in said}
    unclear = {one: SUCCESSOR_UNCLEAR for item in counting if not _holds(item) for one in item.households}
    return Words(
        confirmed=None if contradicting else next(iter(same), None),
        disputed=tuple(sorted(same)) if contradicting else (),
        denied=frozenset(different - same),
        remarks={one: remark for one, remark in (unsure | unclear).items() if one not in same | different},
        lost=any(item.judgement.verdict is HouseholdVerdict.SAME and not _holds(item) for item in counting),
    )


def _holds(item: StandingJudgement) -> bool:
    """True when the judgement means one household of today.

    "Not this one" said of a household holds for its own people only, not for those it lives with now.
    """
    if not item.clear or len(item.households) != 1:
        return False
    return item.same_people or item.judgement.verdict is not HouseholdVerdict.DIFFERENT


def _offered(link: Link, words: Words, households: Mapping[HouseholdId, Household]) -> tuple[Candidate, ...]:
    """The candidates that stay, those that people spoke of first and with what they said."""
    remarks = {**words.remarks, **dict.fromkeys(words.disputed, DISPUTED)}
    scored = {candidate.household_id: candidate for candidate in link.candidates}
    named = [one for one in remarks if one in households]
    candidates = [
        replace(candidate, why=(remarks[candidate.household_id], *candidate.why))
        if candidate.household_id in remarks
        else candidate
        for candidate in chain(
            (scored.get(one) or Candidate(household_id=one, probability=0.0, why=()) for one in named),
            (candidate for candidate in link.candidates if candidate.household_id not in remarks),
        )
    ]
    return tuple(candidate for candidate in candidates if candidate.household_id not in words.denied)


def _scores_hold(link: Link, words: Words) -> bool:
    """True when nobody doubts the household that the scores name."""
    best = link.candidates[0].household_id
    return not (best in words.denied or words.disputed or words.lost or best in words.remarks)


def _linked(link: Link, household_id: HouseholdId, offered: Sequence[Candidate], village: RegionCode) -> Link:
    scored = next((one for one in link.candidates if one.household_id == household_id), None)
    first = Candidate(
        household_id=household_id,
        probability=1.0,
        why=(CONFIRMED_BY_CADRE, *(scored.why if scored else ())),
        weights=scored.weights if scored else (),
    )
    others = tuple(one for one in offered if one.household_id != household_id)
    return replace(link, decision=LinkDecision.LINKED, candidates=(first, *others), village=village, absent=None)


def _only_village(offered: Sequence[Candidate], households: Mapping[HouseholdId, Household]) -> RegionCode | None:
    villages = {households[one.household_id].village for one in offered if one.household_id in households}
    return villages.pop() if len(villages) == 1 else None
