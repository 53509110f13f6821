"""Names of persons in a text, as written: 庞建国, 庞某某, 李*华, 薛大爷, 老张, 二狗, 张三家儿子.

Every candidate has a score, and of two that overlap the better one stands. Who the person is, is told in `nlp.roles`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nlp.given_names import GivenNames
from nlp.kinship import load_kinship
from nlp.name_context import NameContext
from nlp.name_score import THRESHOLD, NameScore
from nlp.partial_names import PartialNames
from nlp.person_lexicon import PersonLexicon
from nlp.segmentation import Cut, Segmenter

# A masked name is hardly anything else; an address is worth less than a good full name, a given name alone least.
_MASKED, _ADDRESSED, _GIVEN, _KNOWN = 5.0, 4.0, 3.2, 9.0
_NEIGHBOUR = 1.5
"""What it is worth to stand right beside a name in a list: 王拴狗、王拴马."""
_JOINT = frozenset("、和与及 　")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; end is exclusive."""

    text: str
    start: int
    end: int
    score: float = THRESHOLD
    family: str = ""
    """Of 张三家儿子 the name 张三."""


class NameFinder:
    """Finds names by the lexicon of surnames and cues and by the segmenter's dictionary."""

    def __init__(self, lexicon: PersonLexicon, segmenter: Segmenter) -> None:
        """Use the given lexicon and segmenter."""
        context = NameContext(lexicon)
        self._segmenter = segmenter
        self._score = NameScore(lexicon, segmenter, context)
        self._partial = PartialNames(lexicon, segmenter, context)
        self._given = GivenNames(lexicon, segmenter, context, load_kinship())
        compound = "|".join(sorted(lexicon.compound_surnames))
        self._surname = re.compile(f"(?=({compound})?([{''.join(sorted(lexicon.surnames))}])?)")
        members = "|".join(sorted(lexicon.family_members, key=len, reverse=True))
        self._member = re.compile(rf"家的?(?:{members})")

    def find(self, content: str, taken: Iterable[tuple[int, int]] = (), *, known: str = "") -> list[Name]:
        """The names of the text in its order, the `known` one wherever it stands, none inside a place in `taken`."""
        spans = tuple(taken)
        blocked = {position for start, end in spans for position in range(start, end)}
        cut = self._segmenter.cut(content)
        candidates = list(self._candidates(content, cut, known, frozenset(end for _, end in spans)))
        certain = [name for name in candidates if name.score >= THRESHOLD]
        chosen = _without_overlap(_beside(content, candidates, _without_overlap(certain, blocked)), blocked)
        chosen.extend(_repeated(content, chosen, blocked))
        chosen.extend(self._given_alone(content, cut, chosen, blocked))
        return sorted((self._with_member(content, name) for name in chosen), key=lambda name: name.start)

    def _candidates(self, content: str, cut: Cut, known: str, place_ends: frozenset[int]) -> Iterator[Name]:
        for start, end in self._partial.masked(content, cut):
            yield Name(content[start:end], start, end, _MASKED + 0.1 * (end - start))
        for start, end in (*self._partial.addressed(content, cut), *self._partial.called(content, cut)):
            yield Name(content[start:end], start, end, _ADDRESSED)
        for start, end in self._given.find(content, cut):
            yield Name(content[start:end], start, end, _GIVEN)
        yield from self._full_names(content, cut, place_ends)
        if len(known) > 1:
            for match in re.finditer(re.escape(known), content):
                yield Name(known, match.start(), match.end(), _KNOWN)

    def _given_alone(self, content: str, cut: Cut, chosen: Sequence[Name], blocked: set[int]) -> Iterator[Name]:
        used = blocked.union(*(range(name.start, name.end) for name in chosen))
        for start, end in self._given.alone(content, {name.text for name in chosen}, cut):
            if used.isdisjoint(range(start, end)):
                used.update(range(start, end))
                yield Name(content[start:end], start, end)

    def _with_member(self, content: str, name: Name) -> Name:
        """张三家儿子 is somebody else than 张三."""
        member = self._member.match(content, name.end)
        if member is None:
            return name
        return Name(content[name.start : member.end()], name.start, member.end(), name.score, family=name.text)

    def _full_names(self, content: str, cut: Cut, place_ends: frozenset[int]) -> Iterator[Name]:
        for match in self._surname.finditer(content):
            start = match.start()
            for surname in filter(None, (match[1], match[2])):
                given_start = start + len(surname)
                for end in range(given_start + 1, min(given_start + 2, len(content)) + 1):
                    score = self._score.score(content, start, given_start, end, cut, place_ends)
                    if score >= THRESHOLD - _NEIGHBOUR:
                        yield Name(content[start:end], start, end, score)


def _beside(content: str, candidates: Sequence[Name], certain: Sequence[Name]) -> list[Name]:
    """The certain names, and the likely ones that stand right beside one of them, from neighbour to neighbour."""
    found = list(certain)
    starts, ends = {name.start for name in found}, {name.end for name in found}
    likely = [name for name in candidates if name.score < THRESHOLD]
    grown = True
    while grown and likely:
        # The signs between two names of a list are never more than one.
        near = [
            one
            for one in likely
            if (one.start - 1 in ends and content[one.start - 1] in _JOINT)
            or (one.end + 1 in starts and content[one.end] in _JOINT)
        ]
        grown = bool(near)
        for name in near:
            likely.remove(name)
            found.append(name)
            starts.add(name.start)
            ends.add(name.end)
    return found


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
