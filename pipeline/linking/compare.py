"""The evidence for and against one household; without a shared name, phone or ID number there is none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from domain.household import Household, Sex
from domain.mention import PersonRole
from domain.risk import Risk
from pipeline.linking.blocking import id_numbers, phone_numbers, phones
from pipeline.linking.chances import Chances
from pipeline.linking.facts import Facts, Named
from pipeline.linking.matches import Match, age_gap, matches, reporter, speaks_of_another
from pipeline.linking.names import NameAgreement, is_full
from pipeline.linking.parameters import Parameters
from pipeline.linking.reasons import IDENTIFYING, Basis, Evidence, Reason
from pipeline.linking.titles import title_of

_SAME_AGE_YEARS = 1
_OTHER_AGE_YEARS = 4
_COUNTY_DIGITS = 6
_SAME_DIGIT = 0.2
"""How often one digit of an ID number agrees by chance; digits of birth dates do more often than one in ten."""
_GROUP_NUMBER = re.compile(r"[一二三四五六七八九十\d]+")
_HEALTH = {Risk.ILLNESS: ("大病", "慢性病", "重病"), Risk.DISABILITY: ("残",)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ties one household to the text."""

    household: Household
    evidence: tuple[Evidence, ...]

    @property
    def reasons(self) -> frozenset[Reason]:
        """The reasons alone."""
        return frozenset(one.reason for one in self.evidence)

    @property
    def weight(self) -> float:
        """Log-odds that all evidence adds."""
        return sum(one.weight for one in self.evidence)


class _Numbers(NamedTuple):
    """What it means that numbers agree."""

    id_number: Reason
    phone: Reason


def compare(household: Household, facts: Facts, chances: Chances, parameters: Parameters) -> Comparison | None:
    """The evidence for the household, or None when nothing identifies it."""
    reported = speaks_of_another(household, facts)
    year = facts.document.day.year
    found = sorted(
        matches(household, facts, chances, reported=reported),
        key=lambda one: -sum(item.weight for item in (one.evidence(parameters), *_profile(one, year, parameters))),
    )
    names = list(_name_evidence(household, facts, found, chances, parameters, reported=reported))
    kinds = _Numbers(
        Reason.REPORTER_ID_NUMBER if reported else Reason.ID_NUMBER,
        Reason.REPORTER_PHONE if reported else Reason.PHONE_AND_NAME if found else Reason.PHONE,
    )
    numbers = list(_number_evidence(household, facts, chances.index.persons, parameters, kinds))
    if any(one.reason in IDENTIFYING for one in numbers):
        names = [replace(one, weight=max(one.weight, 0.0)) if one.basis else one for one in names]
    if not numbers and not names:
        return None
    evidence = (
        *numbers,
        *names,
        *(() if reported or found else _disagreement(facts, numbers, parameters)),
        *(item for match in found[:1] for item in _profile(match, year, parameters)),
        *_circumstances(household, facts, parameters),
    )
    return Comparison(household, evidence)


def _number_evidence(
    household: Household, facts: Facts, people: int, parameters: Parameters, kinds: _Numbers
) -> Iterator[Evidence]:
    ids = {person.id_number.upper() for person in household.persons if person.id_number}
    if ids & id_numbers(facts.document, facts.mentions):
        yield Evidence(kinds.id_number, parameters.weight(kinds.id_number))
    else:
        shown = [_agreeing_digits(one.value, number) for one in facts.mentions.id_numbers for number in ids]
        if any(shown):
            chance = people * _SAME_DIGIT ** max(shown)
            weight = parameters.shared_weight(Reason.MASKED_ID_NUMBER, chance)
            yield Evidence(Reason.MASKED_ID_NUMBER, weight, basis=Basis(chance))
    own = {number for person in household.persons for number in phone_numbers(person.phone)}
    if own & phones(facts.document, facts.mentions):
        yield Evidence(kinds.phone, parameters.weight(kinds.phone))


def _agreeing_digits(masked: str, number: str) -> int:
    """How many digits beyond the county's are shown and agree; nought when one does not."""
    if "*" not in masked or len(masked) != len(number):
        return 0
    if not all(sign in ("*", own) for sign, own in zip(masked, number, strict=True)):
        return 0
    return sum(sign != "*" for sign in masked[_COUNTY_DIGITS:])


def _name_evidence(
    household: Household,
    facts: Facts,
    found: Sequence[Match],
    chances: Chances,
    parameters: Parameters,
    *,
    reported: bool,
) -> Iterator[Evidence]:
    if not found:
        person = reporter(household, facts) if reported else None
        if person:
            yield Evidence(Reason.REPORTER_NAME, parameters.weight(Reason.REPORTER_NAME), person.name)
        return
    best = found[0]
    yield best.evidence(parameters)
    if all(match.named.role is PersonRole.OTHER for match in found):
        yield Evidence(Reason.MENTIONED_ASIDE, parameters.weight(Reason.MENTIONED_ASIDE))
    others = [match for match in found if _is_other(match, best)]
    if others:
        yield _second_member(others[0], household, chances, parameters)
    elif any(is_full(named.name) and _belongs(named, best) for named in facts.persons):
        yield Evidence(Reason.OTHER_MISSING, parameters.weight(Reason.OTHER_MISSING))
    if any(match.person.relation in match.named.kin for match in found if match.agreement is NameAgreement.IDENTICAL):
        yield Evidence(Reason.RELATION, parameters.weight(Reason.RELATION))


def _is_other(match: Match, best: Match) -> bool:
    apart = match.named.name != best.named.name and match.person.name != best.person.name
    return apart and is_full(match.named.name)


def _belongs(named: Named, best: Match) -> bool:
    """True for another one who should live in the household: who suffers, or is a relative."""
    return named.name != best.named.name and named.role in (PersonRole.SUFFERER, PersonRole.RELATIVE)


def _second_member(match: Match, household: Household, chances: Chances, parameters: Parameters) -> Evidence:
    """A second name; by chance one of the other members has it by accident."""
    chance = (len(household.persons) - 1) * chances.of(match.named.name, match.person.name, household.village)
    weight = parameters.shared_weight(Reason.SECOND_MEMBER, chance)
    return Evidence(Reason.SECOND_MEMBER, weight, basis=Basis(chance))


def _disagreement(facts: Facts, numbers: Sequence[Evidence], parameters: Parameters) -> Iterator[Evidence]:
    """A phone may have passed to another household: nobody of this one has a name that was given."""
    told = any(is_full(named.name) and named.role is not PersonRole.OTHER for named in facts.persons)
    if numbers and told:
        yield Evidence(Reason.NAME_DISAGREES, parameters.weight(Reason.NAME_DISAGREES))


def _profile(match: Match, year: int, parameters: Parameters) -> Iterator[Evidence]:
    gap = age_gap(match)
    if gap is not None:
        reason = Reason.BIRTH_YEAR if gap <= _SAME_AGE_YEARS else Reason.BIRTH_YEAR_NEAR
        reason = reason if gap <= _OTHER_AGE_YEARS else Reason.BIRTH_YEAR_DIFFERS
        yield Evidence(reason, parameters.weight(reason))
    if {match.named.sex, match.person.sex} == {Sex.MALE, Sex.FEMALE}:
        yield Evidence(Reason.SEX_DIFFERS, parameters.weight(Reason.SEX_DIFFERS))
    title = title_of(match.named.name)
    fits = title.fits(match.person, year) if title else None
    if fits is not None:
        reason = Reason.TITLE if fits else Reason.TITLE_DIFFERS
        yield Evidence(reason, parameters.weight(reason))


def _circumstances(household: Household, facts: Facts, parameters: Parameters) -> Iterator[Evidence]:
    registered = "、".join(person.health for person in household.persons)
    if any(facts.shows(risk) and any(word in registered for word in words) for risk, words in _HEALTH.items()):
        yield Evidence(Reason.HEALTH, parameters.weight(Reason.HEALTH))
    groups = [group.name for group in facts.groups if group.code == household.village]
    if groups and household.group:
        same = any(_same_group(group, household.group) for group in groups)
        reason = Reason.GROUP if same else Reason.GROUP_DIFFERS
        yield Evidence(reason, parameters.weight(reason))
    if household.relocation_site and household.village in facts.sites:
        yield Evidence(Reason.RELOCATION_SITE, parameters.weight(Reason.RELOCATION_SITE))


def _same_group(written: str, registered: str) -> bool:
    first, second = _GROUP_NUMBER.search(written), _GROUP_NUMBER.search(registered)
    if first and second:
        return _arabic(first[0]) == _arabic(second[0])
    return bool(registered) and written == registered


def _arabic(number: str) -> str:
    return number.translate(str.maketrans("一二三四五六七八九", "123456789"))
