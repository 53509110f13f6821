"""Members who are not named in a delivery of some households only: they stay unless the file tells all of the family.

Lists of workers, pupils, disabled or sick persons name some of each household; who is missing there has not left.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.deliveries.receipt import RowProblem
from domain.register.household import Household, HouseholdId, Person, Relation
from domain.register.register_entry import HouseholdEntry, PersonFacts
from pipeline.registers.persons import Place, Traced, called

_TELL_ALL = "请写全这一户的人, 填「家庭人口」一栏(这一户的人数, 户主也算)后重新提交"
_STAY = f"有{{}}户共{{}}个在册的人不在文件里, 只交部分户时照样留在原来的户; 已不在那一户的, {_TELL_ALL}"
_LEFT = (
    "有{}户共{}个在册的人不在文件里, 那几户的「家庭人口」与文件里的人数相同, 已按不在那一户移出; "
    "还在的请写进那一户后重新提交"
)
_SHOWN = 5
"""Households of which the remark names the numbers."""
_NEW_HEAD = f"户主和在册的不一样, 在册的户主不在文件里, 这一户保持原样; {_TELL_ALL}"
_SAME_PERSON = f"在册的人有的不在文件里, 文件里另有新的人, 看不出是不是同一个人, 这一户保持原样; {_TELL_ALL}"
_OTHER_RELATIONS = f"户主和在册的不一样, 在册的人有的不在文件里, 看不出和新户主是什么关系, 这一户保持原样; {_TELL_ALL}"
_NO_HEAD_NAMED = (
    "表里没有写户主是谁, 又有人不是在册这一户的人, 或与户主关系和在册的不一样, 看不出是不是这一户, 这一户保持原样; "
    "请补上「户主姓名」一栏, 或改正户编号和关系后重新提交"
)


@dataclass(frozen=True, slots=True)
class Absent:
    """What becomes of households of which a delivery of some households does not name everybody."""

    entries: Mapping[HouseholdId, HouseholdEntry]
    """With everybody who is registered and not named, by their numbers."""
    staying: Mapping[HouseholdId, int]
    """How many those are, by the same numbers."""
    leaving: Mapping[HouseholdId, int]
    """How many leave households that the file tells whole."""
    places: Mapping[HouseholdId, Sequence[int]]
    """Of each of the entries' persons the place among those registered."""
    doubts: Mapping[HouseholdId, str]
    """Households that stay as they were, each with why."""

    @classmethod
    def nobody(cls) -> "Absent":
        """Of a delivery of whole villages: who is not named has left."""
        return cls({}, {}, {}, {}, {})

    def in_order(self, key: HouseholdId, entry: HouseholdEntry) -> HouseholdEntry:
        """The entry with its persons as they are registered, new ones behind: a list of some changes no order."""
        if key not in self.places:
            return entry
        order = sorted(range(len(entry.persons)), key=self.places[key].__getitem__)
        persons = tuple(entry.household.persons[at] for at in order)
        household = replace(entry.household, persons=persons)
        return replace(entry, household=household, persons=tuple(entry.persons[at] for at in order))

    def remarks(self, entries: Mapping[HouseholdId, HouseholdEntry], kept: Container[HouseholdId]) -> list[RowProblem]:
        """What is said of who is not named, once for a file; not of those in households that stay as they were."""
        return [
            _remark(reason, {key: count for key, count in counts.items() if key not in kept}, entries)
            for reason, counts in ((_STAY, self.staying), (_LEFT, self.leaving))
            if not all(key in kept for key in counts)
        ]


def _remark(
    reason: str, counts: Mapping[HouseholdId, int], entries: Mapping[HouseholdId, HouseholdEntry]
) -> RowProblem:
    keys = list(counts)
    place = entries[keys[0]].facts.place
    shown = "、".join(keys[:_SHOWN]) + ("等" if len(keys) > _SHOWN else "")
    told = reason.format(len(keys), sum(counts.values()))
    return RowProblem(sheet=place.sheet, row=place.row, column=None, reason=told, value=shown)


def with_absent(
    before: Mapping[HouseholdId, Household],
    delivered: Mapping[HouseholdId, HouseholdEntry],
    traced: Sequence[Traced],
) -> Absent:
    """The delivered households, without those in doubt, with the registered members that are nowhere in the file.

    A household whose 家庭人口 is the number of the persons named is whole as delivered: who is missing has left. Who
    has the name of somebody in a household that stays as it was, and not his ID number, may be another: he stays.
    """
    known = {one.after: one.before for one in traced}
    unsure = {one.before for one in traced if not one.by_id_number and one.after.household_id not in delivered}
    named = {one.before for one in traced} - unsure
    missing: dict[HouseholdId, dict[int, Person]] = {}
    for key in delivered.keys() & before.keys():
        persons = {at: one for at, one in enumerate(before[key].persons) if Place(key, at) not in named}
        if persons:
            missing[key] = persons
    whole = {key for key in missing if delivered[key].facts.size == len(delivered[key].household.persons)}
    left = {key: {at: one for at, one in missing[key].items() if Place(key, at) not in unsure} for key in whole}
    absent = {
        key: persons
        for key in delivered
        if key in missing and (persons := {at: one for at, one in missing[key].items() if at not in left.get(key, {})})
    }
    doubts = {
        key: why for key, persons in absent.items() if (why := _doubt(key, delivered[key], persons, before, known))
    }
    places: dict[HouseholdId, list[int]] = {}
    for key in absent.keys() - doubts.keys():
        last = len(before[key].persons)
        origins = (known.get(Place(key, at)) for at in range(len(delivered[key].persons)))
        told = [one.position if one is not None and one.household_id == key else last for one in origins]
        places[key] = [*told, *absent[key]]
    entries = {key: _with(delivered[key], list(absent[key].values())) for key in delivered if key in places}
    staying = {key: len(absent[key]) for key in entries}
    return Absent(entries, staying, {key: len(left[key]) for key in delivered if left.get(key)}, places, doubts)


def _doubt(
    key: HouseholdId,
    entry: HouseholdEntry,
    absent: Mapping[int, Person],
    before: Mapping[HouseholdId, Household],
    known: Mapping[Place, Place],
) -> str:
    """Why the household stays as it was; "" where it need not."""
    if not entry.facts.heads:
        return "" if _are_registered_so(key, entry, before[key], known) else _NO_HEAD_NAMED
    heads = {at for at, person in enumerate(before[key].persons) if person.relation is Relation.HEAD}
    if not heads.isdisjoint(absent):
        return _NEW_HEAD
    persons = list(enumerate(entry.household.persons))
    origins = {at: known.get(Place(key, at)) for at, _ in persons}
    registered = {Place(key, at) for at in heads}
    if registered and any(origins[at] not in registered for at, one in persons if one.relation is Relation.HEAD):
        return _OTHER_RELATIONS
    arrived = [person for at, person in persons if origins[at] is None]
    return _SAME_PERSON if any(_may_be_one(one, other) for one in absent.values() for other in arrived) else ""


def _are_registered_so(
    key: HouseholdId, entry: HouseholdEntry, family: Household, known: Mapping[Place, Place]
) -> bool:
    """True where everybody told is registered in this household and with this relation: of no other head is spoken."""
    for at, person in enumerate(entry.household.persons):
        origin = known.get(Place(key, at))
        if origin is None or origin.household_id != key:
            return False
        registered = family.persons[origin.position]
        if person.relation is not registered.relation or not _is_named_so(person, registered):
            return False
    return True


def _is_named_so(one: Person, other: Person) -> bool:
    """True for one ID number or one name: birth year and sex are those of a neighbour's child as well."""
    return called(one) == called(other) or bool(one.id_number and one.id_number == other.id_number)


def _may_be_one(one: Person, other: Person) -> bool:
    """True for two names of one relation whose ID numbers do not tell them apart."""
    return one.relation is other.relation and not (one.id_number and other.id_number)


def _with(entry: HouseholdEntry, absent: Sequence[Person]) -> HouseholdEntry:
    household = replace(entry.household, persons=(*entry.household.persons, *absent))
    facts = PersonFacts(place=entry.facts.place)
    return replace(entry, household=household, persons=(*entry.persons, *(facts for _ in absent)))
