"""Which clauses take a difficulty back: they deny it, only suppose it, tell that it was settled or lies long ago.

Vocabulary and its sources: `lexicons/stance.toml`. The method is ConText's (Harkema and others 2009): a cue, how far it
reaches, what cancels it; the reach follows Chinese punctuation.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from domain.risk import GUIDE_RISKS, Risk
from nlp.clauses import Clause

_LEXICON = Path(__file__).parent / "lexicons" / "stance.toml"
_EVERY = frozenset(GUIDE_RISKS)
_NEAR = 4
"""Characters before a word in which a negator speaks of it."""
_STOPS = frozenset("。！？!?；;\n")


class Stance(StrEnum):
    """How a clause takes a difficulty back."""

    DENIED = "denied"
    SUPPOSED = "supposed"
    SETTLED = "settled"
    PAST = "past"


class Reach(StrEnum):
    """Which clauses a cue speaks of."""

    CLAUSE = "clause"
    REST = "rest"
    SENTENCE = "sentence"
    BEFORE = "before"
    TURN = "turn"
    TEXT = "text"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bounds(_Part):
    """When a category goes; every field is explained in the lexicon."""

    carries: float
    speaks: float
    outweighed: float
    most: float
    agrees: dict[Stance, float]


class Limits(_Part):
    """How far cues reach, and the bounds for short and for long texts."""

    farthest: int = Field(ge=1)
    opening: int = Field(ge=1)
    brief: int = Field(ge=1)
    in_brief: Bounds
    in_long: Bounds
    withdrawn: float = Field(gt=0, lt=1)


class _Denial(_Part):
    negators: str
    between: str
    most_between: int = Field(ge=0)
    never: str
    words: dict[Risk, str]


class _Cue(_Part):
    stance: Stance
    reach: Reach
    gloss: str = Field(min_length=2)
    pattern: str = Field(min_length=2)
    risks: frozenset[Risk] = _EVERY
    negates: bool = False
    """Its own words hold a 没 or 不."""
    needs_asking: bool = False
    """Holds only in a text that asks or advises."""
    ended: bool = False
    """Of an age that is over whatever the rest of the text says."""


class _Asking(_Part):
    pattern: str


class _Turn(_Part):
    today: str
    well: str


class _Contrast(_Part):
    pattern: str
    speaks: float


class _Fine(_Part):
    pattern: str
    never: str


class StanceLexicon(_Part):
    """The file as it is written."""

    limits: Limits
    denial: _Denial
    cue: tuple[_Cue, ...]
    asking: _Asking
    turn: _Turn
    inside: dict[Stance, str]
    guard: dict[Stance, str]
    contested: dict[Stance, str]
    contrast: _Contrast
    fine: _Fine


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
    cue: _Cue
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
        self._asking = re.compile(lexicon.asking.pattern)
        self._today, self._well = re.compile(lexicon.turn.today), re.compile(lexicon.turn.well)
        self._inside = {stance: re.compile(pattern) for stance, pattern in lexicon.inside.items()}
        self._guards = {stance: re.compile(pattern) for stance, pattern in lexicon.guard.items()}
        self._contested = {stance: re.compile(pattern) for stance, pattern in lexicon.contested.items()}
        self._fine, self._not_fine = re.compile(lexicon.fine.pattern), re.compile(lexicon.fine.never)
        self._contrast = re.compile(lexicon.contrast.pattern)
        self.contrasts = lexicon.contrast.speaks

    def read(
        self, content: str, clauses: Sequence[Clause], risks: Sequence[Risk], believed: Container[Stance]
    ) -> dict[Risk, Takeback]:
        """Of every risk that some clause takes back in a way that is believed: which clauses do, and how."""
        places = _Places(content, clauses)
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

    def _spoken_of(self, places: "_Places", risks: Sequence[Risk]) -> Iterator[tuple[Risk, Stance, Iterator[int]]]:
        for match, number in places.found(self._negator):
            for risk in risks:
                denial = self._denials[risk].match(places.content, match.start())
                if denial and self._denies(places, number, denial):
                    yield risk, Stance.DENIED, iter((number,))
        for one in self._cues:
            wanted = [risk for risk in risks if risk in one.cue.risks]
            if not wanted:
                continue
            for match, number in places.found(one.pattern):
                if self._holds(places, one.cue, match, number):
                    reached = self._reached(places, one.cue.reach, number)
                    for risk in wanted:
                        yield risk, one.cue.stance, iter(reached)

    def _denies(self, places: "_Places", number: int, match: re.Match[str]) -> bool:
        begin = places.clauses[number].start
        return not (
            self._never.search(places.content, begin, match.end() + 2)
            or self._guards[Stance.DENIED].search(places.content, begin, match.start())
            or self._contested[Stance.DENIED].search(places.content, match.end())
            or self._said_after_all(places.content[match.end() :], match["word"])
        )

    def _said_after_all(self, rest: str, word: str) -> bool:
        """工资没有拖到今年,拖了三年了: the word that was denied comes again, and nothing denies it there."""
        places = (found.start() for found in re.finditer(re.escape(word), rest))
        return any(not self._negator.search(rest, max(0, place - _NEAR), place) for place in places)

    def _holds(self, places: "_Places", cue: _Cue, match: re.Match[str], number: int) -> bool:
        """Nothing before the cue in its clause and nothing after it takes the cue itself back."""
        if self._guards[cue.stance].search(places.content, places.clauses[number].start, match.start()):
            return False
        if self._contested[cue.stance].search(places.content, match.end()):
            return False
        if not cue.negates and cue.stance in self._inside and self._inside[cue.stance].search(match[0]):
            return False
        if cue.needs_asking and not self._asking.search(places.content):
            return False
        if cue.reach is Reach.TEXT:
            return match.start() < self.limits.opening or len(places.content) <= 3 * self.limits.opening
        if cue.reach is not Reach.TURN:
            return True
        return cue.ended or bool(self._well.search(places.content))

    def _reached(self, places: "_Places", reach: Reach, number: int) -> Sequence[int]:
        count = len(places.clauses)
        match reach:
            case Reach.CLAUSE:
                return (number,)
            case Reach.BEFORE:
                return range(max(0, number - self.limits.farthest), number + 1)
            case Reach.TEXT:
                return range(count)
            case Reach.REST:
                return range(number, places.sentence_end(number))
            case Reach.SENTENCE:
                return range(places.sentence_start(number), places.sentence_end(number))
            case Reach.TURN:
                turns = (n for n in range(number + 1, count) if self._today.search(places.clauses[n].text))
                return range(number, min(next(turns, count), number + 1 + self.limits.farthest))


class _Places:
    """Where clauses and sentences of a text begin and end."""

    def __init__(self, content: str, clauses: Sequence[Clause]) -> None:
        self.content, self.clauses = content, clauses
        self._begins = [clause.start for clause in clauses]

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int]]:
        """Every match and the number of the clause in which it begins."""
        for match in pattern.finditer(self.content):
            number = bisect_right(self._begins, match.start()) - 1
            if number >= 0:
                yield match, number

    def sentence_start(self, number: int) -> int:
        while number > 0 and not self._stops_after(number - 1):
            number -= 1
        return number

    def sentence_end(self, number: int) -> int:
        while number < len(self.clauses) - 1 and not self._stops_after(number):
            number += 1
        return number + 1

    def _stops_after(self, number: int) -> bool:
        after = self.content[self.clauses[number].end : self.clauses[number + 1].start]
        return not _STOPS.isdisjoint(after)


@cache
def load_stance_reader(path: Path = _LEXICON) -> StanceReader:
    """The reader with the shipped vocabulary."""
    return StanceReader(StanceLexicon.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))))
