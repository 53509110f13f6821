"""Names of persons in a text, as written: 庞建国, 庞某某, 李*华, 薛大爷, 老张.

Every candidate has a score, and of two that overlap the better one stands. Who the person is, is told in `nlp.roles`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nlp.name_context import NameContext
from nlp.name_score import THRESHOLD, NameScore
from nlp.partial_names import PartialNames
from nlp.person_lexicon import PersonLexicon
from nlp.segmentation import Cut, Segmenter

# A masked name is hardly anything else; an address is worth less than a good full name.
_MASKED, _ADDRESSED, _KNOWN = 5.0, 4.0, 9.0


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; end is exclusive."""

    text: str
    start: int
    end: int
    score: float = THRESHOLD


class NameFinder:
    """Finds names by the lexicon of surnames and cues and by the segmenter's dictionary."""

    def __init__(self, lexicon: PersonLexicon, segmenter: Segmenter) -> None:
        """Use the given lexicon and segmenter."""
        context = NameContext(lexicon)
        self._segmenter = segmenter
        self._score = NameScore(lexicon, segmenter, context)
        self._partial = PartialNames(lexicon, segmenter, context)
        self._compound_surnames = lexicon.compound_surnames
        self._surname = re.compile(f"[{''.join(sorted(lexicon.surnames))}]")

    def find(self, content: str, taken: Iterable[tuple[int, int]] = (), *, known: str = "") -> list[Name]:
        """The names of the text in its order, the `known` one wherever it stands, none inside a place in `taken`."""
        spans = tuple(taken)
        blocked = {position for start, end in spans for position in range(start, end)}
        candidates = self._candidates(content, known, frozenset(end for _, end in spans))
        chosen = _without_overlap(list(candidates), blocked)
        return sorted((*chosen, *_repeated(content, chosen, blocked)), key=lambda name: name.start)

    def _candidates(self, content: str, known: str, place_ends: frozenset[int]) -> Iterator[Name]:
        cut = self._segmenter.cut(content)
        for start, end in self._partial.masked(content, cut):
            yield Name(content[start:end], start, end, _MASKED + 0.1 * (end - start))
        for start, end in self._partial.addressed(content, cut):
            yield Name(content[start:end], start, end, _ADDRESSED)
        yield from self._full_names(content, cut, place_ends)
        if len(known) > 1:
            for match in re.finditer(re.escape(known), content):
                yield Name(known, match.start(), match.end(), _KNOWN)

    def _full_names(self, content: str, cut: Cut, place_ends: frozenset[int]) -> Iterator[Name]:
        for match in self._surname.finditer(content):
            start = match.start()
            given_start = start + (2 if content[start : start + 2] in self._compound_surnames else 1)
            for end in range(given_start + 1, min(given_start + 2, len(content)) + 1):
                score = self._score.score(content, start, given_start, end, cut, place_ends)
                if score >= THRESHOLD:
                    yield Name(content[start:end], start, end, score)


def _without_overlap(candidates: Sequence[Name], blocked: set[int]) -> list[Name]:
    chosen: list[Name] = []
    used = set(blocked)
    for name in sorted(candidates, key=lambda one: (-one.score, one.start, -one.end)):
        span = range(name.start, name.end)
        if used.isdisjoint(span):
            used.update(span)
            chosen.append(name)
    return chosen


def _repeated(content: str, chosen: Sequence[Name], blocked: set[int]) -> Iterator[Name]:
    """Further places where a name that was found once stands again."""
    used = blocked.union(*(range(name.start, name.end) for name in chosen))
    for text in sorted({name.text for name in chosen}, key=len, reverse=True):
        for match in re.finditer(re.escape(text), content):
            span = range(match.start(), match.end())
            if used.isdisjoint(span):
                used.update(span)
                yield Name(text, match.start(), match.end())
