"""MinHash signatures of character bigrams, by which training texts are told apart.

The splits of the labelled texts and the choice of texts to label were made with these; another kind would deal the
texts anew and no figure measured before could be compared any more. The pipeline has its own
(`nlp.repeats.near_duplicates`).
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from datasketch import MinHash

SHORTEST = 12
"""Characters from which a text has enough bigrams to be compared; shorter ones only meet their exact copies."""

_PERMUTATIONS = 128
# 32 bands of 4 rows meet half of the time at a similarity of 0.36 and nearly always from 0.55 upwards, so that the
# threshold of 0.5 is decided by the values and not by the bands.
_BANDS = 32
_ROWS = _PERMUTATIONS // _BANDS
_BAND_BITS = 63
_NOT_COMPARED = re.compile(r"[\W_]+")
# Room for one character of Unicode; two of them make one bigram code.
_CHARACTER_BITS = np.uint64(21)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text in order to find its near-duplicates."""

    bands: tuple[int, ...]
    """Keys of 63 bits, the band's position mixed in; two texts that share one are candidates."""
    values: bytes
    """The MinHash values as little-endian 32-bit numbers, or the digest of a very short text."""


def signature(content: str) -> Signature:
    """The text's signature; a very short text gets one that only its exact copies share."""
    compared = _NOT_COMPARED.sub("", content)
    if len(compared) < SHORTEST:
        return _exact_signature(compared)
    values = _minhash(_bigrams(compared)).astype("<u4").tobytes()
    width = _ROWS * 4
    bands = (_band_key(position, values[position * width : (position + 1) * width]) for position in range(_BANDS))
    return Signature(tuple(bands), values)


def similarity(values_a: bytes, values_b: bytes) -> float:
    """The estimated Jaccard similarity of the bigrams, 0 to 1; a short text is 1 to its copies and 0 to all others."""
    if len(values_a) != len(values_b):
        return 0.0
    if len(values_a) != _PERMUTATIONS * 4:
        return float(values_a == values_b)
    return float(np.mean(np.frombuffer(values_a, dtype="<u4") == np.frombuffer(values_b, dtype="<u4")))


def _exact_signature(compared: str) -> Signature:
    digest = hashlib.blake2b(compared.encode(), digest_size=16).digest()
    return Signature((_band_key(_BANDS, digest),), digest)


def _bigrams(compared: str) -> NDArray[np.uint64]:
    characters = np.frombuffer(compared.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    codes: NDArray[np.uint64] = np.unique((characters[:-1] << _CHARACTER_BITS) | characters[1:])
    return codes


@cache
def _empty() -> "MinHash":
    from datasketch import MinHash  # it imports SciPy: every command would start a quarter of a second later

    return MinHash(num_perm=_PERMUTATIONS, seed=1, hashfunc=int)


def _minhash(bigrams: NDArray[np.uint64]) -> NDArray[np.uint64]:
    # datasketch permutes 32-bit hashes; the codes of neighbouring characters must first be spread over that range.
    spread = (bigrams * _MIX) >> np.uint64(32)
    minhash = _empty().copy()
    minhash.update_batch(spread.tolist())
    values: NDArray[np.uint64] = minhash.hashvalues
    return values


def _band_key(position: int, material: bytes) -> int:
    digest = hashlib.blake2b(material, digest_size=8, salt=position.to_bytes(2, "little")).digest()
    return int.from_bytes(digest, "little") >> (64 - _BAND_BITS)
