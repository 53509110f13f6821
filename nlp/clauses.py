"""Clauses of a text with their places in it: the unit in which evidence is shown."""

import re
from dataclasses import dataclass

_HAN = "\u4e00-\u9fff"
_CLAUSE = re.compile(rf"(?:[^。！？；，,;!? \n]|(?<![{_HAN}]) | (?![{_HAN}]))+[。！？；，,;!?]?")
"""Many write a space for a stop; one beside a number or a Latin word belongs to it."""
_SENTENCE = re.compile(r"[^。！？；!?;\n]+")
_SHORTEST = 4
"""A shorter clause, such as 您好 or 谢谢, says nothing by itself."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a text; end is exclusive."""

    start: int
    end: int
    text: str


def split_clauses(content: str) -> list[Clause]:
    """The clauses in order, without the punctuation after them; none is empty."""
    found = []
    for match in _CLAUSE.finditer(content):
        text = match[0].rstrip("。！？；，,;!?").strip()
        if text:
            start = match.start() + match[0].index(text)
            found.append(Clause(start, start + len(text), text))
    return found


def split_sentences(content: str) -> list[Clause]:
    """The sentences in order; a difficulty is often said over a comma."""
    return [Clause(match.start(), match.end(), match[0]) for match in _SENTENCE.finditer(content)]


def says_something(clause: Clause) -> bool:
    """False for clauses too short to be evidence."""
    return len(clause.text) >= _SHORTEST
