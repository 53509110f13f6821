"""Where two texts that are nearly the same say something else: each place in one text beside its place in the other."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 24
"""Characters of a place that says something else; what is longer is a sentence of its own, cut or added."""

Place = tuple[int, int]
"""Where characters begin that stand in one text only, and where they end; the end lies before the beginning where the
stretches that both texts share overlap, as the 1 does that 1号 and 11号 have in common."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a text; it is empty where only the other text says something."""

    text: str
    start: int
    end: int

    @property
    def says(self) -> str:
        """What stands there."""
        return self.text[self.start : self.end]


Difference = tuple[Passage, Passage]
"""What each of two texts says at one place, the same words around it."""


def differences(
    one: str, places: Iterable[Place], other: str, others: Iterable[Place], around: int
) -> list[Difference]:
    """The places of two texts that have the same `around` characters before them and behind them, in order."""
    beside: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in others:
        beside[_surroundings(other, place, around)].append(place)
    found = []
    for place in places:
        fitting = beside.get(_surroundings(one, place, around))
        if fitting:
            found.append(_without_what_is_shared(_passage(one, place), _passage(other, fitting.pop(0))))
    return found


def _without_what_is_shared(one: Passage, other: Passage) -> Difference:
    """The passages without what both begin with and end with: at a text's end that may be too little for an n-gram."""
    before = _alike(one.says, other.says)
    behind = _alike(one.says[before:][::-1], other.says[before:][::-1])
    first, second = (Passage(it.text, it.start + before, it.end - behind) for it in (one, other))
    return first, second


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _surroundings(text: str, place: Place, around: int) -> tuple[str, str]:
    start, end = place
    return text[max(start - around, 0) : start], text[end : end + around]


def _passage(text: str, place: Place) -> Passage:
    return Passage(text, min(place), max(place))
