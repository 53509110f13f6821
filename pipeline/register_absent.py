"""Members who are not named in a delivery of some households only: they stay unless the file tells all of the family.

Lists of workers, pupils, disabled or sick persons name some of each household; who is missing there has not left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.household import Household, HouseholdId, Person, Relation
from domain.register_entry import HouseholdEntry, PersonFacts
from pipeline.register_persons import Place, Traced

_STAY = (
    "在册的人有{}个不在文件里, 只交部分户时照样留在这一户; 已不在这一户的, "
    "请写全这一户的人, 填「家庭人口」一栏(与这一户的行数相同)后重新提交"
)
_NEW_HEAD = (
    "户主和在册的不一样, 在册的户主不在文件里, 这一户保持原样; "
    "请写全这一户的人, 填「家庭人口」一栏(与这一户的行数相同)后重新提交"
)
_SAME_PERSON = (
    "在册的人有的不在文件里, 文件里另有新的人, 看不出是不是同一个人, 这一户保持原样; "
    "请写全这一户的人, 填「家庭人口」一栏(与这一户的行数相同)后重新提交"
)


@dataclass(frozen=True, slots=True)
class Absent:
    """What becomes of households of which a delivery of some households does not name everybody."""

    entries: Mapping[HouseholdId, HouseholdEntry]
    """With everybody who is registered and not named, by their numbers."""
    said: Mapping[HouseholdId, str]
    """What is to be said of these."""
    places: Mapping[HouseholdId, Sequence[int]]
    """Of each of the entries' persons the place among those registered."""
    doubts: Mapping[HouseholdId, str]
    """Households that stay as they were, each with why."""

    @classmethod
    def nobody(cls) -> "Absent":
        """Of a delivery of whole villages: who is not named has left."""
        return cls({}, {}, {}, {})

    def in_order(self, key: HouseholdId, entry: HouseholdEntry) -> HouseholdEntry:
        """The entry with its persons as they are registered, new ones behind: a list of some changes no order."""
        if key not in self.places:
            return entry
        order = sorted(range(len(entry.persons)), key=self.places[key].__getitem__)
        persons = tuple(entry.household.persons[at] for at in order)
        household = replace(entry.household, persons=persons)
        return replace(entry, household=household, persons=tuple(entry.persons[at] for at in order))


def with_absent(
    before: Mapping[HouseholdId, Household],
    delivered: Mapping[HouseholdId, HouseholdEntry],
    traced: Sequence[Traced],
) -> Absent:
    """The delivered households with the registered members that are nowhere in the file.

    A household whose 家庭人口 is the number of the persons named is whole as delivered: who is missing has left.
    """
    found = {one.before for one in traced}
    known = {one.after: one.before for one in traced}
    entries: dict[HouseholdId, HouseholdEntry] = {}
    said: dict[HouseholdId, str] = {}
    places: dict[HouseholdId, list[int]] = {}
    doubts: dict[HouseholdId, str] = {}
    for key, entry in delivered.items():
        persons = entry.household.persons
        registered = before[key].persons if key in before else ()
        absent = {at: person for at, person in enumerate(registered) if Place(key, at) not in found}
        if not absent or entry.facts.size == len(persons):
            continue
        arrived = [person for at, person in enumerate(persons) if Place(key, at) not in known]
        if any(person.relation is Relation.HEAD for person in absent.values()):
            doubts[key] = _NEW_HEAD
        elif any(_may_be_one(one, other) for one in absent.values() for other in arrived):
            doubts[key] = _SAME_PERSON
        else:
            entries[key] = _with(entry, list(absent.values()))
            origins = (known.get(Place(key, at)) for at in range(len(persons)))
            last = len(registered)
            told = [one.position if one is not None and one.household_id == key else last for one in origins]
            places[key] = [*told, *absent]
            said[key] = _STAY.format(len(absent))
    return Absent(entries, said, places, doubts)


def _may_be_one(one: Person, other: Person) -> bool:
    """True for two names of one relation whose ID numbers do not tell them apart."""
    return one.relation is other.relation and not (one.id_number and other.id_number)


def _with(entry: HouseholdEntry, absent: Sequence[Person]) -> HouseholdEntry:
    household = replace(entry.household, persons=(*entry.household.persons, *absent))
    facts = PersonFacts(place=entry.facts.place)
    return replace(entry, household=household, persons=(*entry.persons, *(facts for _ in absent)))
