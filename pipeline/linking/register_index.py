"""The register as arrays: whose names agree with a written one, in which villages, without opening a household.

A million persons take 130 MB; `index_building.py` makes the arrays. They hold names, villages and household numbers,
which the database keeps in the clear as well, and nothing else about a person.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from pipeline.linking.names import agreement, is_partial, shown_characters, shown_surname
from pipeline.linking.sounds import sound_of

FORMAT = "index-1"
"""To be counted up when the arrays or `sounds` change: kept files of another format are not read."""
_KEPT_DIVISIONS = 64
"""Divisions whose names are kept: of towns of 100,000 persons some 25 MB together."""
_GAP = "_"
LONGEST = 16
"""Characters of a name that are kept."""


class Registered(NamedTuple):
    """One person of the register, as far as the index knows."""

    household: HouseholdId
    village: RegionCode
    name: str


@dataclass(frozen=True)
class RegisterIndex:
    """Persons in the order of their villages, and their names in alphabetical order."""

    villages: NDArray[np.str_]
    """Shape (villages,), ascending."""
    village_starts: NDArray[np.int64]
    """Shape (villages + 1,): where the persons of each begin."""
    households: NDArray[np.str_]
    """Shape (households,)."""
    names: NDArray[np.str_]
    """Shape (names,), ascending, each once."""
    person_household: NDArray[np.int32]
    """Shape (persons,)."""
    person_name: NDArray[np.int32]
    """Shape (persons,)."""
    name_order: NDArray[np.int32]
    """Shape (persons,): persons in the order of their names."""
    name_starts: NDArray[np.int64]
    """Shape (names + 1,): where in `name_order` the persons of each begin."""
    sounds: NDArray[np.str_]
    """Shape (names,), ascending: how the names sound."""
    sound_names: NDArray[np.int32]
    """Shape (names,): whose sound each is."""
    gaps: NDArray[np.str_]
    """Ascending: names of three or more characters with one of them left out: 庞_国."""
    gap_names: NDArray[np.int32]
    """Whose each gap is."""

    @property
    def persons(self) -> int:
        """How many persons the register has."""
        return len(self.person_name)

    def persons_of(self, village: RegionCode) -> range:
        """The persons of a village, or of all villages of a wider division."""
        known = self._persons_of.get(village.digits)
        if known is None:
            first = int(np.searchsorted(self.villages, village.digits))
            last = int(np.searchsorted(self.villages, village.digits + "~"))
            known = range(int(self.village_starts[first]), int(self.village_starts[last]))
            self._persons_of[village.digits] = known
        return known

    def named(self, name: str) -> list[int]:
        """The persons of exactly this name."""
        name = name[:LONGEST]
        place = int(np.searchsorted(self.names, name))
        return self._of_name(place) if place < len(self.names) and self.names[place] == name else []

    def misspelt(self, name: str, divisions: Iterable[RegionCode]) -> list[int]:
        """The persons of some divisions whose names sound alike or differ in one character, but are not this name."""
        sounding = _equal(self.sounds, sound_of(name), self.sound_names)
        gapped = [own for gap in gaps_of(name) for own in _equal(self.gaps, gap, self.gap_names)]
        return self._inside({*sounding, *gapped}, name, divisions)

    def sounding(self, name: str) -> list[int]:
        """The persons of the whole register whose names sound alike, but are not this name."""
        return [
            person
            for own in _equal(self.sounds, sound_of(name), self.sound_names)
            if self.names[own] != name
            for person in self._of_name(own)
        ]

    def agreeing(self, written: str, division: RegionCode, *, most: int | None = None) -> list[int]:
        """The persons of a division with whose names a partly written one agrees.

        With `most`: nobody where more persons than so many have the surname that it shows, if it shows nothing else.
        """
        inside = self.persons_of(division)
        own = self.person_name[inside.start : inside.stop]
        names = self._names_of(division)
        if not len(names):
            return []
        if not is_partial(written):
            names = names[np.char.str_len(self.names[names]) == len(written)]  # others never agree
        elif surname := shown_surname(written):
            names = names[np.char.startswith(self.names[names], surname)]
            if most is not None and shown_characters(written) == len(surname) and np.isin(own, names).sum() > most:
                return []
        texts = self.names[names].tolist()
        fitting = [name for name, text in zip(names, texts, strict=True) if agreement(written, text)]
        return [int(place) + inside.start for place in np.flatnonzero(np.isin(own, fitting))]

    def names_in(self, division: RegionCode) -> list[str]:
        """The names of the persons of a division, each once."""
        names: list[str] = self.names[self._names_of(division)].tolist()
        return names

    def name_of(self, person: int) -> str:
        """The name of a person."""
        return str(self.names[self.person_name[person]])

    def households_named(self, name: str) -> frozenset[HouseholdId]:
        """The households with somebody of exactly this name."""
        return frozenset(self.household_of(person) for person in self.named(name))

    def household_of(self, person: int) -> HouseholdId:
        """The household number of a person."""
        return HouseholdId(str(self.households[self.person_household[person]]))

    def village_of(self, person: int) -> RegionCode:
        """The village of a person."""
        return RegionCode(str(self.villages[np.searchsorted(self.village_starts, person, side="right") - 1]))

    def arrays(self) -> Mapping[str, NDArray[np.generic]]:
        """Everything that must be kept to have the index again: `RegisterIndex(**arrays)`."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def _names_of(self, division: RegionCode) -> NDArray[np.int32]:
        """The numbers of the names of a division, each once; those of the last divisions asked for are kept."""
        known = self._kept_names.get(division.digits)
        if known is None:
            inside = self.persons_of(division)
            known = np.unique(self.person_name[inside.start : inside.stop])
            if len(self._kept_names) >= _KEPT_DIVISIONS:
                self._kept_names.pop(next(iter(self._kept_names)), None)
            self._kept_names[division.digits] = known
        return known

    @cached_property
    def _kept_names(self) -> dict[str, NDArray[np.int32]]:
        """By division: see `_names_of`."""
        return {}

    @cached_property
    def _persons_of(self) -> dict[str, range]:
        """The answers of `persons_of` so far: every household of a village asks for the same."""
        return {}

    @cached_property
    def name_counts(self) -> NDArray[np.int64]:
        """Shape (names,): how many persons have each."""
        return np.diff(self.name_starts)

    def _inside(self, names: set[int], but: str, divisions: Iterable[RegionCode]) -> list[int]:
        """The persons of divisions who have one of the names; in the order of the register."""
        wanted = np.array(sorted(own for own in names if self.names[own] != but), dtype=np.int32)
        found: set[int] = set()
        for division in divisions:
            inside = self.persons_of(division)
            own = self.person_name[inside.start : inside.stop]
            found.update(int(place) + inside.start for place in np.flatnonzero(np.isin(own, wanted)))
        return sorted(found)

    def _of_name(self, name: int) -> list[int]:
        found = self.name_order[self.name_starts[name] : self.name_starts[name + 1]]
        return [int(person) for person in found]


def gaps_of(name: str) -> Iterator[str]:
    """The name with one character left out, for each of its characters; nothing for names of two."""
    if len(name) > 2:
        yield from (f"{name[:place]}{_GAP}{name[place + 1 :]}" for place in range(len(name)))


def _equal(keys: NDArray[np.str_], key: str, values: NDArray[np.int32]) -> list[int]:
    first, last = np.searchsorted(keys, key, side="left"), np.searchsorted(keys, key, side="right")
    return [int(value) for value in values[first:last]]
