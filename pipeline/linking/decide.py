"""From evidence to a decision: a household, candidates for a person to choose from, only a place, or nothing."""

import math
from collections.abc import Mapping, Sequence

from domain.links.link import Candidate, Link, LinkDecision
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId
from pipeline.linking.absence import absence
from pipeline.linking.chances import Chances
from pipeline.linking.compare import Comparison, compare
from pipeline.linking.facts import Facts
from pipeline.linking.names import NameAgreement
from pipeline.linking.parameters import Parameters, probabilities
from pipeline.linking.place_agreement import PlaceAgreement
from pipeline.linking.places import place_remark
from pipeline.linking.reasons import IDENTIFYING, NAME_REASONS, REPORTER, UNSAID, Evidence, Reason, sentence

VERSION = "linking-7"

_DECISIVE = frozenset(
    {Reason.ID_NUMBER, Reason.PHONE, Reason.PHONE_AND_NAME, Reason.NAME_AND_VILLAGE, Reason.NAME_AND_TOWN}
)
"""With one of these the probability decides."""
_STRONG_SUPPORT = frozenset({Reason.SECOND_MEMBER, Reason.MASKED_ID_NUMBER})
_SUPPORT_ELSEWHERE = _STRONG_SUPPORT | {Reason.BIRTH_YEAR, Reason.BIRTH_YEAR_ONE_OFF, Reason.KIN_AGE}
_SUPPORT = _SUPPORT_ELSEWHERE | {Reason.GROUP, Reason.RELOCATION_SITE}
_NEARLY_IN_VILLAGE = frozenset({Reason.SOUND_AND_VILLAGE, Reason.MISSPELT_AND_VILLAGE, Reason.PARTIAL_NAME_AND_VILLAGE})
"""These decide beside any support: who is written so in a village is told by the age or the group."""
_HARDLY_ANYBODY = 1.0
"""So few persons of the village agree by chance with a partial name that decides without support."""
_WHOLE_ELSEWHERE = frozenset({Reason.NAME_ONLY, Reason.NAME_OTHER_VILLAGE})
"""These decide beside an age, a relative's age, a second member or digits of the ID number."""
_LITTLE_ELSEWHERE = frozenset({Reason.SOUND, Reason.MISSPELT, Reason.PARTIAL_NAME})
"""These decide beside a second member or digits of the ID number only."""
_SPOKEN_OF = _SUPPORT_ELSEWHERE
"""A text that tells these of somebody does not name him in passing."""


def link(facts: Facts, found: Mapping[HouseholdId, Household], chances: Chances, parameters: Parameters) -> Link:
    """The link of a document to the register.

    Args:
        facts: What the document says.
        found: Every household that the document may mean.
        chances: How common names are in the register.
        parameters: What agreements weigh.
    """
    compared = compare_all(facts, found, chances, parameters)
    odds = {one.household.id: parameters.prior + one.weight for one in compared}
    unseen = _unseen(facts, compared, found, chances, parameters)
    scored = probabilities(odds, unseen, parameters)
    careful = probabilities(
        {one.household.id: parameters.prior + _told(one, parameters) for one in compared}, unseen, parameters
    )
    ranked = sorted(compared, key=lambda one: (-scored[one.household.id], one.household.id))
    shown = [one for one in ranked if scored[one.household.id] >= parameters.show_threshold]
    sure = {key: min(value, careful[key]) for key, value in scored.items()}
    decision = _decision(facts, shown, sure, parameters)
    return Link(
        document_id=facts.document.id,
        decision=decision,
        village=_village(facts, decision, shown),
        candidates=tuple(
            _candidate(one, scored[one.household.id], facts, chances) for one in shown[: parameters.most_candidates]
        ),
        version=f"{VERSION}+{parameters.version}",
        absent=round(absence(odds.values(), unseen, facts, parameters), 4),
    )


def compare_all(
    facts: Facts, found: Mapping[HouseholdId, Household], chances: Chances, parameters: Parameters
) -> list[Comparison]:
    """The households with evidence; a reporter's own one is left out where the one he speaks of is found."""
    compared = (compare(household, facts, chances, parameters) for household in found.values())
    comparisons = [comparison for comparison in compared if comparison is not None]
    meant = [comparison for comparison in comparisons if not comparison.reasons & REPORTER]
    return meant or comparisons


def _unseen(
    facts: Facts,
    comparisons: Sequence[Comparison],
    found: Mapping[HouseholdId, Household],
    chances: Chances,
    parameters: Parameters,
) -> float:
    """The odds of all namesakes that nobody opened, who live elsewhere than the text says."""
    named = {item.person for one in comparisons for item in one.evidence if item.person}
    place = PlaceAgreement.ELSEWHERE if facts.villages or facts.towns else PlaceAgreement.UNSAID
    total = 0.0
    for name in named:
        unopened = len(chances.index.households_named(name) - found.keys())
        if unopened:
            chance = len(chances.index.named(name))
            weight = parameters.name_weight(NameAgreement.IDENTICAL, place, chance)
            total += unopened * math.exp(parameters.prior + weight)
    return total


def _decision(
    facts: Facts, shown: Sequence[Comparison], scored: Mapping[HouseholdId, float], parameters: Parameters
) -> LinkDecision:
    if not shown:
        return LinkDecision.PLACE if facts.village else LinkDecision.NONE
    best = shown[0]
    clear = scored[best.household.id] >= parameters.link_threshold and _decides(best)
    return LinkDecision.LINKED if clear else LinkDecision.REVIEW


def _told(one: Comparison, parameters: Parameters) -> float:
    """What the evidence weighs without habits of writers, which may rank and never carry a link past a rival.

    Whether an age is told to the year or a year off, and whether a partial name is the head's.
    """
    return sum(parameters.careful_weight(item) for item in one.evidence)


def _decides(best: Comparison) -> bool:
    """True when something agrees that a probability may rest on; see decision 13."""
    reasons = best.reasons
    if not reasons & IDENTIFYING:
        if Reason.ANOTHER_NAMED in reasons:
            return False
        if Reason.MENTIONED_ASIDE in reasons and not (reasons & _SPOKEN_OF and Reason.NAME_AND_VILLAGE in reasons):
            return False
    return bool(
        reasons & _DECISIVE
        or (reasons & _NEARLY_IN_VILLAGE and (reasons & _SUPPORT or _hardly_anybody_elses(best)))
        or (reasons & _WHOLE_ELSEWHERE and reasons & _SUPPORT_ELSEWHERE)
        or (reasons & _LITTLE_ELSEWHERE and reasons & _STRONG_SUPPORT)
    )


def _hardly_anybody_elses(best: Comparison) -> bool:
    """True for 李*华 where hardly anybody else of the village agrees; 李某 may be one of a family that moved in."""
    told = [one.basis for one in best.evidence if one.reason is Reason.PARTIAL_NAME_AND_VILLAGE and one.basis]
    return any(one.given_shown and one.chance <= _HARDLY_ANYBODY for one in told)


def _village(facts: Facts, decision: LinkDecision, shown: Sequence[Comparison]) -> RegionCode | None:
    if decision is LinkDecision.LINKED:
        return shown[0].household.village
    among = {one.household.village for one in shown}
    return facts.village or (among.pop() if len(among) == 1 else None)


def _candidate(comparison: Comparison, probability: float, facts: Facts, chances: Chances) -> Candidate:
    told: dict[str, float | None] = {}
    for evidence in sorted(comparison.evidence, key=lambda one: -one.weight):
        if evidence.reason in UNSAID:
            continue
        written = place_remark(comparison.household.village, facts) if evidence.reason in NAME_REASONS else ""
        weight = None if evidence.reason in REPORTER else round(evidence.weight, 1)
        told.setdefault(_sentence(evidence, chances) + written, weight)
    return Candidate(
        household_id=comparison.household.id,
        probability=round(probability, 4),
        why=tuple(told),
        weights=tuple(told.values()),
    )


def _sentence(evidence: Evidence, chances: Chances) -> str:
    return sentence(evidence, len(chances.index.households_named(evidence.person)) if evidence.person else 0)
