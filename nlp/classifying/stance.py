"""Which clauses take a difficulty back: they deny it, only suppose it, tell that it was settled or lies long ago.

The method is ConText's (Harkema and others 2009): a cue, how far it reaches, what cancels it; the reach follows Chinese
punctuation. Windows are bounded, so that a text of nothing but cues is read in time that grows with its length.
"""

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from domain.risk import Risk
from nlp.classifying.stance_lexicon import Cue, Reach, Stance, StanceLexicon, load_stance_lexicon
from nlp.clauses import Clause

_NEAR = 4
"""Characters before a word in which a negator speaks of it."""
_BEFORE, _AFTER = 60, 150
"""Characters before a cue, in its clause, and after a denied word in which something may take it back."""
_STOPS = frozenset("。！？!?；;\n")


@dataclass(frozen=True, slots=True)
class Takeback:
    """The clauses of a text, by their number, that say something to the contrary of one category."""

    stances: Mapping[int, Stance]
    fine: frozenset[int]
    """Clauses that say all is well or only ask; they neither carry the category nor take it back."""
    after_all: frozenset[int]
    """Clauses that begin with a contrast: 但, 就是."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    cue: Cue
    pattern: re.Pattern[str]


class StanceReader:
    """Finds cues in a text and the clauses that they speak of."""

    def __init__(self, lexicon: StanceLexicon) -> None:
        """Compile the lexicon."""
        self.limits = lexicon.limits
        self._cues = tuple(_Compiled(cue, re.compile(cue.pattern)) for cue in lexicon.cue)
        denial = lexicon.denial
        self._negator = re.compile(denial.negators)
        start = f"(?:{denial.negators})(?:{denial.between}){{0,{denial.most_between}}}"
        self._denials = {risk: re.compile(f"{start}(?P<word>{words})") for risk, words in denial.words.items()}
        self._never = re.compile(denial.never)
        self._words = _Words(
            asking=re.compile(lexicon.asking.pattern),
            plea=re.compile(lexicon.plea.pattern),
            well=re.compile(lexicon.turn.well),
            today=re.compile(lexicon.turn.today),
            contested={stance: re.compile(pattern) for stance, pattern in lexicon.contested.items()},
        )
        self._inside = {stance: re.compile(pattern) for stance, pattern in lexicon.inside.items()}
        self._guards = {stance: re.compile(pattern) for stance, pattern in lexicon.guard.items()}
        self._fine, self._not_fine = re.compile(lexicon.fine.pattern), re.compile(lexicon.fine.never)
        self._contrast = re.compile(lexicon.contrast.pattern)
        self.contrasts = lexicon.contrast.speaks

    def read(
        self, content: str, clauses: Sequence[Clause], risks: Sequence[Risk], believed: Container[Stance]
    ) -> dict[Risk, Takeback]:
        """Of every risk that some clause takes back in a way that is believed: which clauses do, and how."""
        places = _Places(content, clauses, self._words)
        found: dict[Risk, dict[int, Stance]] = {risk: {} for risk in risks}
        for risk, stance, numbers in self._spoken_of(places, risks):
            if stance in believed:
                for number in numbers:
                    found[risk].setdefault(number, stance)
        if not any(found.values()):
            return {}
        fine = frozenset(number for number, one in enumerate(clauses) if self._is_fine(one.text))
        after_all = frozenset(number for number, one in enumerate(clauses) if self._contrast.search(one.text)) - fine
        return {
            risk: Takeback(stances, fine - stances.keys(), after_all - stances.keys())
            for risk, stances in found.items()
            if stances
        }

    def _is_fine(self, clause: str) -> bool:
        return bool(self._fine.search(clause)) and not self._not_fine.search(clause)

    def _spoken_of(self, places: "_Places", risks: Sequence[Risk]) -> Iterator[tuple[Risk, Stance, range]]:
        for match, number in places.found(self._negator):
            for risk in risks:
                denial = self._denials[risk].match(places.content, match.start())
                if denial and self._denies(places, number, denial):
                    yield risk, Stance.DENIED, range(number, number + 1)
        for one in self._cues:
            wanted = [risk for risk in risks if risk in one.cue.risks]
            if not wanted:
                continue
            for match, number in places.found(one.pattern):
                if self._holds(places, one.cue, match, number):
                    reached = self._reached(places, one.cue.reach, number)
                    for risk in wanted:
                        yield risk, one.cue.stance, reached

    def _denies(self, places: "_Places", number: int, match: re.Match[str]) -> bool:
        begin = places.window(number, match)
        return not (
            self._never.search(places.content, begin, match.end() + 2)
            or self._guards[Stance.DENIED].search(places.content, begin, match.start())
            or places.contested_after(Stance.DENIED, match.end())
            or self._said_after_all(places.content[match.end() : match.end() + _AFTER], match["word"])
        )

    def _said_after_all(self, rest: str, word: str) -> bool:
        """工资没有拖到今年,拖了三年了: the word that was denied comes again, and nothing denies it there."""
        places = (found.start() for found in re.finditer(re.escape(word), rest))
        return any(not self._negator.search(rest, max(0, place - _NEAR), place) for place in places)

    def _holds(self, places: "_Places", cue: Cue, match: re.Match[str], number: int) -> bool:
        """Nothing before the cue in its clause and nothing after it takes the cue itself back."""
        inside = self._inside.get(cue.stance) if not cue.negates else None
        return not (
            self._guards[cue.stance].search(places.content, places.window(number, match), match.start())
            or places.contested_after(cue.stance, match.end())
            or (inside and inside.search(match[0]))
        ) and self._fits(places, cue, match)

    def _fits(self, places: "_Places", cue: Cue, match: re.Match[str]) -> bool:
        """The text as a whole is one in which the cue counts."""
        if (cue.needs_asking and not places.asks) or (cue.needs_no_plea and places.pleads):
            return False
        if cue.reach is Reach.TEXT:
            return match.start() < self.limits.opening or len(places.content) <= 3 * self.limits.opening
        return cue.reach is not Reach.TURN or cue.ended or places.turned_out_well

    def _reached(self, places: "_Places", reach: Reach, number: int) -> range:
        if reach is Reach.TEXT:
            return range(len(places.clauses))
        first, last = max(0, number - self.limits.farthest), number + 1 + self.limits.farthest
        match reach:
            case Reach.BEFORE:
                return range(first, number + 1)
            case Reach.REST:
                return range(number, places.sentence_end(number, last))
            case Reach.SENTENCE:
                return range(places.sentence_start(number, first), places.sentence_end(number, last))
            case Reach.TURN:
                return range(number, places.today_after(number, last))
        return range(number, number + 1)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is looked for in a text as a whole."""

    asking: re.Pattern[str]
    plea: re.Pattern[str]
    well: re.Pattern[str]
    today: re.Pattern[str]
    contested: Mapping[Stance, re.Pattern[str]]


class _Places:
    """One text: where its clauses and sentences begin and end, and what holds for all of it."""

    def __init__(self, content: str, clauses: Sequence[Clause], words: _Words) -> None:
        self.content, self.clauses, self._words = content, clauses, words
        self._begins = [clause.start for clause in clauses]
        self._last: dict[Stance, int] = {}

    @cached_property
    def asks(self) -> bool:
        return bool(self._words.asking.search(self.content))

    @cached_property
    def pleads(self) -> bool:
        return bool(self._words.plea.search(self.content))

    @cached_property
    def turned_out_well(self) -> bool:
        return bool(self._words.well.search(self.content))

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int]]:
        """Every match and the number of the clause in which it begins."""
        for match in pattern.finditer(self.content):
            number = bisect_right(self._begins, match.start()) - 1
            if number >= 0:
                yield match, number

    def window(self, number: int, match: re.Match[str]) -> int:
        """Where that begins which stands before a match in its clause."""
        return max(self.clauses[number].start, match.start() - _BEFORE)

    def contested_after(self, stance: Stance, place: int) -> bool:
        """Something after the place says that the difficulty goes on all the same."""
        if stance not in self._last:
            begins = (match.start() for match in self._words.contested[stance].finditer(self.content))
            self._last[stance] = max(begins, default=-1)
        return self._last[stance] >= place

    def today_after(self, number: int, last: int) -> int:
        """The next clause that speaks of today, `last` or the end of the text."""
        last = min(last, len(self.clauses))
        turns = (one for one in range(number + 1, last) if self._words.today.search(self.clauses[one].text))
        return next(turns, last)

    def sentence_start(self, number: int, first: int) -> int:
        """Its first clause, or `first`."""
        while number > first and not self._stops_after(number - 1):
            number -= 1
        return number

    def sentence_end(self, number: int, last: int) -> int:
        """The clause after its last, or `last`."""
        while number + 1 < min(last, len(self.clauses)) and not self._stops_after(number):
            number += 1
        return number + 1

    def _stops_after(self, number: int) -> bool:
        after = self.content[self.clauses[number].end : self.clauses[number + 1].start]
        return not _STOPS.isdisjoint(after)


@cache
def load_stance_reader() -> StanceReader:
    """The reader with the shipped vocabulary."""
    return StanceReader(load_stance_lexicon())
