"""What a delivery changed: which households are new, gone, changed, moved, split or merged, and where old numbers lead.

A household number is not a household. Where nobody of the old household is left under its number, the number means
other people now, whoever uses it; what was said of the old household follows its people, by the rule of `_succession`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from domain.privacy.masking import mask_name
from domain.register.household import Household, HouseholdId, Person
from domain.register.register_change import (
    HouseholdChange,
    HouseholdChangeKind,
    PersonChange,
    PersonChangeKind,
    RegisterDiff,
    Succession,
)
from pipeline.registers.persons import Place, Traced, people, trace

Households = Mapping[HouseholdId, Household]


def register_diff(before: Households, after: Households, former: Households, *, year: int) -> RegisterDiff:
    """The way from `before` to `after`.

    Args:
        before: The households that were there and are gone or have other content now, as they were.
        after: The households that are new or have other content, as they are now.
        former: Who had the numbers of the new ones last, of those that were in some register before.
        year: Of the delivery; who was born in it or the year before and was not registered is a birth.
    """
    comparison = _Comparison(before, after)
    return RegisterDiff(
        added=tuple(one for one in after.values() if one.id not in before),
        replaced=tuple(one for one in after.values() if one.id in before),
        gone=tuple(household_id for household_id in before if household_id not in after),
        households=tuple(_household_changes(comparison)),
        persons=tuple(_person_changes(comparison, year)),
        successions=(*_successions(comparison), *_given_to_others(former, after)),
    )


@dataclass(frozen=True)
class _Comparison:
    """Both sides with everybody who is in both."""

    before: Households
    after: Households

    @cached_property
    def traced(self) -> list[Traced]:
        return trace(self.before, self.after)

    @cached_property
    def went(self) -> dict[HouseholdId, Counter[HouseholdId]]:
        """Into which households, and how many, the people of each old one went; itself for those who stayed."""
        found: dict[HouseholdId, Counter[HouseholdId]] = defaultdict(Counter)
        for one in self.traced:
            found[one.before.household_id][one.after.household_id] += 1
        return found

    @cached_property
    def came(self) -> dict[HouseholdId, set[HouseholdId]]:
        """From which old households the people of each new one came."""
        found: dict[HouseholdId, set[HouseholdId]] = defaultdict(set)
        for one in self.traced:
            found[one.after.household_id].add(one.before.household_id)
        return found

    @cached_property
    def place_of_head(self) -> dict[HouseholdId, HouseholdId]:
        """Where the head of each old household is now; without those who are in no household any more."""
        return {
            one.before.household_id: one.after.household_id
            for one in self.traced
            if self._person(one.before) is self.before[one.before.household_id].head
        }

    @cached_property
    def by_id_number(self) -> set[tuple[HouseholdId, HouseholdId]]:
        """Pairs of an old and a new household that an ID number ties."""
        return {(one.before.household_id, one.after.household_id) for one in self.traced if one.by_id_number}

    def _person(self, place: Place) -> object:
        return self.before[place.household_id].persons[place.position]

    def stayed(self, household_id: HouseholdId) -> bool:
        """True when anybody of the old household is still there under its number."""
        return self.went[household_id][household_id] > 0

    def elsewhere(self, household_id: HouseholdId) -> tuple[HouseholdId, ...]:
        """The other households that its people are in now, the one that took most first."""
        counted = self.went[household_id]
        return tuple(sorted((one for one in counted if one != household_id), key=lambda one: (-counted[one], one)))

    def begun(self, household_id: HouseholdId) -> bool:
        """True for a new household, and for one that nobody of the old one under its number is in."""
        return household_id not in self.before or not self.stayed(household_id)


def _household_changes(comparison: _Comparison) -> Iterator[HouseholdChange]:
    for household in comparison.before.values():
        kind, related = _fate(comparison, household), comparison.elsewhere(household.id)
        now = comparison.after.get(household.id, household)
        yield HouseholdChange(kind=kind, household_id=household.id, village=now.village, related=related)
    for household in comparison.after.values():
        if household.id not in comparison.before and not comparison.came[household.id]:
            yield HouseholdChange(kind=HouseholdChangeKind.NEW, household_id=household.id, village=household.village)


def _fate(comparison: _Comparison, household: Household) -> HouseholdChangeKind:
    others = comparison.elsewhere(household.id)
    if comparison.stayed(household.id):
        if any(comparison.begun(one) for one in others):
            return HouseholdChangeKind.SPLIT
        elsewhere = comparison.after[household.id].village != household.village
        return HouseholdChangeKind.MOVED if elsewhere else HouseholdChangeKind.CHANGED
    if not others:
        return HouseholdChangeKind.CHANGED if household.id in comparison.after else HouseholdChangeKind.GONE
    if len(others) > 1:
        return HouseholdChangeKind.SPLIT
    return HouseholdChangeKind.MOVED if _is_its_own(comparison, household.id, others[0]) else HouseholdChangeKind.MERGED


def _is_its_own(comparison: _Comparison, old: HouseholdId, new: HouseholdId) -> bool:
    """True when the new household is begun and nobody of another household is known to be in it."""
    return comparison.begun(new) and comparison.came[new] == {old}


def _successions(comparison: _Comparison) -> Iterator[Succession]:
    for household in comparison.before.values():
        if comparison.stayed(household.id):
            continue
        others = comparison.elsewhere(household.id)
        if others:
            yield _succession(comparison, household, others)
        elif household.id in comparison.after:
            yield _all_others(household.id, "下的人全部换了, 原来的人在新台账中找不到")


def _given_to_others(former: Households, after: Households) -> Iterator[Succession]:
    """Of the numbers that nobody had for a while those under which nobody of before is back."""
    for household_id, household in former.items():
        if not trace({household_id: household}, {household_id: after[household_id]}):
            yield _all_others(household_id, "有一版台账没有, 现在是别的人; 原来的人可能换了户编号, 请人工核对")


def _all_others(household_id: HouseholdId, why: str) -> Succession:
    return Succession(
        household_id=household_id,
        successors=(household_id,),
        clear=False,
        same_people=False,
        reason=f"户编号{household_id}{why}",
    )


def _succession(comparison: _Comparison, household: Household, others: tuple[HouseholdId, ...]) -> Succession:
    """The household that has more than half of those who are still registered, and the head where he is.

    A single person tied by name, birth year and sex alone to a household of another village is not enough: two people
    share these often.
    """
    first, counted = others[0], comparison.went[household.id]
    most = counted[first] * 2 > counted.total()
    with_head = comparison.place_of_head.get(household.id, first) == first
    near = comparison.after[first].village == household.village
    clear = most and with_head and (near or counted[first] > 1 or (household.id, first) in comparison.by_id_number)
    if clear:
        reason = f"户编号{household.id}的{counted.total()}人中有{counted[first]}人现在{first}户"
    else:
        reason = f"户编号{household.id}的人现在{'、'.join(others[:4])}等户, 不能确定是哪一户, 请人工核对"
    return Succession(
        household_id=household.id,
        successors=others,
        clear=clear,
        same_people=_is_its_own(comparison, household.id, first),
        reason=reason,
    )


def _person_changes(comparison: _Comparison, year: int) -> Iterator[PersonChange]:
    whole = {
        household_id
        for household_id, household in comparison.before.items()
        if not comparison.stayed(household_id) and _fate(comparison, household) is HouseholdChangeKind.MOVED
    }
    known, arrived = people(comparison.before.values()), people(comparison.after.values())
    for one in comparison.traced:
        person = known.pop(one.before)
        del arrived[one.after]
        before, after = one.before.household_id, one.after.household_id
        if before != after and before not in whole:
            yield PersonChange(
                kind=PersonChangeKind.MOVED, masked_name=mask_name(person.name), before=before, after=after
            )
    for place, person in known.items():
        yield PersonChange(
            kind=PersonChangeKind.LEFT, masked_name=mask_name(person.name), before=place.household_id, after=None
        )
    for place, person in arrived.items():
        kind = arrival(person, year)
        yield PersonChange(kind=kind, masked_name=mask_name(person.name), before=None, after=place.household_id)


def arrival(person: Person, year: int) -> PersonChangeKind:
    """How a person came who was in no household before: born in the year of the delivery or the year before, or not."""
    newborn = person.birth_year is not None and person.birth_year >= year - 1
    return PersonChangeKind.BORN if newborn else PersonChangeKind.JOINED
