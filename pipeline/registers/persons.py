"""Who in the new register is whom in the old one.

Inside one household number a name is enough, or birth year, sex and relation, for names are corrected. Across
households two records are one person when they have the same ID number, or the same name, birth year and sex and no
two different ID numbers; what fits more than one is left alone.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from domain.register.household import Household, HouseholdId, Person, Sex


@dataclass(frozen=True, slots=True)
class Place:
    """One person of one household by position."""

    household_id: HouseholdId
    position: int


_People = dict[Place, Person]
_Key = Callable[[Place, Person], Hashable | None]


@dataclass(frozen=True, slots=True)
class Traced:
    """One person in both registers."""

    before: Place
    after: Place
    by_id_number: bool


def trace(before: Mapping[HouseholdId, Household], after: Mapping[HouseholdId, Household]) -> list[Traced]:
    """Every person of `before` who is found in `after`, each once."""
    if not before or not after:
        return []
    old, new = people(before.values()), people(after.values())
    return [
        *_take(old, new, _at_home(_id_number), by_id_number=True),
        *_take(old, new, _at_home(_name)),
        *_take(old, new, _id_number_anywhere, by_id_number=True),
        *_take(old, new, _name_birth_sex, unless_numbers_differ=True),
        *_take(old, new, _at_home(_birth_and_relation), unless_numbers_differ=True),
    ]


def people(households: Iterable[Household]) -> _People:
    """Everybody of the households by place."""
    return {
        Place(household.id, position): person
        for household in households
        for position, person in enumerate(household.persons)
    }


def _take(
    old: _People, new: _People, key: _Key, *, by_id_number: bool = False, unless_numbers_differ: bool = False
) -> list[Traced]:
    """The pairs that the key makes without doubt, taken out of both sides."""
    mine, theirs = _by_key(old, key), _by_key(new, key)
    pairs = [
        Traced(places[0], theirs[found][0], by_id_number)
        for found, places in mine.items()
        if len(places) == 1 and len(theirs.get(found, ())) == 1
    ]
    sure = [pair for pair in pairs if not (unless_numbers_differ and _differ(old[pair.before], new[pair.after]))]
    for pair in sure:
        del old[pair.before]
        del new[pair.after]
    return sure


def _by_key(persons: _People, key: _Key) -> dict[Hashable, list[Place]]:
    found: dict[Hashable, list[Place]] = defaultdict(list)
    for place, person in persons.items():
        value = key(place, person)
        if value is not None:
            found[value].append(place)
    return found


def _at_home(of: Callable[[Person], Hashable | None]) -> _Key:
    """The key inside one household number."""

    def key(place: Place, person: Person) -> Hashable | None:
        value = of(person)
        return None if value is None else (place.household_id, value)

    return key


def _id_number(person: Person) -> Hashable | None:
    return person.id_number.upper() or None


def _id_number_anywhere(_place: Place, person: Person) -> Hashable | None:
    return _id_number(person)


def called(person: Person) -> str:
    """The name as it is compared: without the blanks that it was registered with (高兰 兰)."""
    return "".join(person.name.split())


def _name(person: Person) -> Hashable | None:
    return called(person)


def _birth_and_relation(person: Person) -> Hashable | None:
    if person.birth_year is None or person.sex is Sex.UNKNOWN:
        return None
    return person.birth_year, person.sex, person.relation


def _name_birth_sex(_place: Place, person: Person) -> Hashable | None:
    if person.birth_year is None or person.sex is Sex.UNKNOWN:
        return None
    return called(person), person.birth_year, person.sex


def _differ(one: Person, other: Person) -> bool:
    return bool(one.id_number and other.id_number) and _id_number(one) != _id_number(other)
