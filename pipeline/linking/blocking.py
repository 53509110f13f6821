"""Which households of the register a document may mean, found without opening any; officials are never asked for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.links.mention import Mentions
from domain.places.region import Level, RegionCode
from domain.register.household import HouseholdId
from domain.texts.document import Document
from pipeline.linking.facts import Facts
from pipeline.linking.names import is_full, is_partial, shown_characters, shown_surname
from pipeline.linking.register_index import RegisterIndex

_ID_NUMBER = re.compile(r"\d{17}[\dX]|\d{15}")
_PHONE = re.compile(r"\d{7,12}")
_NOT_DIGITS = re.compile(r"\D")
_MOST_NAMESAKES = 40
"""Persons of one name that are looked at; of more than these nobody can be told by the name alone."""
_SHORT = 2
"""Characters of a name too short to be looked for with one of them left out: only the village is looked through."""
_FEW = 3
"""Of so few persons in the villages named none may be the one whom a partial name means."""
_TELLING = 2
"""Characters that a partial name must show to be looked for in a whole town that is named alone."""
_MOST_PARTIAL, _MOST_TOWNS = 10, 2
"""A text with more partial names, or of more towns, is a list: in whole towns nobody of it is looked for."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """What to ask the register for one document by number; each tuple is sorted and holds no value twice."""

    id_numbers: tuple[str, ...]
    phones: tuple[str, ...]


def lookups(document: Document, mentions: Mentions) -> Lookups:
    """The numbers that may find the household of the document."""
    return Lookups(
        id_numbers=tuple(sorted(id_numbers(document, mentions))), phones=tuple(sorted(phones(document, mentions)))
    )


def by_names(facts: Facts, index: RegisterIndex) -> frozenset[HouseholdId]:
    """The households with somebody whom the document may name."""
    widely = (
        sum(is_partial(named.name) for named in facts.persons) <= _MOST_PARTIAL and len(_near(facts)) <= _MOST_TOWNS
    )
    return frozenset(
        index.household_of(person)
        for named in facts.persons
        for person in _persons(named.name, facts, index, widely=widely)
    )


def id_numbers(document: Document, mentions: Mentions) -> set[str]:
    """The whole ID numbers of the register's row and of the text."""
    written = (document.petitioner.id_number, *(one.value for one in mentions.id_numbers))
    return {number for number in map(_plain_id, written) if _ID_NUMBER.fullmatch(number)}


def phones(document: Document, mentions: Mentions) -> set[str]:
    """The whole phones of the register's row and of the text, digits only."""
    written = (document.petitioner.phone, *(one.value for one in mentions.phones))
    return {digits for one in written for digits in phone_numbers(one)}


def phone_numbers(written: str) -> set[str]:
    """The numbers in a cell that may hold several: 13800000000/0358-4422123."""
    if not written or "*" in written:
        return set()
    numbers = (_NOT_DIGITS.sub("", part) for part in re.split(r"[/、，,;；\s]+", written))
    return {_without_country(number) for number in numbers if _PHONE.fullmatch(_without_country(number))}


def _persons(name: str, facts: Facts, index: RegisterIndex, *, widely: bool) -> Iterator[int]:
    if is_full(name):
        yield from _nearest(index.named(name), facts, index)
        yield from _misspelt(name, facts, index)
    elif is_partial(name):
        yield from _nearest(index.named(name), facts, index)  # 丁丁 and 王子 are whole names of some
        yield from _partly_named(name, facts, index, widely=widely)


def _partly_named(name: str, facts: Facts, index: RegisterIndex, *, widely: bool) -> list[int]:
    """Those of the villages named; of their towns too where the villages have hardly any: a neighbour's may be meant.

    One that shows two characters is looked for in a town where nobody of the villages, or no village, is named; one
    without a surname (军娃) in the villages only.
    """
    inside = [person for village in sorted(facts.villages) for person in index.agreeing(name, village)]
    few = _FEW if facts.villages and shown_surname(name) else -1
    enough = 0 if shown_characters(name) >= _TELLING else few
    if len(inside) > enough or not widely:
        return inside
    towns = sorted(_near(facts))
    around = [person for town in towns for person in index.agreeing(name, town, most=_MOST_NAMESAKES)]
    return list(dict.fromkeys([*inside, *around])) if len(around) <= _MOST_NAMESAKES else inside


def _nearest(namesakes: list[int], facts: Facts, index: RegisterIndex) -> list[int]:
    """All of them when they are few, else everybody of the villages named and some of their towns."""
    if len(namesakes) <= _MOST_NAMESAKES:
        return namesakes
    here = _living_in(namesakes, facts.villages, index)
    near = _living_in(namesakes, _near(facts), index)
    return list(dict.fromkeys([*here, *near[: max(_MOST_NAMESAKES - len(here), 0)]]))


def _living_in(persons: Iterable[int], divisions: Iterable[RegionCode], index: RegisterIndex) -> list[int]:
    insides = [index.persons_of(division) for division in divisions]
    return [person for person in persons if any(person in inside for inside in insides)]


def _misspelt(name: str, facts: Facts, index: RegisterIndex) -> list[int]:
    """Those who live where the text says; where it does not say, those whose names sound alike, if they are few."""
    near, villages = _near(facts), sorted(facts.villages)
    if not near:
        alike = index.sounding(name)
        return alike if len(alike) <= _MOST_NAMESAKES else []
    found = index.misspelt(name, villages)
    if len(name) == _SHORT:
        found += [person for village in villages for person in index.agreeing(name, village)]
    found += index.misspelt(name, near)
    return list(dict.fromkeys(found))[:_MOST_NAMESAKES]


def _near(facts: Facts) -> frozenset[RegionCode]:
    """The towns of the villages named, and the towns named."""
    return frozenset(village.ancestor(Level.TOWN) for village in facts.villages) | facts.towns


def _plain_id(written: str) -> str:
    return written.strip().lstrip("'").upper()


def _without_country(number: str) -> str:
    return number[2:] if len(number) == 13 and number.startswith("86") else number
