"""Members who are not named in a delivery of some households only: they stay unless the file tells all of the family.

Lists of workers, pupils, disabled or sick persons name some of each household; who is missing there has not left.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.household import Household, HouseholdId, Person, Relation
from domain.receipt import RowProblem
from domain.register_entry import HouseholdEntry, PersonFacts
from pipeline.register_persons import Place, Traced

_TELL_ALL = "请写全这一户的人, 填「家庭人口」一栏(这一户的人数, 户主也算)后重新提交"
_STAY = f"有{{}}户共{{}}个在册的人不在文件里, 只交部分户时照样留在原来的户; 已不在那一户的, {_TELL_ALL}"
_SHOWN = 5
"""Households of which the remark names the numbers."""
_NEW_HEAD = f"户主和在册的不一样, 在册的户主不在文件里, 这一户保持原样; {_TELL_ALL}"
_SAME_PERSON = f"在册的人有的不在文件里, 文件里另有新的人, 看不出是不是同一个人, 这一户保持原样; {_TELL_ALL}"
_OTHER_RELATIONS = f"户主和在册的不一样, 在册的人有的不在文件里, 看不出和新户主是什么关系, 这一户保持原样; {_TELL_ALL}"


@dataclass(frozen=True, slots=True)
class Absent:
    """What becomes of households of which a delivery of some households does not name everybody."""

    entries: Mapping[HouseholdId, HouseholdEntry]
    """With everybody who is registered and not named, by their numbers."""
    counts: Mapping[HouseholdId, int]
    """How many those are, by the same numbers."""
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

    def remarks(self, kept: Container[HouseholdId]) -> list[RowProblem]:
        """What is to be said of them but of those in households that stay as they were: once for the whole file."""
        keys = [key for key in self.entries if key not in kept]
        if not keys:
            return []
        place = self.entries[keys[0]].facts.place
        reason = _STAY.format(len(keys), sum(self.counts[key] for key in keys))
        shown = "、".join(keys[:_SHOWN]) + ("等" if len(keys) > _SHOWN else "")
        return [RowProblem(sheet=place.sheet, row=place.row, column=None, reason=reason, value=shown)]


def with_absent(
    before: Mapping[HouseholdId, Household],
    delivered: Mapping[HouseholdId, HouseholdEntry],
    traced: Sequence[Traced],
) -> Absent:
    """The delivered households, without those in doubt, with the registered members that are nowhere in the file.

    A household whose 家庭人口 is the number of the persons named is whole as delivered: who is missing has left.
    """
    known = {one.after: one.before for one in traced}
    named = {one.before for one in traced}
    absent: dict[HouseholdId, dict[int, Person]] = {}
    for key, entry in delivered.items():
        is_whole = key not in before or entry.facts.size == len(entry.household.persons)
        persons = () if is_whole else enumerate(before[key].persons)
        if missing := {at: person for at, person in persons if Place(key, at) not in named}:
            absent[key] = missing
    doubts = {
        key: why for key, missing in absent.items() if (why := _doubt(key, delivered[key], missing, before, known))
    }
    places: dict[HouseholdId, list[int]] = {}
    for key in absent.keys() - doubts.keys():
        last = len(before[key].persons)
        origins = (known.get(Place(key, at)) for at in range(len(delivered[key].persons)))
        told = [one.position if one is not None and one.household_id == key else last for one in origins]
        places[key] = [*told, *absent[key]]
    entries = {key: _with(delivered[key], list(absent[key].values())) for key in delivered if key in places}
    return Absent(entries, {key: len(absent[key]) for key in entries}, places, doubts)


def _doubt(
    key: HouseholdId,
    entry: HouseholdEntry,
    absent: Mapping[int, Person],
    before: Mapping[HouseholdId, Household],
    known: Mapping[Place, Place],
) -> str:
    """Why the household stays as it was; "" where it need not."""
    if any(person.relation is Relation.HEAD for person in absent.values()):
        return _NEW_HEAD
    persons = list(enumerate(entry.household.persons))
    origins = {at: known.get(Place(key, at)) for at, _ in persons}
    for at, person in persons:
        place = origins[at]
        is_here = place is not None and place.household_id == key
        was = before[key].persons[place.position].relation if place is not None and is_here else None
        if was is Relation.HEAD and person.relation is not Relation.HEAD:
            return _OTHER_RELATIONS
    arrived = [person for at, person in persons if origins[at] is None]
    return _SAME_PERSON if any(_may_be_one(one, other) for one in absent.values() for other in arrived) else ""


def _may_be_one(one: Person, other: Person) -> bool:
    """True for two names of one relation whose ID numbers do not tell them apart."""
    return one.relation is other.relation and not (one.id_number and other.id_number)


def _with(entry: HouseholdEntry, absent: Sequence[Person]) -> HouseholdEntry:
    household = replace(entry.household, persons=(*entry.household.persons, *absent))
    facts = PersonFacts(place=entry.facts.place)
    return replace(entry, household=household, persons=(*entry.persons, *(facts for _ in absent)))
