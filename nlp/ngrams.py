"""Weights of character n-grams: what the linear model and the clause model are made of.

Serving is NumPy alone: a command that reads one text would otherwise spend a third of its time on importing what only
training needs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.portions import portions
from nlp.scorer import Array

LONGEST = 3
"""Characters that a key has room for."""
_BITS = np.uint64(21)
"""Of a character's number in Unicode."""
_WHITE = re.compile(r"\s\s+")
_SEPARATOR = "\x1e"
_MOST_CHARACTERS = 20_000
"""Read at once: keeps memory flat whatever comes in."""


class _Cells(NamedTuple):
    """The n-grams of some texts, ordered by text; each n-gram of a text once."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    values: Array
    """Sublinear term frequency (1 + log) times inverse document frequency."""


@dataclass(frozen=True)
class NgramWeights:
    """N-grams with their inverse document frequencies and a weight for each answer."""

    vocabulary: tuple[str, ...]
    idf: Array
    """Shape (features,)."""
    weights: Array
    """Shape (features, answers)."""
    reach: tuple[int, int]
    """Shortest and longest n-gram."""

    def scores(self, contents: Sequence[str]) -> Array:
        """Shape (texts, answers): weights of the n-grams of texts brought to unit length."""
        return self._sums(contents, self.weights, to_unit_length=True)

    def sums(self, contents: Sequence[str], answer: int) -> Array:
        """Shape (texts,): weights of the n-grams of texts for one answer, not brought to unit length."""
        return self._sums(contents, self.weights[:, [answer]], to_unit_length=False)[:, 0]

    def _sums(self, contents: Sequence[str], weights: Array, *, to_unit_length: bool) -> Array:
        found = np.zeros((len(contents), weights.shape[1]), dtype=np.float32)
        for begin, end in portions(contents, _MOST_CHARACTERS):
            cells = self._cells(contents[begin:end])
            rows, firsts = np.unique(cells.rows, return_index=True)
            if not len(rows):
                continue
            sums = np.add.reduceat(cells.values[:, None] * weights[cells.columns], firsts)
            if to_unit_length:
                sums /= np.sqrt(np.add.reduceat(cells.values**2, firsts))[:, None]
            found[begin + rows] = sums
        return found

    def _cells(self, contents: Sequence[str]) -> _Cells:
        keys, order = self._sorted_keys
        own = [keys_of(content, self.reach) for content in contents]
        rows, every = np.repeat(np.arange(len(own)), [len(one) for one in own]), np.concatenate(own)
        places = np.minimum(np.searchsorted(keys, every), len(keys) - 1)
        known = keys[places] == every
        cells, counts = np.unique(rows[known] * len(keys) + order[places[known]], return_counts=True)
        rows, columns = np.divmod(cells, len(keys))
        return _Cells(rows, columns, (1 + np.log(counts)).astype(np.float32) * self.idf[columns])

    @cached_property
    def _sorted_keys(self) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
        """The vocabulary's keys in ascending order, and of each its place in the vocabulary."""
        table = np.array(self.vocabulary, dtype=f"<U{LONGEST}").view("<u4").reshape(-1, LONGEST).astype(np.uint64)
        characters = np.where(table > 0, table + np.uint64(1), np.uint64(0))
        keys = np.bitwise_or.reduce(characters << (_BITS * np.arange(LONGEST, dtype=np.uint64)), axis=1)
        order = np.argsort(keys)
        return keys[order], order


def keys_of(content: str, reach: tuple[int, int]) -> NDArray[np.uint64]:
    """A number for every n-gram in a text: small letters, several white characters in a row counted as one space."""
    characters = _numbers(_WHITE.sub(" ", content.lower()))
    shortest, longest = reach
    return np.concatenate(
        [_keys(characters, length) for length in range(shortest, min(longest, len(characters)) + 1)]
        or [np.zeros(0, dtype=np.uint64)]
    )


def joined(vocabulary: Sequence[str]) -> bytes:
    """N-grams as the content of a file; line ends are written out, for some tools mend them in passing."""
    return _SEPARATOR.join(vocabulary).replace("\n", "\\n").encode()


def parted(content: bytes) -> tuple[str, ...]:
    """The n-grams of a file's content."""
    return tuple(content.decode("utf-8").replace("\\n", "\n").split(_SEPARATOR))


def _numbers(content: str) -> NDArray[np.uint64]:
    """From one on: nought stands where a short n-gram has no character."""
    encoded = content.encode("utf-32-le", "surrogatepass")
    return np.frombuffer(encoded, dtype="<u4").astype(np.uint64) + np.uint64(1)


def _keys(characters: NDArray[np.uint64], length: int) -> NDArray[np.uint64]:
    keys = np.zeros(len(characters) - length + 1, dtype=np.uint64)
    for place in range(length):
        keys |= characters[place : place + len(keys)] << (_BITS * np.uint64(place))
    return keys
