"""Which person of a household a named person of the text may be, and what that weighs."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.links.mention import PersonRole
from domain.register.household import Household, Person
from pipeline.linking.chances import Chances
from pipeline.linking.facts import Facts, Named
from pipeline.linking.names import MISSPELT, NameAgreement, agreement, shown_given
from pipeline.linking.parameters import Parameters
from pipeline.linking.place_agreement import PlaceAgreement
from pipeline.linking.places import place_agreement, where_looked_for
from pipeline.linking.reasons import Basis, Evidence, Reason

SHOWING_LITTLE = frozenset({NameAgreement.SURNAME, NameAgreement.MASKED, NameAgreement.PET_NAME})
"""Agreements of names that hide most of the name."""
_BY_PLACE = {
    PlaceAgreement.VILLAGE: Reason.NAME_AND_VILLAGE,
    PlaceAgreement.TOWN: Reason.NAME_AND_TOWN,
    PlaceAgreement.NEIGHBOUR: Reason.NAME_OTHER_VILLAGE,
    PlaceAgreement.ELSEWHERE: Reason.NAME_OTHER_VILLAGE,
    PlaceAgreement.UNSAID: Reason.NAME_ONLY,
}


@dataclass(frozen=True, slots=True)
class Match:
    """One person of the text who may be one person of the household."""

    named: Named
    person: Person
    agreement: NameAgreement
    place: PlaceAgreement
    chance: float
    """How many persons agree so by chance where the name was looked for."""

    @property
    def reason(self) -> Reason:
        """The kind of evidence that this is."""
        if self.agreement is NameAgreement.IDENTICAL:
            return _BY_PLACE[self.place]
        here = self.place is PlaceAgreement.VILLAGE
        if self.agreement is NameAgreement.SOUND:
            return Reason.SOUND_AND_VILLAGE if here else Reason.SOUND
        if self.agreement in MISSPELT:
            return Reason.MISSPELT_AND_VILLAGE if here else Reason.MISSPELT
        return Reason.PARTIAL_NAME_AND_VILLAGE if here else Reason.PARTIAL_NAME

    def evidence(self, parameters: Parameters) -> Evidence:
        """The evidence of the name and of the place."""
        weight = parameters.name_weight(self.agreement, self.place, self.chance)
        shown = self.agreement is NameAgreement.MASKED and bool(shown_given(self.named.name))
        basis = Basis(self.chance, self.agreement, self.place, given_shown=shown)
        return Evidence(self.reason, weight, self.person.name, basis)


def speaks_of_another(household: Household, facts: Facts) -> bool:
    """True when the text speaks of somebody in difficulty and nobody of this household can be meant.

    A household that has the petitioner by the whole name, and of others in the text only the surname or nobody, is
    the petitioner's; so is one that has nobody but a petitioner who says that he speaks for others.
    """
    own = reporter(household, facts)
    if not facts.sufferers and not (own and facts.speaks_for_others):
        return False
    others = [named for named in facts.persons if named.role is not PersonRole.PETITIONER]
    spoken_of = facts.sufferers or others
    agreeing = {agreement(named.name, person.name) for named in spoken_of for person in household.persons} - {None}
    told = any(named.name == own.name for named in spoken_of) if own else True
    return not agreeing or (not told and agreeing <= SHOWING_LITTLE)


def matches(household: Household, facts: Facts, chances: Chances, *, reported: bool) -> Iterator[Match]:
    """Every person of the text beside every person of the household whose names agree.

    Where the household only reports what others suffer, its own name is no evidence: see `Reason.REPORTER_NAME`.
    """
    for named in facts.persons:
        if reported and named.role is PersonRole.PETITIONER:
            continue
        agreeing = [(person, found) for person in household.persons if (found := agreement(named.name, person.name))]
        if agreeing:
            place = place_agreement(household, facts, named)
            for person, found in agreeing:
                yield Match(named, person, found, place, _chance(named, person, household, place, chances))


def reporter(household: Household, facts: Facts) -> Person | None:
    """The person of the household who brought the matter in, by the whole name."""
    if not facts.petitioners:
        return None
    return next((person for person in household.persons if person.name in facts.petitioners), None)


def age_gap(match: Match) -> int | None:
    """The years between the age in the text and the birth year in the register; None when one is not given."""
    if match.named.birth_year is None or match.person.birth_year is None:
        return None
    return abs(match.named.birth_year - match.person.birth_year)


def _chance(named: Named, person: Person, household: Household, place: PlaceAgreement, chances: Chances) -> float:
    division = where_looked_for(household, place)
    people = len(chances.index.persons_of(division)) if division else chances.index.persons
    return people * chances.of(named.name, person.name, division)
