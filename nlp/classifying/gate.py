"""The gate before the news: a small model that tells ordinary news from what the reader should read.

Most of what a county's media publish tells of no difficulty, and reading it costs the most. The gate looks numbers of
single characters, pairs and triples up in one table, adds them up over the text and over every stretch of 8 and of 32
characters, keeps the strongest stretch, and weighs the lot in one hidden layer. It was taught by the reader's own
answers to texts of the media, and it is no reader: it finds nothing, it only says which texts are not worth a reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from domain.texts.analysis import Reading
from domain.words.vocabulary import Factuality, Scope
from nlp.manifests import digest_of, read_manifest
from nlp.portions import portions
from nlp.scorer import Array
from nlp.weighing import probabilities_of

WEIGHTS = "weights.npz"
LAYERS = ("floor", "hidden", "hidden_bias", "answer", "answer_bias")
"""Arrays of the file that are kept as they are; the table is kept in 8-bit numbers."""
STRETCHES = (8, 32)
"""Characters of the stretches of which the strongest counts; powers of two, so that sums are made of sums."""
FEWEST = 20
"""A shorter text is weighed as if it had so many characters."""
FEATURES = 2 + len(STRETCHES)
"""Of every column of the table: its mean, its sum over the root of the length, and its strongest stretches."""
_REACH = STRETCHES[-1]
_GAP = "\0" * _REACH
_MOST_CHARACTERS = 20_000
"""Weighed at once: keeps the numbers in the processor's cache."""
_BITS_OF_A_NUMBER = 32


class GateManifest(BaseModel):
    """What the gate is, whose answers it learned, and from where it lets a text through."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    least: float
    """Log-odds from which a text is read."""
    readers: tuple[str, ...]
    """Versions of the reader of which it was measured that the gate loses no more than it may."""
    trained_on: str
    weights_sha256: str


@dataclass(frozen=True)
class Gate:
    """Weights of hashed characters, pairs and triples, and of the layer that weighs their sums."""

    manifest: GateManifest
    table: Array
    """Shape (2 ** bits, columns)."""
    floor: Array
    """Shape (stretches, columns): added to the sum of a stretch; below nought a stretch counts as nought."""
    hidden: Array
    """Shape (FEATURES * columns, units)."""
    hidden_bias: Array
    answer: Array
    """Shape (units,)."""
    answer_bias: Array

    @cached_property
    def version(self) -> str:
        """Name of the weights, and of the threshold that may have been reviewed since."""
        return f"{self.manifest.version}-{digest_of(self.manifest)}"

    def with_least(self, least: float) -> "Gate":
        """The same gate that lets texts through from these log-odds on."""
        return replace(self, manifest=self.manifest.model_copy(update={"least": least}))

    def passed_by(self, contents: Sequence[str]) -> list[Reading | None]:
        """For each text a reading without a category where the reader need not read it; None where it should."""
        scores = self.scores(contents)
        return [
            self._nothing(float(probability)) if score < self.manifest.least else None
            for score, probability in zip(scores, probabilities_of(scores), strict=True)
        ]

    def _nothing(self, probability: float) -> Reading:
        return Reading(
            risk_probability=round(probability, 4),
            labels=(),
            scope=Scope.NONE,
            relocation=False,
            accusation=False,
            urgent=False,
            factuality=Factuality.NONE,
            groups=(),
            model=self.version,
        )

    def scores(self, contents: Sequence[str]) -> Array:
        """Shape (texts,): log-odds that the reader would find something; the same alone and beside other texts."""
        parts = portions(contents, _MOST_CHARACTERS, apart=_REACH)
        found = [self._weighed(contents[begin:end]) for begin, end in parts]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.float32)

    def _weighed(self, contents: Sequence[str]) -> Array:
        features = self._features(contents)
        # einsum adds in one order whatever the number of texts, which matrix products do not.
        units = np.maximum(np.einsum("tf,fu->tu", features, self.hidden) + self.hidden_bias, 0.0)
        return np.asarray(np.einsum("tu,u->t", units, self.answer) + self.answer_bias, dtype=np.float32)

    def _features(self, contents: Sequence[str]) -> Array:
        texts = [as_weighed(content) for content in contents]
        numbers = numbers_of(_GAP.join(texts) + _GAP)
        lengths = np.array([len(text) for text in texts])
        begins = np.cumsum(lengths + _REACH) - lengths - _REACH
        one, two, three = places_of(numbers, self._bits)
        every = self._padded[one] + self._padded[two] + self._padded[three]
        sums, counted = np.add.reduceat(every, begins), np.maximum(lengths, FEWEST)[:, None].astype(np.float32)
        found = [sums / counted, sums / np.sqrt(counted)]
        borders, width = np.stack([begins, begins + lengths], axis=1).ravel(), 1
        for stretch, floor in zip(STRETCHES, self.floor, strict=True):
            while width < stretch:
                every, width = every[:-width] + every[width:], width * 2
            found.append(np.maximum(np.maximum.reduceat(every, borders)[::2] + floor, 0.0))
        return np.concatenate(found, axis=1)

    @property
    def _bits(self) -> int:
        return len(self.table).bit_length() - 1

    @cached_property
    def _padded(self) -> Array:
        """The table, and a row of noughts for what stands between texts."""
        return np.concatenate([self.table, np.zeros((1, self.table.shape[1]), dtype=np.float32)])


_ONE, _TWO, _THREE = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0x27D4EB2F)
_MIX: Final = (np.uint32(0x7FEB352D), np.uint32(0xC2B2AE35), np.uint32(0x165667B1), np.uint32(0x846CA68B))
"""Large odd numbers: multiplying by them spreads neighbours over all bits."""


def as_weighed(content: str) -> str:
    """The text in small letters, without the sign that stands between texts, and never empty."""
    return content.lower().replace("\0", " ") or " "


def numbers_of(content: str) -> NDArray[np.uint32]:
    """Shape (characters,): their numbers in Unicode."""
    return np.frombuffer(content.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)


def places_of(numbers: NDArray[np.uint32], bits: int) -> NDArray[np.int64]:
    """Shape (3, characters): where character, pair and triple stand in a table of 2 ** bits rows; a nought is no text.

    What begins with a nought stands in the row behind the table.
    """
    shift = np.uint32(_BITS_OF_A_NUMBER - bits)
    one = np.concatenate([numbers, np.zeros(2, dtype=np.uint32)]) * _ONE
    first, others = one[:-2], one ^ (one >> np.uint32(15))
    pair = np.asarray((first + others[1:-1] * _TWO) * _MIX[1], dtype=np.uint32)
    pair ^= pair >> np.uint32(15)
    triple = (pair + others[2:] * _THREE) * _MIX[2]
    alone = (first ^ (first >> np.uint32(13))) * _MIX[0]
    found = np.asarray(np.stack([alone, pair * _MIX[3], triple]), dtype=np.uint32) >> shift
    found[:, numbers == 0] = 1 << bits
    return found.astype(np.int64)


def load_gate(folder: Path) -> Gate:
    """The gate of a folder.

    Raises:
        ModelError: when a file is missing, or is not the one that the manifest names.
    """
    manifest, contents = read_manifest(folder, GateManifest, {WEIGHTS: "weights_sha256"})
    with np.load(BytesIO(contents[WEIGHTS]), allow_pickle=False) as arrays:
        table = arrays["table"].astype(np.float32) * arrays["scale"].astype(np.float32)
        return Gate(manifest, table, **{name: arrays[name].astype(np.float32) for name in LAYERS})
