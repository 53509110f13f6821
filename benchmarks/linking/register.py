"""An invented register on real villages: the same seed gives the same households, streamed village by village.

A few households of every village are kept out of it; texts about "not in the register" speak of those.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from benchmarks.linking.composition import Family, surnames_of
from benchmarks.linking.names import NameDraw, NameFrequencies
from benchmarks.linking.villages import Village, towns_of
from domain.failures.errors import ConfigError
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId

_SMALLEST_VILLAGE, _LARGEST_VILLAGE = 600, 1400
_KEPT_OUT = 0.04
_SITE_EVERY = 10
_RELOCATED_AT_SITE = 0.6
"""With a site in every tenth village about six households of a hundred live at one."""
_GROUPS = "一二三四五六七八"


@dataclass(frozen=True, slots=True)
class Register:
    """A register that is drawn anew each time it is walked through, always the same."""

    villages: tuple[Village, ...]
    """Whole towns in random order, as many as the persons may need."""
    sites: dict[RegionCode, str]
    """Names of relocation sites by the code of their village."""
    names: NameFrequencies
    persons: int
    seed: int

    def households(self) -> Iterator[Household]:
        """The registered households, together as many persons as were asked for (the last household whole)."""
        return (household for household, registered in self._walk() if registered)

    def strangers(self) -> Iterator[Household]:
        """The households of the same villages that were kept out of the register."""
        return (household for household, registered in self._walk() if not registered)

    def _walk(self) -> Iterator[tuple[Household, bool]]:
        known = frozenset(str(word) for word in self.names.surnames.words)
        count = 0
        for village in self.villages:
            for household, registered in self._village(village, known):
                yield household, registered
                count += len(household.persons) if registered else 0
                if count >= self.persons:
                    return
        raise ConfigError(f"村名表只容得下 {count} 人, 不够 {self.persons} 人")

    def _village(self, village: Village, known: frozenset[str]) -> Iterator[tuple[Household, bool]]:
        dice = Random(f"{self.seed}:{village.code}")
        names = NameDraw(self.names, np.random.default_rng([self.seed, int(village.code.digits)]))
        family = Family(surnames_of(village.stem, names, known, dice), names, dice, village.code.digits[:6])
        groups, site = dice.randint(3, 8), self.sites.get(village.code, "")
        wanted, count, number = dice.randint(_SMALLEST_VILLAGE, _LARGEST_VILLAGE), 0, 0
        while count < wanted:
            number += 1
            persons = family.persons()
            yield (
                Household(
                    id=HouseholdId(f"{village.code}{number:04d}"),
                    village=village.code,
                    group=f"{_GROUPS[dice.randrange(groups)]}组",
                    persons=persons,
                    relocation_site=site if site and dice.random() < _RELOCATED_AT_SITE else "",
                ),
                dice.random() >= _KEPT_OUT,
            )
            count += len(persons)


def make_register(
    villages: Sequence[Village],
    names: NameFrequencies,
    site_words: tuple[Sequence[str], Sequence[str]],
    *,
    persons: int,
    seed: int,
) -> Register:
    """A register of so many persons in whole towns of the list, drawn by the seed.

    Args:
        villages: The list to draw from.
        names: How often names are.
        site_words: First and second halves of the names of relocation sites.
        persons: How many persons are registered.
        seed: Same seed, same register.
    """
    dice = Random(f"{seed}:towns")
    towns = list(towns_of(villages).values())
    dice.shuffle(towns)
    ordered = [village for town in towns for village in town]
    most = persons // _SMALLEST_VILLAGE + 1
    chosen = tuple(ordered[:most])
    return Register(chosen, _sites(chosen, site_words), names, persons, seed)


def _sites(villages: Sequence[Village], words: tuple[Sequence[str], Sequence[str]]) -> dict[RegionCode, str]:
    first, second = words
    sites = {}
    for village in villages[::_SITE_EVERY]:
        number = zlib.crc32(village.code.digits.encode())
        name = first[number % len(first)] + second[number // len(first) % len(second)]
        sites[village.code] = f"{village.stem}{name}安置点"
    return sites
