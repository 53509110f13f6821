"""Who is in a text: the household it is about, the neighbour who reports it, officials, doctors and journalists."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from benchmarks.linking.ambiguity import HouseholdIndex
from benchmarks.linking.gold import Case
from benchmarks.linking.kinship import kin_word
from benchmarks.linking.names import NameDraw
from domain.register.household import Household, Person, Relation, Sex

_NAMESAKE_CHOSEN = 0.08
"""So many registered households are chosen for having a namesake in the town."""
_TRIES = 200
"""People looked at for one who has a namesake."""
_ELSEWHERE_NAMESAKE = 0.5
"""So many households of other counties are called like somebody registered in the village of the same name."""
_OUTSIDER_REGISTERED = 0.7
_RELATIONS = {Relation.HEAD: 6.0, Relation.SPOUSE: 2.0}


class Casting:
    """Draws the persons of texts about one register."""

    def __init__(self, index: HouseholdIndex, strangers: Sequence[Household]) -> None:
        """Draw registered households from `index`, the others from `strangers`."""
        self._index = index
        self._strangers = strangers

    def whom(self, case: Case, dice: Random) -> tuple[Household, Person]:
        """The household of the text and the person it is about."""
        if case is Case.REGISTERED:
            return self._often_a_namesake(dice)
        household = dice.choice(self._strangers)
        main = _main(household, dice)
        if case is Case.NAMESAKE:
            return _renamed(household, main, self._from_another_village(household, dice), dice)
        if case is Case.OTHER_COUNTY and dice.random() < _ELSEWHERE_NAMESAKE:
            return _renamed(household, main, dice.choice(self._index.in_village(household.village)), dice)
        return household, main

    def neighbour(self, household: Household, invented: NameDraw, dice: Random) -> str:
        """The name of another head of household in the village."""
        near = [one for one in self._index.in_village(household.village) if one.id != household.id]
        return dice.choice(near).head.name if near else _invented_name(invented, dice)

    def somebody(self, household: Household, invented: NameDraw, dice: Random) -> str:
        """A name that a registered person has too, as a rule; never one of the household's own."""
        own = {one.name for one in household.persons}
        while True:
            if dice.random() >= _OUTSIDER_REGISTERED:
                name = _invented_name(invented, dice)
            else:
                near = self._index.in_village(household.village) if dice.random() < 0.5 else ()
                name = dice.choice(dice.choice(near or self._index.households).persons).name
            if name not in own:
                return name

    def _often_a_namesake(self, dice: Random) -> tuple[Household, Person]:
        household, main = self._registered(dice)
        if dice.random() < _NAMESAKE_CHOSEN:
            for _ in range(_TRIES):
                if self._index.namesakes_in_town(main, household):
                    break
                household, main = self._registered(dice)
        return household, main

    def _from_another_village(self, household: Household, dice: Random) -> Household:
        """A registered household; of the same village only where the register has no other."""
        for _ in range(_TRIES):
            other = dice.choice(self._index.households)
            if other.village != household.village:
                break
        return other

    def _registered(self, dice: Random) -> tuple[Household, Person]:
        household = dice.choice(self._index.households)
        return household, _main(household, dice)


def relative_of(household: Household, main: Person, dice: Random) -> Person | None:
    """Another member by whom the main person can be told; None when no word of kinship ties them."""
    others = [one for one in household.persons if one is not main and kin_word(one, main, dice)]
    return dice.choice(others) if others else None


def _renamed(household: Household, main: Person, other: Household, dice: Random) -> tuple[Household, Person]:
    """The household with its main person under a name of the other one, of the same sex where there is one."""
    same_sex = [one for one in other.persons if one.sex is main.sex]
    renamed = replace(main, name=dice.choice(same_sex or other.persons).name)
    return replace(household, persons=tuple(renamed if one is main else one for one in household.persons)), renamed


def _main(household: Household, dice: Random) -> Person:
    weights = [_RELATIONS.get(one.relation, 1.0) for one in household.persons]
    return dice.choices(household.persons, weights)[0]


def _invented_name(names: NameDraw, dice: Random) -> str:
    return names.surname() + names.given(dice.choice((Sex.MALE, Sex.FEMALE)), dice.randint(1965, 1998))
