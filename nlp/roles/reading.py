"""One text as the model of roles reads it: its words with names, places and numbers as signs, and the rules' votes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.links.mention import PersonRole
from nlp.clauses import Clause
from nlp.persons.written_name import Name
from nlp.roles.evidence import JOINT, Evidence
from nlp.scorer import Array
from nlp.segmentation import Cut

Span = tuple[int, int]

PERSON, PLACE, NUMBER, LINE = "P", "L", "#", "\n"
SENTENCE_STOPS = frozenset(f"。！？!?{LINE}")
_DIGITS = re.compile(r"[\d一二三四五六七八九十百千万两几零〇.,%]+")
FIRST_PERSON = re.compile("(?:^|[^自])我(?![局镇乡县办中委院校站会市区省国])|俺|本人|咱")
_CUES: Mapping[str, re.Pattern[str]] = {
    "I": FIRST_PERSON,
    "you": re.compile("您"),
    "replies": re.compile("收悉|您反映|你反映|经查|经核实|答复|回复"),
    "calls": re.compile("来电|市民|热线|致电"),
    "visits": re.compile("来访|信访人|上访|反映人"),
    "reports": re.compile("记者|本报|通讯员|讯[（(]|日前|近日"),
    "letter": re.compile("此致|敬礼|尊敬的|领导"),
    "asks": re.compile("求助|请问|大家|转发|有没有|谁"),
    "court": re.compile("法院|被告|原告|判决|诉讼"),
    "gives": re.compile("捐|爱心|好人|感谢"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text; a name, a place and a number stand as one sign each."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class RoleReading:
    """What was read in one text."""

    content: str
    names: Sequence[Name]
    evidence: Sequence[Evidence]
    """The signs beside each name."""
    persons: Mapping[str, str]
    """Which person each written name means."""
    votes: Mapping[str, PersonRole]
    """What the rules say of each person."""
    tokens: Sequence[Token]
    clauses: Sequence[Clause]
    hardship: Array
    """Of every clause the log-odds that it tells of hardship, shape (clauses,)."""

    @cached_property
    def token_at(self) -> dict[int, int]:
        """Which token begins where."""
        return {token.start: place for place, token in enumerate(self.tokens)}

    @cached_property
    def rows(self) -> list[tuple[int, int]]:
        """For every name the first and the last name of the row that it stands in, by their places in `names`."""
        found: list[tuple[int, int]] = []
        first = 0
        for at, name in enumerate(self.names):
            latter = self.names[at + 1] if at + 1 < len(self.names) else None
            if latter is None or not JOINT.fullmatch(self.content, name.end, latter.start):
                found += [(first, at)] * (at + 1 - first)
                first = at + 1
        return found

    def line_around(self, start: int, end: int) -> Span:
        """Where the line begins that holds `start`, and where that of `end` stops."""
        breaks = self._breaks
        before, behind = bisect_left(breaks, start), bisect_left(breaks, end)
        stop = breaks[behind] if behind < len(breaks) else len(self.content)
        return (breaks[before - 1] + 1 if before else 0), stop

    def first_of_sentence(self, position: int, before: int) -> Name | None:
        """The first name of the sentence that goes on at `before`, if it stands ahead of the one at `position`."""
        stop = bisect_left(self._stops, before)
        begin = self._stops[stop - 1] if stop else -1
        first = bisect_right(self.names, begin, 0, position, key=lambda one: one.start)
        return self.names[first] if first < position and self.names[first].start < before else None

    @cached_property
    def _breaks(self) -> list[int]:
        return [at for at, sign in enumerate(self.content) if sign == LINE]

    @cached_property
    def _stops(self) -> list[int]:
        return [at for at, sign in enumerate(self.content) if sign in SENTENCE_STOPS]

    @cached_property
    def cues(self) -> tuple[str, ...]:
        """What kind of text it seems to be."""
        return tuple(name for name, pattern in _CUES.items() if pattern.search(self.content))


def tokens_of(content: str, cut: Cut, names: Sequence[Name], places: Sequence[Span]) -> list[Token]:
    """The words of the text in order; what a name or place covers in part is cut at its border."""
    covered = sorted([(name.start, name.end, PERSON) for name in names] + [(*place, PLACE) for place in places])
    found: list[Token] = []
    at = 0
    for start, end, sign in [*covered, (len(content), len(content), "")]:
        if start < at:
            continue
        found.extend(_words(content, cut, at, start))
        if sign:
            found.append(Token(sign, start, end))
        at = end
    return found


def _words(content: str, cut: Cut, begin: int, end: int) -> Iterator[Token]:
    at = begin
    while at < end:
        word = cut.words.get(at)
        stop = at + len(word) if word else next((one for one in range(at + 1, end) if one in cut.starts), end)
        stop = min(stop, end)
        text = content[at:stop]
        if LINE in text:
            yield Token(LINE, at, stop)
        elif not text.isspace():
            yield Token(NUMBER if _DIGITS.fullmatch(text) else text, at, stop)
        at = stop
