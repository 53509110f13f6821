"""Which entries of the register a document needs: by ID number, phone or full name; officials are never asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.document import Document
from domain.mention import Mentions
from domain.region import Level, RegionCode
from pipeline.linking.names import is_full, is_partial

_ID_NUMBER = re.compile(r"\d{17}[\dX]|\d{15}")
_PHONE = re.compile(r"\d{7,12}")
_NOT_DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Lookups:
    """What to ask the register for one document; each tuple is sorted and holds no value twice."""

    id_numbers: tuple[str, ...]
    phones: tuple[str, ...]
    names: tuple[str, ...]
    villages: tuple[RegionCode, ...] = ()
    """Villages all of whose households are needed, because the text names somebody of them only in part."""


def lookups(document: Document, mentions: Mentions) -> Lookups:
    """The register lookups that may find the household of the document."""
    return Lookups(
        id_numbers=_sorted(id_numbers(document, mentions)),
        phones=_sorted(phones(document, mentions)),
        names=_sorted(_names(document, mentions)),
        villages=_villages(mentions),
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
    if "*" in written:
        return set()
    numbers = (_NOT_DIGITS.sub("", part) for part in re.split(r"[/、，,;；\s]+", written))
    return {_without_country(number) for number in numbers if _PHONE.fullmatch(_without_country(number))}


def _names(document: Document, mentions: Mentions) -> Iterable[str]:
    if is_full(document.petitioner.name):
        yield document.petitioner.name
    asked = (person.household_name for person in mentions.persons if person.may_be_in_difficulty)
    yield from (name for name in asked if is_full(name))


def _villages(mentions: Mentions) -> tuple[RegionCode, ...]:
    if not any(is_partial(person.household_name) and person.may_be_in_difficulty for person in mentions.persons):
        return ()
    return tuple(sorted({place.code for place in mentions.places if place.code.level is Level.VILLAGE}))


def _plain_id(written: str) -> str:
    return written.strip().lstrip("'").upper()


def _without_country(number: str) -> str:
    return number[2:] if len(number) == 13 and number.startswith("86") else number


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
