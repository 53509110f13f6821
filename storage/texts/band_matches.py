"""Which documents meet in the bands of the index, for a whole batch at once.

A batch of two hundred documents has thousands of bands, and nearly all of them are in one document only: looked at one
by one they would cost more than the database does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from storage.texts.packed_bands import PAIR, Pairs

_CROWDED = 32
"""Documents in one band from which it holds a form's printed words; later ones are found by their other bands."""
_NEAREST = 8
"""Candidates kept for one text: those that share the most bands."""
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Asked:
    """Documents that are looked for, in the order in which they came in."""

    bands: Sequence[Sequence[int]]
    numbers: Sequence[int]
    """Of each the number in the index."""
    new: Sequence[bool]
    """For each whether its bands are not in the index yet."""


def matches(held: Pairs, asked: Asked) -> tuple[list[list[int]], Pairs]:
    """For each document the numbers of those before it that share the most bands with it; the bands to be added.

    `held` are the pairs of the index with one of the bands.
    """
    # Four bytes hold a number in the index: a larger one is refused here.
    numbers = np.array(asked.numbers, dtype=np.uint32).astype(np.uint64)
    place, band = _apart(_each_once(asked.bands))
    is_new = np.array(asked.new, dtype=np.bool_)[place]
    members = _Members.of(held, band[is_new], place[is_new], numbers)
    return _nearest(*_shared(members, band, place, numbers), len(numbers)), members.added()


@dataclass(frozen=True, slots=True)
class _Members:
    """The documents of every band, in the order of the bands and within each in that in which they came in."""

    band: NDArray[np.uint64]
    number: NDArray[np.uint64]
    since: NDArray[np.uint64]
    """From which place of the batch on the document is in the band; 0 where it was there before."""

    @classmethod
    def of(
        cls,
        held: Pairs,
        band: NDArray[np.uint64],
        place: NDArray[np.uint64],
        numbers: NDArray[np.uint64],
    ) -> "_Members":
        """Those of the index and those of the batch that find room."""
        bands = np.concatenate([held["band"].astype(np.uint64), band])
        members = np.concatenate([held["number"].astype(np.uint64), numbers[place]])
        since = np.concatenate([np.zeros(len(held), dtype=np.uint64), place + np.uint64(1)])
        order = np.lexsort((since, bands))
        bands, since = bands[order], since[order]
        crowd = np.arange(len(bands)) - bands.searchsorted(bands)
        kept = (since == 0) | (crowd < _CROWDED)
        return cls(bands[kept], members[order][kept], since[kept])

    def added(self) -> Pairs:
        """Those of the batch."""
        new = self.since > 0
        pairs = np.empty(np.count_nonzero(new), dtype=PAIR)
        pairs["band"], pairs["number"] = self.band[new], self.number[new]
        return pairs


def _each_once(bands: Sequence[Sequence[int]]) -> NDArray[np.uint64]:
    """Every band of every document once: the document's place in the upper half, the band in the lower."""
    flat = np.fromiter(chain.from_iterable(bands), dtype=np.uint64)
    places = np.repeat(np.arange(len(bands), dtype=np.uint64), list(map(len, bands)))
    return np.unique(places << _HALF | flat)


def _apart(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    return keys >> _HALF, keys & _LOW


def _shared(
    members: _Members, band: NDArray[np.uint64], place: NDArray[np.uint64], numbers: NDArray[np.uint64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.intp]]:
    """Places of the batch, numbers of documents that were there before, and how many bands each two share."""
    first = members.band.searchsorted(band)
    count = members.band.searchsorted(band, side="right") - first
    rows = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
    beside = np.repeat(place, count)
    met = (members.since[rows] <= beside) & (members.number[rows] != numbers[beside])
    keys, bands = np.unique(beside[met] << _HALF | members.number[rows[met]], return_counts=True)
    return *_apart(keys), bands


def _nearest(
    place: NDArray[np.uint64], number: NDArray[np.uint64], bands: NDArray[np.intp], documents: int
) -> list[list[int]]:
    order = np.lexsort((number, -bands, place))
    found = number[order].tolist()
    starts = place.searchsorted(np.arange(documents + 1, dtype=np.uint64)).tolist()
    return [found[start : min(end, start + _NEAREST)] for start, end in pairwise(starts)]
