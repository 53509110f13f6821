"""Long texts as windows: read whole, nothing cut away, no clause cut through."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.clauses import Clause

LENGTH = 256
"""Characters the network reads at once; two texts of three fit."""


def windows_of(length: int, clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    """Begin and end of every window of a text of so many characters; together they are the whole text.

    `clauses` are in the order of the text, none longer than LENGTH.
    """
    return list(pairwise((0, *_cuts(length, clauses), length))) if length else []


def _cuts(length: int, clauses: Sequence[Clause]) -> Iterator[int]:
    """Where a new window begins: after the last clause that still fits."""
    begin = last = 0
    for start, end in (*((clause.start, clause.end) for clause in clauses), (length, length)):
        while end - begin > LENGTH:
            begin = last if last > begin else min(start, begin + LENGTH)
            yield begin
        last = end
