"""The evidence for and against one household; without a shared name, phone or ID number there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.links.mention import PersonRole
from domain.register.household import Household, Sex
from domain.risk import Risk
from pipeline.linking.chances import Chances
from pipeline.linking.facts import Facts, Named
from pipeline.linking.groups import is_same_group
from pipeline.linking.health import health_kinds
from pipeline.linking.kin_evidence import kin_evidence
from pipeline.linking.matches import SHOWING_LITTLE, Match, age_gap, matches, reporter, speaks_of_another
from pipeline.linking.names import NameAgreement, agreement, is_full, shown_characters
from pipeline.linking.number_evidence import number_evidence, number_kinds, other_numbers
from pipeline.linking.parameters import Parameters
from pipeline.linking.place_agreement import PlaceAgreement
from pipeline.linking.profile_evidence import SAME_AGE_YEARS, profile_evidence
from pipeline.linking.reasons import IDENTIFYING, Basis, Evidence, Reason

_HEALTH = {Risk.ILLNESS: ("大病", "慢性病", "重病"), Risk.DISABILITY: ("残",)}
_TELLING = 2
"""Characters of a partial name that tell something of who is meant in a whole town."""
_SECOND_FACT = IDENTIFYING | {
    Reason.BIRTH_YEAR,
    Reason.BIRTH_YEAR_ONE_OFF,
    Reason.SECOND_MEMBER,
    Reason.KIN_AGE,
    Reason.MASKED_ID_NUMBER,
    Reason.REPORTER_PHONE,
    Reason.REPORTER_ID_NUMBER,
}
"""One of these, or an illness of his own, beside a partial name makes it one that may be a neighbour's."""


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


def compare(household: Household, facts: Facts, chances: Chances, parameters: Parameters) -> Comparison | None:
    """The evidence for the household, or None when nothing identifies it."""
    reported = speaks_of_another(household, facts)
    found = _best_first(
        list(matches(household, facts, chances, reported=reported)), household, facts, chances, parameters
    )
    kinds = number_kinds(reported=reported, named=bool(found))
    numbers = list(number_evidence(household, facts, chances.index.persons, parameters, kinds))
    names = list(_name_evidence(household, facts, found, chances, parameters, reported=reported))
    if any(one.reason in IDENTIFYING for one in numbers):
        names = [_beside_number(one, parameters) for one in names]
    if not numbers and not names:
        return None
    evidence = (
        *numbers,
        *names,
        *(() if reported or found else _disagreement(facts, numbers, parameters)),
        *(() if _may_be_anothers(facts, found) else other_numbers(household, facts, parameters)),
        *(item for match in found[:1] for item in profile_evidence(match, facts, parameters)),
        *_kin(household, facts, found, parameters),
        *_circumstances(household, facts, found, parameters),
    )
    compared = Comparison(household, evidence)
    return None if _may_be_any_neighbour(compared, found) else compared


def _may_be_any_neighbour(compared: Comparison, found: Sequence[Match]) -> bool:
    """True for 谭某某 of another village of the town of whom nothing else agrees."""
    near = [match.place is PlaceAgreement.NEIGHBOUR and match.agreement in SHOWING_LITTLE for match in found]
    little = all(shown_characters(match.named.name) < _TELLING for match in found)
    told = compared.reasons & _SECOND_FACT or any(_is_ill_alike(match) for match in found)
    return bool(near) and all(near) and little and not told


def _may_be_anothers(facts: Facts, found: Sequence[Match]) -> bool:
    """True when a number of the text may be that of somebody who writes about the household."""
    names = {match.named.name for match in found}
    return not found or any(one.role is PersonRole.PETITIONER and one.name not in names for one in facts.persons)


def _beside_number(evidence: Evidence, parameters: Parameters) -> Evidence:
    if evidence.basis is None:
        return evidence
    changed = replace(evidence, basis=replace(evidence.basis, beside_number=True))
    return replace(changed, weight=parameters.weight_of(changed))


def _best_first(
    found: Sequence[Match], household: Household, facts: Facts, chances: Chances, parameters: Parameters
) -> list[Match]:
    """The matches by what each tells together with the best second one beside it."""

    def told(match: Match) -> float:
        others = (_second_member(one, household, chances, parameters).weight for one in _others(found, match))
        return sum(_weights(match, facts, parameters)) + max(others, default=0.0)

    return sorted(found, key=told, reverse=True) if len(found) > 1 else list(found)


def _weights(match: Match, facts: Facts, parameters: Parameters) -> Iterator[float]:
    yield match.evidence(parameters).weight
    yield from (one.weight for one in profile_evidence(match, facts, parameters))


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
    if all(_is_aside(match) for match in found):
        yield Evidence(Reason.MENTIONED_ASIDE, parameters.weight(Reason.MENTIONED_ASIDE))
    others = [_second_member(match, household, chances, parameters) for match in _others(found, best)]
    if others:
        second = max(others, key=lambda one: one.weight)
        yield from [second] if second.weight > 0 else []
    elif any(is_full(named.name) and _belongs(named, best) for named in facts.persons):
        yield Evidence(Reason.OTHER_MISSING, parameters.weight(Reason.OTHER_MISSING))
    if _another_is_named(household, facts, best):
        yield Evidence(Reason.ANOTHER_NAMED, parameters.weight(Reason.ANOTHER_NAMED))
    if any(match.person.relation in match.named.kin for match in found if match.agreement is NameAgreement.IDENTICAL):
        yield Evidence(Reason.RELATION, parameters.weight(Reason.RELATION))


def _kin(household: Household, facts: Facts, found: Sequence[Match], parameters: Parameters) -> Iterator[Evidence]:
    """Relatives without a name, or with a part of it: of 周某，72岁 beside his wife's whole name the age tells."""
    told = [item for match in found[:1] for item in kin_evidence(household, match.person, facts, parameters)]
    if not any(item.reason is Reason.KIN_AGE for item in told) and any(_is_of_age(one, found[0]) for one in found[1:]):
        told = [Evidence(Reason.KIN_AGE, parameters.weight(Reason.KIN_AGE))]
    yield from told


def _is_of_age(match: Match, best: Match) -> bool:
    """True for another member whose name is written in part, whose age agrees, and who is told to be of the family."""
    apart = match.named.name != best.named.name and match.person is not best.person
    akin = any(one.person.relation in one.named.kin for one in (match, best))
    return apart and akin and _may_be(match) and match.agreement in SHOWING_LITTLE and _is_same_age(match)


def _is_same_age(match: Match) -> bool:
    gap = age_gap(match)
    return gap is not None and gap <= SAME_AGE_YEARS


def _is_aside(match: Match) -> bool:
    """True for somebody who is only mentioned; not where an illness is told, or the age of one of the village."""
    known = match.named.ill or (match.place is PlaceAgreement.VILLAGE and _is_same_age(match))
    return match.named.role is PersonRole.OTHER and not known


def _others(found: Sequence[Match], best: Match) -> Iterator[Match]:
    """The matches of another person of the text with another member, by a whole name.

    A son is no granddaughter whose name only nearly agrees with his.
    """
    for match in found:
        apart = not _is_same_reading(match.named, best) and match.person.name != best.person.name
        if apart and is_full(match.named.name) and (match.agreement is NameAgreement.IDENTICAL or _may_be(match)):
            yield match


def _may_be(match: Match) -> bool:
    """True where the sex that the text tells is not another one."""
    return Sex.UNKNOWN in (match.named.sex, match.person.sex) or match.named.sex is match.person.sex


def _belongs(named: Named, best: Match) -> bool:
    """True for another one who should live in the household: who suffers, or is a relative."""
    return not _is_same_reading(named, best) and named.role in (PersonRole.SUFFERER, PersonRole.RELATIVE)


def _is_same_reading(named: Named, best: Match) -> bool:
    """True for the same name, and for 瞿凤 and 瞿凤超, which were read at one place."""
    return named.name in best.named.name or best.named.name in named.name


def _another_is_named(household: Household, facts: Facts, best: Match) -> bool:
    """True when all that ties the household to the text is its petitioner, and somebody not of it is named as well."""
    if best.named.role is not PersonRole.PETITIONER:
        return False
    others = [named for named in facts.persons if named.role is PersonRole.OTHER]
    return bool(others) and not any(
        agreement(named.name, person.name) for named in others for person in household.persons
    )


def _second_member(match: Match, household: Household, chances: Chances, parameters: Parameters) -> Evidence:
    """A second name; by chance one of the other members has it by accident.

    A name that only nearly agrees is as much less likely to be meant as slips of the pen are rare.
    """
    chance = (len(household.persons) - 1) * chances.of(match.named.name, match.person.name, household.village)
    unlikely = chance * parameters.name[NameAgreement.IDENTICAL] / parameters.name[match.agreement]
    weight = parameters.shared_weight(Reason.SECOND_MEMBER, unlikely)
    return Evidence(Reason.SECOND_MEMBER, weight, basis=Basis(unlikely))


def _disagreement(facts: Facts, numbers: Sequence[Evidence], parameters: Parameters) -> Iterator[Evidence]:
    """A phone may have passed to another household: nobody of this one has a name that was given."""
    told = any(is_full(named.name) and named.role is not PersonRole.OTHER for named in facts.persons)
    if numbers and told:
        yield Evidence(Reason.NAME_DISAGREES, parameters.weight(Reason.NAME_DISAGREES))


def _circumstances(
    household: Household, facts: Facts, found: Sequence[Match], parameters: Parameters
) -> Iterator[Evidence]:
    registered = "、".join(person.health for person in household.persons)
    shown = any(facts.shows(risk) and any(word in registered for word in words) for risk, words in _HEALTH.items())
    if shown or any(_is_ill_alike(match) for match in found[:1]):
        yield Evidence(Reason.HEALTH, parameters.weight(Reason.HEALTH))
    groups = [group.name for group in facts.groups if group.code == household.village]
    if facts.group_alone and (not facts.villages or household.village in facts.villages):
        groups.append(facts.group_alone)
    if groups and household.group:
        same = any(is_same_group(group, household.group) for group in groups)
        reason = Reason.GROUP if same else Reason.GROUP_DIFFERS
        yield Evidence(reason, parameters.weight(reason))
    if household.relocation_site and household.village in facts.sites:
        yield Evidence(Reason.RELOCATION_SITE, parameters.weight(Reason.RELOCATION_SITE))


def _is_ill_alike(match: Match) -> bool:
    """True where the register knows the person as ill in the way that the text tells of him."""
    return bool(match.named.health & health_kinds(match.person.health))
