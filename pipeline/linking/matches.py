"""Which person of a household a named person of the text may be, and what the places say to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.household import Household, Person
from domain.mention import PersonRole
from pipeline.linking.facts import Facts, Named
from pipeline.linking.names import agrees, is_full, is_partial, shown_characters
from pipeline.linking.reasons import Reason

_VILLAGE_IN_ADDRESS = re.compile(r"(?:[镇乡]|^)([\u4e00-\u9fff]{2,5}?)(?:村|社区)")


@dataclass(frozen=True, slots=True)
class Match:
    """One person of the text who may be one person of the household."""

    named: Named
    person: Person
    reason: Reason


def speaks_of_another(household: Household, facts: Facts) -> bool:
    """True when the text names somebody in difficulty and nobody of this household can be meant."""
    return bool(facts.sufferers) and not any(
        _may_be(named, person) for named in facts.sufferers for person in household.persons
    )


def _may_be(named: Named, person: Person) -> bool:
    return named.name == person.name or (is_partial(named.name) and agrees(named.name, person.name))


def full_matches(household: Household, facts: Facts, *, reported: bool) -> Iterator[Match]:
    """The persons of the household whose full names the text gives; `reported` when it speaks of others."""
    for named in facts.persons:
        for person in household.persons:
            if named.name == person.name and is_full(named.name):
                if reported and named.role is PersonRole.PETITIONER:
                    yield Match(named, person, Reason.REPORTER_NAME)
                else:
                    yield Match(named, person, _place_reason(household, facts, named))


def _place_reason(household: Household, facts: Facts, named: Named) -> Reason:
    at_home = household.village in facts.villages
    if at_home or (named.role is PersonRole.PETITIONER and _address_agrees(household, facts)):
        return Reason.NAME_AND_VILLAGE
    if facts.villages:
        return Reason.NAME_OTHER_VILLAGE
    if facts.towns:
        in_town = any(town.contains(household.village) for town in facts.towns)
        return Reason.NAME_AND_TOWN if in_town else Reason.NAME_OTHER_VILLAGE
    return Reason.NAME_ONLY


def _address_agrees(household: Household, facts: Facts) -> bool:
    village = _VILLAGE_IN_ADDRESS.search(household.address)
    return village is not None and village[1] in facts.document.petitioner.address


def partial_match(household: Household, facts: Facts) -> Match | None:
    """The person whom a partial name fits best; a reporter's own partial name is no evidence."""
    reason = Reason.PARTIAL_NAME_AND_VILLAGE if household.village in facts.villages else Reason.PARTIAL_NAME
    fitting = [
        Match(named, person, reason)
        for named in facts.persons
        if is_partial(named.name) and not (named.role is PersonRole.PETITIONER and facts.sufferers)
        for person in household.persons
        if agrees(named.name, person.name)
    ]
    return max(fitting, key=_fit, default=None)


def _fit(match: Match) -> tuple[bool, int, int]:
    gap = age_gap(match)
    return (match.named.role is PersonRole.SUFFERER, shown_characters(match.named.name), -(gap if gap else 0))


def age_gap(match: Match) -> int | None:
    """The years between the age in the text and the birth year in the register; None when one is not given."""
    if match.named.birth_year is None or match.person.birth_year is None:
        return None
    return abs(match.named.birth_year - match.person.birth_year)
