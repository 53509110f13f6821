"""Builds the index of a register from its persons, one after the other, without keeping them as objects.

A million persons take 230 MB while the index is built (benchmarks/linking/results_1000000.md).
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from pipeline.linking.register_index import LONGEST, Registered, RegisterIndex, gaps_of
from pipeline.linking.sounds import sound_of

_AT_ONCE = 50_000
"""Strings that are held as objects before they become a part of an array."""


class _Numbered:
    """The distinct values of a column, and for every row the number of its value."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_rows = array("i")

    def add(self, value: str) -> None:
        self._of_rows.append(self._numbers.setdefault(value, len(self._numbers)))

    def sorted(self) -> tuple[NDArray[np.str_], NDArray[np.int32]]:
        """The values ascending, and for every row the place of its value among them."""
        values = np.array([*self._numbers] or [""], dtype=np.str_)[: len(self._numbers)]
        self._numbers.clear()
        order = np.argsort(values)
        places = np.empty(len(values), dtype=np.int32)
        places[order] = np.arange(len(values), dtype=np.int32)
        return values[order], places[np.frombuffer(self._of_rows, dtype=np.int32)]


def build_index(registered: Iterable[Registered]) -> RegisterIndex:
    """The index of a register; persons come in any order."""
    in_villages, in_households, called = _Numbered(), _Numbered(), _Numbered()
    for person in registered:
        in_villages.add(person.village.digits)
        in_households.add(person.household)
        called.add(person.name[:LONGEST])
    villages, person_village = in_villages.sorted()
    households, person_household = in_households.sorted()
    names, person_name = called.sorted()
    order = np.lexsort((person_household, person_village))
    person_name = person_name[order]
    sounds, sound_names = _ordered((sound_of(str(name)) for name in names), np.arange(len(names), dtype=np.int32))
    gaps, gap_names = _ordered((gap for name in names for gap in gaps_of(str(name))), _names_of_gaps(names))
    return RegisterIndex(
        villages=villages,
        village_starts=_starts(person_village, len(villages)),
        households=households,
        names=names,
        person_household=person_household[order],
        person_name=person_name,
        name_order=np.argsort(person_name, kind="stable").astype(np.int32),
        name_starts=_starts(person_name, len(names)),
        sounds=sounds,
        sound_names=sound_names,
        gaps=gaps,
        gap_names=gap_names,
    )


def _starts(places: NDArray[np.int32], kinds: int) -> NDArray[np.int64]:
    """Shape (kinds + 1,): where the rows of each begin when rows are sorted by their place."""
    return np.concatenate([[0], np.cumsum(np.bincount(places, minlength=kinds))]).astype(np.int64)


def _names_of_gaps(names: NDArray[np.str_]) -> NDArray[np.int32]:
    """For every gap of every name, in the order of `gaps_of`, the place of the name."""
    counts = np.fromiter((sum(1 for _ in gaps_of(str(name))) for name in names), dtype=np.int64, count=len(names))
    return np.repeat(np.arange(len(names), dtype=np.int32), counts)


def _ordered(keys: Iterable[str], places: NDArray[np.int32]) -> tuple[NDArray[np.str_], NDArray[np.int32]]:
    """The keys ascending, and beside each its place; equal keys stay in order."""
    every = np.concatenate([np.zeros(0, dtype="<U1"), *_parts(iter(keys))])
    order = np.argsort(every, kind="stable")
    return every[order], places[order]


def _parts(keys: Iterator[str]) -> Iterator[NDArray[np.str_]]:
    while part := list(islice(keys, _AT_ONCE)):
        yield np.array(part, dtype=np.str_)
