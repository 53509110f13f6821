"""How likely somebody of a village agrees with a written name by chance: what makes a rare name weigh more.

A name is a surname, common or rare in its village, and a given name. Frequencies come from the register itself, without
the person who is looked at; given names that it does not have get their share from the characters they are made of
(Witten and Bell 1991), surnames of small villages from those of the whole register.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from domain.places.region import RegionCode
from pipeline.linking.names import NameAgreement, agreement, shown_given, surname_of
from pipeline.linking.register_index import RegisterIndex
from pipeline.linking.sounds import sound_of

_SMOOTHED = 20.0
"""So many persons with the surnames of the whole register stand beside those of every division."""
_SURNAMES = 500
"""Surnames that a county may have."""
_CHARACTERS, _SYLLABLES = 2_000, 380
"""Characters and folded syllables that given names are made of."""
_SIMILAR_SHAPES = 0.02
"""Share of the characters that look like a given one."""
_ONE_CHARACTER_GIVEN = 0.15
"""Share of given names of one character, where the register is too small to tell."""
_FEW = 10


class _Counts(Counter[str]):
    """Counts that are added up once: a register has tens of thousands of given names."""

    @cached_property
    def together(self) -> int:
        """The sum of all counts."""
        return self.total()


@dataclass(frozen=True)
class Chances:
    """Frequencies of a register's names."""

    index: RegisterIndex

    def of(self, written: str, full: str, division: RegionCode | None) -> float:
        """Probability that another person of the division agrees with a written name as `full` does.

        Without a division: any person of the register.
        """
        surname, given = surname_of(full), full[len(surname_of(full)) :]
        own = self._surname(surname, division)
        found = agreement(written, full)
        if found in (NameAgreement.SURNAME, NameAgreement.MASKED):
            return own * prod(self._character(one, given) for one in shown_given(written))
        if found is NameAgreement.PET_NAME:
            return min(1.0, 2 * self._character(shown_given(written), given))
        if found is NameAgreement.SOUND:
            return own * self._sound(given)
        whole = self._given(given)
        if found is NameAgreement.IDENTICAL:
            return own * whole
        differing = own * sum(self._character(one, given) for one in given) + whole
        return differing * _SIMILAR_SHAPES if found is NameAgreement.SHAPE else differing

    def _surname(self, surname: str, division: RegionCode | None) -> float:
        everywhere = _share(self._surnames, surname, _SURNAMES)
        if division is None:
            return everywhere
        inside = self.index.persons_of(division)
        here = max(self._count(surname, division) - 1, 0)
        return (here + _SMOOTHED * everywhere) / (max(len(inside) - 1, 0) + _SMOOTHED)

    def _count(self, surname: str, division: RegionCode) -> int:
        """How many persons of the division have the surname; all of its surnames are counted at the first question."""
        places, own = self._surname_of_person
        counts = self._surname_counts.get(division.digits)
        if counts is None:
            inside = self.index.persons_of(division)
            counts = np.bincount(own[inside.start : inside.stop], minlength=len(places)).astype(np.int32)
            self._surname_counts[division.digits] = counts
        place = places.get(surname)
        return int(counts[place]) if place is not None else 0

    def _given(self, given: str) -> float:
        made = prod(self._character(one, given) for one in given) * self._length(len(given))
        return self._backed_off(self._givens, given, made)

    def _sound(self, given: str) -> float:
        syllables = sound_of(given).split()
        made = prod(
            _share(self._last_sounds if place == len(syllables) - 1 else self._first_sounds, syllable, _SYLLABLES)
            for place, syllable in enumerate(syllables)
        )
        return self._backed_off(self._given_sounds, sound_of(given), made * self._length(len(given)))

    def _backed_off(self, counts: Counter[str], key: str, made: float) -> float:
        kinds = len(counts)
        return (max(counts[key] - 1, 0) + kinds * made) / (max(self.index.persons - 1, 0) + kinds)

    def _character(self, character: str, given: str) -> float:
        """Share of given names with the character where `given` has it."""
        return _share(self._lasts if given.endswith(character) else self._firsts, character, _CHARACTERS)

    def _length(self, characters: int) -> float:
        return self._single if characters == 1 else 1 - self._single

    @cached_property
    def _single(self) -> float:
        """Share of given names that have one character."""
        single = sum(count for given, count in self._givens.items() if len(given) == 1)
        return (single + _FEW * _ONE_CHARACTER_GIVEN) / (self.index.persons + _FEW)

    @cached_property
    def _parts(self) -> tuple[list[str], list[str], NDArray[np.int64]]:
        names = [str(name) for name in self.index.names]
        surnames = [surname_of(name) for name in names]
        return surnames, [name[len(own) :] for name, own in zip(names, surnames, strict=True)], self.index.name_counts

    @cached_property
    def _surnames(self) -> _Counts:
        surnames, _, counts = self._parts
        return _sums(surnames, counts)

    @cached_property
    def _givens(self) -> _Counts:
        _, givens, counts = self._parts
        return _sums(givens, counts)

    @cached_property
    def _given_sounds(self) -> _Counts:
        return _sums([sound_of(given) for given in self._givens], np.array([*self._givens.values()]))

    @cached_property
    def _firsts(self) -> _Counts:
        return _sums_of_parts((given[:-1], count) for given, count in self._givens.items())

    @cached_property
    def _lasts(self) -> _Counts:
        return _sums_of_parts((given[-1:], count) for given, count in self._givens.items())

    @cached_property
    def _first_sounds(self) -> _Counts:
        return _sums_of_parts((sound.split()[:-1], count) for sound, count in self._given_sounds.items())

    @cached_property
    def _last_sounds(self) -> _Counts:
        return _sums_of_parts((sound.split()[-1:], count) for sound, count in self._given_sounds.items())

    @cached_property
    def _surname_of_person(self) -> tuple[dict[str, int], NDArray[np.int32]]:
        """The number of every surname, and that of each person."""
        surnames, _, _ = self._parts
        kinds, numbers = np.unique(np.array(surnames, dtype=np.str_), return_inverse=True)
        return {str(kind): place for place, kind in enumerate(kinds)}, numbers.astype(np.int32)[self.index.person_name]

    @cached_property
    def _surname_counts(self) -> dict[str, NDArray[np.int32]]:
        """By the divisions asked for so far: how many persons have each surname."""
        return {}


def _sums(kinds: Iterable[str], counts: NDArray[np.int64]) -> _Counts:
    found = _Counts()
    for kind, count in zip(kinds, counts.tolist(), strict=True):
        found[kind] += count
    return found


def _sums_of_parts(counts: Iterable[tuple[Iterable[str], int]]) -> _Counts:
    found = _Counts()
    for parts, count in counts:
        for part in parts:
            found[part] += count
    return found


def _share(counts: _Counts, key: str, kinds: int) -> float:
    """Share of a kind without one of its own; so many more kinds as were seen could still come."""
    return (max(counts[key] - 1, 0) + len(counts) / kinds) / (counts.together + len(counts))
