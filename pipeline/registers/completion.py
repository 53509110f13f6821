"""What a delivery does not say stays as it is registered: it has no column for it, or cannot be read."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.register.household import Household, HouseholdId, MonitoringRecord, Person, Relation, Sex
from domain.register.register_entry import HouseholdEntry
from importers.registers.head_columns import OF_HEAD
from pipeline.registers.persons import Place, Traced, called

_OF_PERSON: Mapping[str, frozenset[str]] = {
    "phone": frozenset({"phone", "head_phone"}),
    "health": frozenset({"health", "head_health"}),
    "labour": frozenset({"labour", "head_labour"}),
    "work_place": frozenset({"work_place"}),
    "work_months": frozenset({"work_months"}),
    "student": frozenset({"student"}),
}
"""Fields of a person with the columns that say them; where none of these is there, the registered value stays."""
_WORK = _OF_PERSON["work_place"]
_OF_HEAD: Mapping[str, str] = {field: OF_HEAD[field] for field in ("phone", "health", "labour")}
"""Fields with the columns that say them of the head alone, and of him nothing where they are empty."""
_OF_HOUSEHOLD: Mapping[str, frozenset[str]] = {
    "group": frozenset({"group"}),
    "natural_village": frozenset({"natural_village"}),
    "household_type": frozenset({"household_type"}),
    "address": frozenset({"address"}),
    "relocation_site": frozenset({"relocated", "relocation_site"}),
}
_OF_MONITORING: Mapping[str, frozenset[str]] = {
    "risks": frozenset(
        {"risk", "risk_1", "risk_2", "risk_3", "risk_4", "risk_5", "disaster", "cause_2018", "other_causes_2018"}
    ),
    "identified_on": frozenset({"identified_on"}),
    "removed_on": frozenset({"removed_on"}),
    "removed": frozenset({"removed"}),
}


def completed(entry: HouseholdEntry, known: Household, same: Mapping[int, Person]) -> HouseholdEntry:
    """The entry with everything that it leaves unsaid taken from the registered household of its number.

    Args:
        entry: As delivered.
        known: The household as registered.
        same: By position in the delivered household, who surely is the same person as registered.
    """
    entry = _with_relations(with_known_persons(entry, same), known, same)
    unsaid = _unsaid(_OF_HOUSEHOLD, known, entry.told)
    return replace(entry, household=replace(entry.household, monitoring=_monitoring(entry, known), **unsaid))


def _with_relations(entry: HouseholdEntry, known: Household, same: Mapping[int, Person]) -> HouseholdEntry:
    """The entry of a file without a column of relations with those that are registered, where the head is the same."""
    persons = entry.household.persons
    heads = [at for at, person in enumerate(persons) if person.relation is Relation.HEAD]
    is_same_head = len(heads) == 1 and heads[0] in same and same[heads[0]].relation is Relation.HEAD
    if "relation" in entry.told or not is_same_head or same[heads[0]] not in known.persons:
        return entry
    found = (
        replace(one, relation=same[at].relation)
        if one.relation is Relation.OTHER and at in same and same[at] in known.persons
        else one
        for at, one in enumerate(persons)
    )
    return replace(entry, household=replace(entry.household, persons=tuple(found)))


def with_known_persons(entry: HouseholdEntry, same: Mapping[int, Person]) -> HouseholdEntry:
    """The entry with what it leaves unsaid of persons who come from other households: it goes with them."""
    persons = tuple(
        _person(person, same[at], _told(entry, at)) if at in same else person
        for at, person in enumerate(entry.household.persons)
    )
    return replace(entry, household=replace(entry.household, persons=persons))


def with_empty_unsaid(entry: HouseholdEntry) -> HouseholdEntry:
    """The entry of a list of some households, in which an empty cell or a stroke takes nothing away."""
    household, facts = entry.household, entry.facts
    of_household = {field: getattr(household, field) for field in _OF_HOUSEHOLD}
    of_household["relocation_site"] = household.relocation_site or ("否" if facts.relocated is False else "")
    empty = [_OF_HOUSEHOLD[field] for field, value in of_household.items() if not _says(value)]
    of_monitoring = {
        "risks": facts.risks,
        "identified_on": facts.identified_on,
        # Whose risk is not removed has no day on which it was.
        "removed_on": facts.removed_on or facts.removed is False,
        "removed": facts.removed is not None,
    }
    empty += [_OF_MONITORING[field] for field, said in of_monitoring.items() if not said]
    return replace(entry, told=entry.told.difference(*empty), blank_is_unsaid=True)


def with_said(entry: HouseholdEntry, known: Person) -> Person:
    """The registered person with what the entry says of its one person."""
    told, facts = entry.household.persons[0], entry.persons[0]
    said = {field: value for field in _OF_PERSON if _says(value := getattr(told, field))}
    if facts.works_nowhere:
        said["work_place"] = ""
    if facts.work_months == 0:
        said["work_months"] = 0
    return replace(known, **said)


def _says(value: object) -> bool:
    """True for a value that is more than a stroke."""
    return any(map(str.isalnum, value)) if isinstance(value, str) else bool(value)


def same_persons(
    pairs: Sequence[Traced],
    before: Mapping[HouseholdId, Household],
    after: Mapping[HouseholdId, Household],
    renumbered: Container[HouseholdId] = (),
) -> dict[HouseholdId, dict[int, Person]]:
    """By household number and position, the registered person whom a delivered one surely is.

    Sure is the ID number, or the name inside one household number with no other birth year and no other ID number. In
    another household, but for a family that is `renumbered`, the name has to be the same beside the ID number: a
    mistyped one would bring somebody's health to strangers.
    """
    found: dict[HouseholdId, dict[int, Person]] = {}
    for one in pairs:
        old, new = _at(before, one.before), _at(after, one.after)
        at_home = one.before.household_id == one.after.household_id and called(old) == called(new)
        years = {old.birth_year, new.birth_year} - {None}
        numbers = {old.id_number, new.id_number} - {""}
        if (one.by_id_number and not has_moved_renamed(one, old, new, renumbered)) or (
            at_home and len(years) < 2 and len(numbers) < 2
        ):
            found.setdefault(one.after.household_id, {})[one.after.position] = old
    return found


def has_moved_renamed(one: Traced, old: Person, new: Person, renumbered: Container[HouseholdId]) -> bool:
    """True for whom an ID number alone brings to another household under another name, not with his whole family."""
    left, joined = one.before.household_id, one.after.household_id
    return one.by_id_number and left != joined and called(old) != called(new) and joined not in renumbered


def keeps_monitoring(entry: HouseholdEntry, known: Household) -> bool:
    """True where the household is monitored, and the file has a column for it and says nothing readable there."""
    return bool(known.monitoring) and "category" in entry.told and not entry.household.monitoring and _is_silent(entry)


def _at(households: Mapping[HouseholdId, Household], place: Place) -> Person:
    return households[place.household_id].persons[place.position]


def _told(entry: HouseholdEntry, at: int) -> frozenset[str]:
    """The columns that say something of the person, if only that there is nothing."""
    person = entry.household.persons[at]
    is_head = person.relation is Relation.HEAD
    facts = entry.persons[at]
    told = entry.told if facts.told is None else facts.told
    told -= {column for field, column in _OF_HEAD.items() if not is_head or not getattr(person, field)}
    if not person.phone and facts.phone_unsaid:
        told -= _OF_PERSON["phone"]
    if not entry.blank_is_unsaid:
        return told
    empty = (columns for field, columns in _OF_PERSON.items() if not _says(getattr(person, field)))
    # Who works nowhere, or no month, has a cell that says so.
    works_nowhere = _WORK & told if facts.works_nowhere else frozenset()
    no_month = _OF_PERSON["work_months"] & told if facts.work_months is not None else frozenset()
    return told.difference(*empty) | works_nowhere | no_month


def _person(person: Person, known: Person, told: frozenset[str]) -> Person:
    return replace(
        person,
        # A cell left empty or damaged takes nobody's number, birth year or sex away.
        id_number=person.id_number or known.id_number,
        birth_year=person.birth_year or known.birth_year,
        sex=known.sex if person.sex is Sex.UNKNOWN else person.sex,
        **_unsaid(_OF_PERSON, known, told),
    )


def _unsaid(fields: Mapping[str, frozenset[str]], known: object, told: frozenset[str]) -> dict[str, Any]:
    return {field: getattr(known, field) for field, columns in fields.items() if not columns & told}


def _monitoring(entry: HouseholdEntry, known: Household) -> tuple[MonitoringRecord, ...]:
    """Only a word ends monitoring: 非监测对象, or another category. An empty cell does not."""
    told = entry.household.monitoring
    if not told:
        return known.monitoring if _is_silent(entry) else ()
    record = next((one for one in known.monitoring if one.category is told[0].category), None)
    if record is None:
        return told
    unsaid = _unsaid(_OF_MONITORING, record, entry.told)
    if told[0].removed:
        # A day on which it was removed says so without a column for it.
        unsaid.pop("removed", None)
    return (replace(told[0], **unsaid), *told[1:])


def _is_silent(entry: HouseholdEntry) -> bool:
    return "category" not in entry.told or entry.facts.category_written or not entry.facts.not_monitored
