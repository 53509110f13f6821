"""The evidence for and against one household; without a shared name, phone or ID number there is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.household import Household, Sex
from domain.mention import PersonRole
from domain.risk import Risk
from pipeline.linking.blocking import id_numbers, phone_numbers, phones
from pipeline.linking.facts import Facts
from pipeline.linking.matches import Match, age_gap, full_matches, partial_match, speaks_of_another
from pipeline.linking.names import is_full, shown_characters
from pipeline.linking.reasons import Evidence, Reason

_SAME_AGE_YEARS = 2
_OTHER_AGE_YEARS = 5
_GROUP_NUMBER = re.compile(r"[一二三四五六七八九十\d]+")
_HEALTH = {Risk.ILLNESS: ("大病", "慢性病", "重病"), Risk.DISABILITY: ("残",)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ties one household to the text."""

    household: Household
    evidence: tuple[Evidence, ...]
    shown_characters: int = 1
    """How many characters the partial name that agrees shows; 1 where no partial name is used."""

    @property
    def reasons(self) -> frozenset[Reason]:
        """The reasons alone."""
        return frozenset(one.reason for one in self.evidence)


def compare(household: Household, facts: Facts) -> Comparison | None:
    """The evidence for the household, or None when nothing identifies it."""
    reported = speaks_of_another(household, facts)
    numbers = list(_number_evidence(household, facts, reported=reported))
    matches = list(full_matches(household, facts, reported=reported))
    partial = None if matches else partial_match(household, facts)
    used = [*matches, *([partial] if partial else [])]
    if not numbers and not used:
        return None
    evidence = (
        *numbers,
        *_name_evidence(matches, partial),
        *(() if reported or used else _disagreement(facts, numbers)),
        *(item for match in used[:1] for item in _profile_evidence(match)),
        *_circumstances(household, facts),
    )
    return Comparison(household, evidence, shown_characters(partial.named.name) if partial else 1)


def _number_evidence(household: Household, facts: Facts, *, reported: bool) -> Iterator[Evidence]:
    ids = {person.id_number.upper() for person in household.persons if person.id_number}
    if ids & id_numbers(facts.document, facts.mentions):
        yield Evidence(Reason.REPORTER_ID_NUMBER if reported else Reason.ID_NUMBER)
    elif any(_masked_id_agrees(one.value, number) for one in facts.mentions.id_numbers for number in ids):
        yield Evidence(Reason.MASKED_ID_NUMBER)
    own = {number for person in household.persons for number in phone_numbers(person.phone)}
    if own & phones(facts.document, facts.mentions):
        yield Evidence(Reason.REPORTER_PHONE if reported else Reason.PHONE)


def _masked_id_agrees(masked: str, number: str) -> bool:
    if "*" not in masked or len(masked) != len(number):
        return False
    return all(sign in ("*", own) for sign, own in zip(masked, number, strict=True))


def _name_evidence(matches: list[Match], partial: Match | None) -> Iterator[Evidence]:
    if partial:
        yield Evidence(partial.reason, partial.person.name)
    if not matches:
        return
    yield Evidence(matches[0].reason, matches[0].person.name)
    if all(match.named.role is PersonRole.OTHER for match in matches):
        yield Evidence(Reason.MENTIONED_ASIDE)
    if len({match.person.name for match in matches}) > 1:
        yield Evidence(Reason.SECOND_MEMBER)
    if any(match.person.relation in match.named.kin for match in matches):
        yield Evidence(Reason.RELATION)


def _disagreement(facts: Facts, numbers: list[Evidence]) -> Iterator[Evidence]:
    """A phone may have passed to another household: nobody of this one has a name that was given."""
    told = any(is_full(named.name) and named.role is not PersonRole.OTHER for named in facts.persons)
    if numbers and told:
        yield Evidence(Reason.NAME_DISAGREES)


def _profile_evidence(match: Match) -> Iterator[Evidence]:
    gap = age_gap(match)
    if gap is not None and gap <= _SAME_AGE_YEARS:
        yield Evidence(Reason.BIRTH_YEAR)
    elif gap is not None and gap > _OTHER_AGE_YEARS:
        yield Evidence(Reason.BIRTH_YEAR_DIFFERS)
    sexes = {match.named.sex, match.person.sex}
    if sexes == {Sex.MALE, Sex.FEMALE}:
        yield Evidence(Reason.SEX_DIFFERS)


def _circumstances(household: Household, facts: Facts) -> Iterator[Evidence]:
    registered = "、".join(person.health for person in household.persons)
    if any(facts.shows(risk) and any(word in registered for word in words) for risk, words in _HEALTH.items()):
        yield Evidence(Reason.HEALTH)
    same_village = (group for group in facts.groups if group.code == household.village)
    if any(_same_group(group.name, household.group) for group in same_village):
        yield Evidence(Reason.GROUP)
    if household.relocation_site and household.village in facts.sites:
        yield Evidence(Reason.RELOCATION_SITE)


def _same_group(written: str, registered: str) -> bool:
    first, second = _GROUP_NUMBER.search(written), _GROUP_NUMBER.search(registered)
    if first and second:
        return _arabic(first[0]) == _arabic(second[0])
    return bool(registered) and written == registered


def _arabic(number: str) -> str:
    return number.translate(str.maketrans("一二三四五六七八九", "123456789"))
