"""How much of one text stands in another, and whether they are one text: reprinted, cut, or copied with slips.

Read before two texts are called near-duplicates. What a medium does to a text it reprints is done in whole stretches:
it cuts paragraphs, adds a note, sets another headline. A form filled in for somebody else differs in many short places,
each time on both sides: another name, another sum, another day. A number that only grew (1号机井, 11号机井) differs on
one side alone. The thresholds are measured in benchmarks/near_duplicates.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.words.lexicon_file import read_lexicon
from nlp.repeats.differences import LONGEST, Difference, Place, differences
from nlp.repeats.near_duplicates import GRAM, Compared, hash_together

_LEXICON = Path(__file__).parents[1] / "lexicons" / "reprints.yml"
_LEAST_OF_THE_LONGER = 0.5
"""A text that stands in one twice as long is quoted there."""
_LEAST_OF_THE_SHORTER = 0.7
_CHARACTERS_PER_CHANGE = 60.0
_LEAST_CHANGES = 2
_NUMERALS = frozenset("0123456789一二两三四五六七八九十百千万")


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share, spaces and punctuation left aside."""

    longer: float
    """Share of the longer text's characters that stand in the shorter one."""
    shorter: float
    """Share of the shorter text's characters that stand in the longer one."""
    shared: int
    """Characters that both have, counted in the shorter text."""
    changes: int
    """Short places between shared stretches where each text says something of its own; twice those with a number.

    Counted where each holds most of the other, 0 where it does not. A number that has more digits in one of the texts
    is such a place, though the other says nothing of its own there.
    """
    differences: Sequence[Difference] = field(default=(), compare=False)
    """Of two that are one text and no form, the places where each may say something else, those at the ends too."""

    @property
    def is_one_text(self) -> bool:
        """True when each holds most of the other."""
        return self.longer >= _LEAST_OF_THE_LONGER and self.shorter >= _LEAST_OF_THE_SHORTER

    @property
    def is_one_form(self) -> bool:
        """True when so many short places differ that one form was filled in twice."""
        return self.changes > max(_LEAST_CHANGES, self.shared / _CHARACTERS_PER_CHANGE)


def overlap(one: Compared, other: Compared) -> Overlap:
    """What two texts share; a very short text shares all with its copy and nothing with any other."""
    return overlaps([(one, other)])[0]


def overlaps(pairs: Sequence[tuple[Compared, Compared]]) -> list[Overlap]:
    """The same of several pairs; many together cost less than each alone."""
    hash_together(text for one, other in pairs if one.characters != other.characters for text in (one, other))
    return [_overlap(one, other) for one, other in pairs]


def _overlap(one: Compared, other: Compared) -> Overlap:
    shorter, longer = sorted((one, other), key=lambda text: len(text.characters))
    if shorter.characters == longer.characters != "":
        return Overlap(1.0, 1.0, len(shorter.characters), 0)
    if shorter.is_very_short:
        return Overlap(0.0, 0.0, 0, 0)
    grams_in_shorter, grams_in_longer = _shared_grams(shorter, longer), _shared_grams(longer, shorter)
    in_shorter, in_longer = _covered(grams_in_shorter), _covered(grams_in_longer)
    shared = int(np.count_nonzero(in_shorter))
    found = Overlap(int(np.count_nonzero(in_longer)) / len(in_longer), shared / len(in_shorter), shared, 0)
    if not found.is_one_text:
        return found
    places = _places(grams_in_shorter), _places(grams_in_longer)
    weights, grown = zip(_changes(shorter.characters, places[0]), _changes(longer.characters, places[1]), strict=True)
    found = Overlap(found.longer, found.shorter, shared, min(weights) + max(grown))
    if found.is_one_form:
        return found
    return replace(found, differences=differences(shorter.characters, places[0], longer.characters, places[1], GRAM))


def body_of(text: str) -> str:
    """The text without the lines that a medium puts around it: where it is from, who edited it, what to click."""
    kept = [line for line in text.split("\n") if not _around().match(line.strip())]
    return "\n".join(kept) if kept else text


def _shared_grams(text: Compared, other: Compared) -> NDArray[np.bool_]:
    """For each n-gram of `text`, whether it stands in `other`."""
    places = other.sorted_grams.searchsorted(text.grams)
    found: NDArray[np.bool_] = other.sorted_grams.take(places, mode="clip") == text.grams
    return found


def _covered(shared: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each character of a text, whether it is part of a shared n-gram."""
    covered = np.zeros(len(shared) + GRAM - 1, dtype=np.bool_)
    for offset in range(GRAM):
        covered[offset : offset + len(shared)] |= shared
    return covered


def _places(shared: NDArray[np.bool_]) -> list[Place]:
    """The short places of a text that no shared n-gram covers, and those where two shared stretches meet."""
    edges = ((shared[1:] != shared[:-1]).nonzero()[0] + 1).tolist()
    # Edges alternate between leaving a shared stretch and entering the next one.
    if not shared[0]:
        edges.insert(0, 1 - GRAM)
    if not shared[-1]:
        edges.append(len(shared) + GRAM - 1)
    places = ((left + GRAM - 1, end) for left, end in zip(edges[0::2], edges[1::2], strict=False))
    return [(start, end) for start, end in places if end - start <= LONGEST]


def _changes(text: str, places: Sequence[Place]) -> tuple[int, int]:
    """Weight of the places that are not at either end and say something; weight of numbers that only grew.

    A grown number is told where nothing but digits is new beside a digit, or where two shared stretches meet between
    two digits or overlap in nothing but digits: in 11号 and 1号 every sign is covered, yet the n-grams across differ.
    """
    said = grown = 0
    for start, end in places:
        if start == 0 or end == len(text):
            continue
        if _is_grown_number(text, start, end):
            grown += 2
        elif start < end:
            said += 1 if _NUMERALS.isdisjoint(text[start:end]) else 2
    return said, grown


def _is_grown_number(text: str, start: int, end: int) -> bool:
    if end < start:
        return _NUMERALS.issuperset(text[end:start])
    beside = (text[start - 1] in _NUMERALS) + (text[end] in _NUMERALS)
    return beside > (start == end) and _NUMERALS.issuperset(text[start:end])


@cache
def _around() -> re.Pattern[str]:
    patterns: dict[str, str] = read_lexicon(_LEXICON.read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns.values()))
