"""MinHash signatures of texts: reprints and repeated petitions have signatures that meet.

A signature is made of the character n-grams that remain when spaces and punctuation are dropped. Storage keeps the
bands as keys; texts that share a band are candidates, `similarity` says roughly how near two of them are, and
`nlp.repeats.overlap` reads both texts before anything is decided.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

VERSION = "minhash-2"

SHORTEST = 12
"""Characters from which a text has enough n-grams to be compared; shorter ones only meet their exact copies."""

# Two texts of one genre that have nothing to do with each other share 4 times as many bigrams as 4-grams; of 200,000
# texts some dozens then meet by chance and not a thousand. Longer ones would miss texts copied with slips of the pen.
GRAM = 4
# 24 bands of 2 rows meet nearly always from a similarity of 0.45 upwards, which is what a reprint keeps when two fifths
# of it are cut.
_BANDS = 24
_ROWS = 2
_VALUES = _BANDS * _ROWS
_NOT_COMPARED = re.compile(r"[\W_]+")
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_STEP = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
# Fixed for ever: stored signatures are compared with new ones.
_CONSTANTS = np.random.Generator(np.random.PCG64(20211124)).integers(0, 2**64, size=(2, _VALUES, 1), dtype=np.uint64)
_FACTORS, _MASKS = _CONSTANTS[0] | np.uint64(1), _CONSTANTS[1]
_POSITIONS = np.arange(1, _BANDS + 1, dtype=np.uint64) * _STEP
_AT_ONCE = 512
"""N-grams permuted in one step, which stays in the processor's cache: a book needs no more memory than a letter."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text in order to find its near-duplicates."""

    bands: tuple[int, ...]
    """Keys of 32 bits, the band's position mixed in; two texts that share one are candidates."""
    values: bytes
    """The MinHash values as little-endian 32-bit numbers, or the digest of a very short text."""


@dataclass(frozen=True)
class Compared:
    """A text as it is compared: made once, used for its signature and for every reading beside another one."""

    characters: str
    """Without spaces and punctuation, which every medium sets its own way."""

    @classmethod
    def of(cls, content: str) -> "Compared":
        """What is compared of the text."""
        return cls(_NOT_COMPARED.sub("", content))

    @property
    def is_very_short(self) -> bool:
        """True when only its exact copies are like it."""
        return len(self.characters) < SHORTEST

    @cached_property
    def grams(self) -> NDArray[np.uint64]:
        """A hash of each run of `GRAM` characters, in the order of the text."""
        return _grams(self.characters)

    @cached_property
    def sorted_grams(self) -> NDArray[np.uint64]:
        """The same in ascending order."""
        return np.sort(self.grams)


def signature(text: Compared) -> Signature:
    """The text's signature; a very short text gets one that only its exact copies share."""
    return signatures([text])[0]


def signatures(texts: Sequence[Compared]) -> list[Signature]:
    """The signature of each text; many together cost less than each alone."""
    long = [text for text in texts if not text.is_very_short]
    hash_together(long)
    values = _minhashes([text.grams for text in long])
    made = (
        Signature(tuple(bands), stored.tobytes())
        for bands, stored in zip(_bands(values).tolist(), values.astype("<u4"), strict=True)
    )
    return [_of_very_short(text) if text.is_very_short else next(made) for text in texts]


def hash_together(texts: Iterable[Compared]) -> None:
    """Hash the n-grams of many texts in one step; each text then has its own."""
    unhashed = list({id(text): text for text in texts if "grams" not in vars(text)}.values())
    whole, start = _grams("".join(text.characters for text in unhashed)), 0
    for text in unhashed:
        end = start + len(text.characters)
        # Copied, lest a text that is kept keeps all others; what reaches into the next text is no n-gram of this one.
        vars(text)["grams"] = whole[start : max(start, end - GRAM + 1)].copy()
        start = end


def _of_very_short(text: Compared) -> Signature:
    digest = hashlib.blake2b(text.characters.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return Signature((int.from_bytes(digest[:4], "little"),), digest)


def bands_of(values: bytes) -> tuple[int, ...]:
    """The bands of a stored signature, as `signature` made them."""
    if len(values) != _VALUES * 4:
        return (int.from_bytes(values[:4], "little"),)
    return tuple(_bands(np.frombuffer(values, dtype="<u4").astype(np.uint64)).tolist())


def similarity(values_a: bytes, values_b: bytes) -> float:
    """The estimated Jaccard similarity of the n-grams, 0 to 1; a short text is 1 to its copies and 0 to all others."""
    return similarities(values_a, [values_b])[0]


def similarities(values: bytes, others: Sequence[bytes]) -> list[float]:
    """The same to each of several signatures at once."""
    return similarities_of_pairs([(values, other) for other in others])


def similarities_of_pairs(pairs: Sequence[tuple[bytes, bytes]]) -> list[float]:
    """The same of many pairs at once."""
    long = [(one, other) for one, other in pairs if len(one) == len(other) == _VALUES * 4]
    ones = np.frombuffer(b"".join([one for one, _ in long]), dtype="<u4")
    others = np.frombuffer(b"".join([other for _, other in long]), dtype="<u4")
    equal = np.count_nonzero((ones == others).reshape(-1, _VALUES), axis=1) / _VALUES
    made = iter(equal.tolist())
    return [next(made) if len(one) == len(other) == _VALUES * 4 else float(one == other) for one, other in pairs]


def _grams(characters: str) -> NDArray[np.uint64]:
    points = np.frombuffer(characters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = len(points) - GRAM + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    codes = points[:count].copy()
    for offset in range(1, GRAM):
        codes = codes * _STEP + points[offset : offset + count]
    return _mixed(codes)


def _minhashes(grams: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """One row of values for each text; none of them is without n-grams."""
    smallest = np.full((len(grams), _VALUES), 2**64 - 1, dtype=np.uint64)
    starts = np.cumsum([0, *map(len, grams)])
    hashes = np.concatenate([*grams, np.empty(0, dtype=np.uint64)])
    for start in range(0, len(hashes), _AT_ONCE):
        # Multiply-shift: Dietzfelbinger et al., A reliable randomized algorithm for the closest-pair problem, 1997.
        permuted = hashes[start : start + _AT_ONCE] ^ _MASKS
        permuted *= _FACTORS
        # The texts with n-grams in this step: the first may have begun in an earlier one, the last end in a later one.
        first = int(np.searchsorted(starts, start, side="right")) - 1
        last = int(np.searchsorted(starts, start + permuted.shape[1]))
        found = np.minimum.reduceat(permuted, np.maximum(starts[first:last] - start, 0), axis=1).T
        np.minimum(smallest[first:last], found, out=smallest[first:last])
    return smallest >> _HALF


def _bands(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    first, second = values[..., 0::_ROWS], values[..., 1::_ROWS]
    return _mixed(((first << _HALF) | second) + _POSITIONS) >> _HALF


def _mixed(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread over 64 bits: the finaliser of SplitMix64 (Steele, Lea, Flood 2014)."""
    codes = (codes ^ (codes >> np.uint64(30))) * _MIX[0]
    codes = (codes ^ (codes >> np.uint64(27))) * _MIX[1]
    return codes ^ (codes >> np.uint64(31))
