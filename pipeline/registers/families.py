"""A household of which a file names one person alone: the family that is registered under its number stands for it."""

from collections.abc import Sequence
from dataclasses import replace

from domain.register.household import Household, HouseholdId, Person
from domain.register.register_entry import HouseholdEntry, PersonFacts
from pipeline.registers.completion import with_said
from pipeline.registers.persons import called
from storage.unit_of_work import UnitOfWork

_OTHER_HEAD = (
    "台账里这个户编号是另一户(户主不在那一户里), 没有改动; "
    "户编号写错的请改正后重新提交, 没有写错的请交写全了这一户的台账"
)


def with_families(
    work: UnitOfWork, entries: Sequence[HouseholdEntry], doubted: dict[HouseholdId, str], *, partial: bool
) -> Sequence[HouseholdEntry]:
    """A head who came alone stands for the family that is registered under his number, if he is one of it.

    In a `partial` delivery what it says of him is taken in; he need not be the head.
    """
    known = work.registry.households([one.household.id for one in entries if one.only_head])
    found = []
    for entry in entries:
        family = known.get(entry.household.id) if entry.only_head else None
        if family is not None and not _is_of(entry.household, family):
            doubted[entry.household.id] = _OTHER_HEAD
            family = None
        found.append(entry if family is None else _with_family(entry, family, partial=partial))
    return found


def _is_of(told: Household, family: Household) -> bool:
    head = told.persons[0]
    if head.id_number and any(head.id_number == one.id_number for one in family.persons):
        return True
    return told.village == family.village and any(called(head) == called(one) for one in family.persons)


def _with_family(entry: HouseholdEntry, known: Household, *, partial: bool) -> HouseholdEntry:
    told = entry.household
    persons, facts = list(known.persons), [PersonFacts(place=entry.facts.place) for _ in known.persons]
    members = [at for at, one in enumerate(persons) if _is_same(told.persons[0], one)]
    if partial and len(members) == 1:
        # A list without relations may name one member of each family, who need not be the head.
        persons[members[0]] = with_said(entry, persons[members[0]])
        facts[members[0]] = entry.persons[0]
    else:
        facts[0] = entry.persons[0]
    family = replace(
        known,
        persons=tuple(persons),
        monitoring=told.monitoring,
        household_type=told.household_type or known.household_type,
    )
    return replace(entry, household=family, persons=tuple(facts))


def _is_same(told: Person, known: Person) -> bool:
    """True for one ID number, or one name where only one of both has a number."""
    if told.id_number and known.id_number:
        return told.id_number.upper() == known.id_number.upper()
    return called(told) == called(known)
