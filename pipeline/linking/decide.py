"""From evidence to a decision: a household, candidates for a person to choose from, only a place, or nothing."""

from collections.abc import Mapping, Sequence

from domain.analysis import Reading
from domain.document import Document
from domain.household import Household, HouseholdId
from domain.link import Candidate, Link, LinkDecision
from domain.mention import Mentions
from domain.region import RegionCode
from pipeline.linking.compare import Comparison, compare
from pipeline.linking.facts import Facts
from pipeline.linking.reasons import REPORTER, Reason, sentence
from pipeline.linking.scoring import Weights, load_weights, log_odds, probabilities

VERSION = "linking-1"

_DECISIVE = frozenset({Reason.ID_NUMBER, Reason.PHONE, Reason.NAME_AND_VILLAGE, Reason.NAME_AND_TOWN, Reason.NAME_ONLY})
"""Without one of these a household is only ever proposed: partial names and reporters decide nothing."""


def link(
    document: Document,
    mentions: Mentions,
    analysis: Reading | None,
    found: Mapping[HouseholdId, Household],
    name_counts: Mapping[str, int],
) -> Link:
    """The link of the document to the register.

    Args:
        document: The text with what the registering office knows of the petitioner.
        mentions: What the text names.
        analysis: What the classifier read, if it has read the text.
        found: Every household that answers the document's lookups.
        name_counts: How many households of the register know each name that was looked up.
    """
    weights = load_weights()
    facts = Facts(document=document, mentions=mentions, reading=analysis)
    comparisons = _comparisons(facts, found)
    scored = _probabilities(comparisons, name_counts, weights)
    shown = [one for one in _ranked(comparisons, scored) if scored[one.household.id] >= weights.show_threshold]
    decision = _decision(facts, shown, scored, weights)
    return Link(
        document_id=document.id,
        decision=decision,
        village=_village(facts, decision, shown),
        candidates=tuple(_candidate(one, scored, name_counts, weights) for one in shown[: weights.most_candidates]),
        version=VERSION,
    )


def _comparisons(facts: Facts, found: Mapping[HouseholdId, Household]) -> list[Comparison]:
    """The households with evidence; a reporter's own one is left out where the one he speaks of is found."""
    compared = (compare(household, facts) for household in found.values())
    comparisons = [comparison for comparison in compared if comparison is not None]
    meant = [comparison for comparison in comparisons if not comparison.reasons & REPORTER]
    return meant or comparisons


def _probabilities(
    comparisons: Sequence[Comparison], name_counts: Mapping[str, int], weights: Weights
) -> dict[HouseholdId, float]:
    scores = {one.household.id: log_odds(one.evidence, one.shown_characters, weights) for one in comparisons}
    return probabilities(scores, _unseen_namesakes(comparisons, name_counts), weights)


def _unseen_namesakes(comparisons: Sequence[Comparison], name_counts: Mapping[str, int]) -> int:
    names = {item.person for one in comparisons for item in one.evidence if item.person}
    return sum(max(name_counts.get(name, 0) - _known_by(name, comparisons), 0) for name in names)


def _known_by(name: str, comparisons: Sequence[Comparison]) -> int:
    return sum(any(person.name == name for person in one.household.persons) for one in comparisons)


def _ranked(comparisons: Sequence[Comparison], scored: Mapping[HouseholdId, float]) -> list[Comparison]:
    return sorted(comparisons, key=lambda one: (-scored[one.household.id], one.household.id))


def _decision(
    facts: Facts, shown: Sequence[Comparison], scored: Mapping[HouseholdId, float], weights: Weights
) -> LinkDecision:
    if not shown:
        return LinkDecision.PLACE if facts.village else LinkDecision.NONE
    best = shown[0]
    clear = scored[best.household.id] >= weights.link_threshold and bool(best.reasons & _DECISIVE)
    return LinkDecision.LINKED if clear else LinkDecision.REVIEW


def _village(facts: Facts, decision: LinkDecision, shown: Sequence[Comparison]) -> RegionCode | None:
    if decision is LinkDecision.LINKED:
        return shown[0].household.village
    among = {one.household.village for one in shown}
    return facts.village or (among.pop() if len(among) == 1 else None)


def _candidate(
    comparison: Comparison, scored: Mapping[HouseholdId, float], name_counts: Mapping[str, int], weights: Weights
) -> Candidate:
    strongest_first = sorted(comparison.evidence, key=lambda one: -weights.by_reason[one.reason])
    return Candidate(
        household_id=comparison.household.id,
        probability=round(scored[comparison.household.id], 4),
        why=tuple(dict.fromkeys(sentence(one, name_counts.get(one.person, 0)) for one in strongest_first)),
    )
