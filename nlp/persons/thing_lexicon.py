"""What is called by a name and is no person: shops, estates, roads, rivers; from `lexicons/things.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from domain.words.lexicon_file import read_lexicon

_KINDS = ("road", "estate", "firm", "office", "nature", "stop", "division", "law")
_REACH = 8
"""Characters behind a name in which the word may stand that says what it is."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What the words behind a stretch of text make of it."""

    kind: str
    distance: int
    """Characters between the stretch and the word that says so."""


class ThingLexicon:
    """Reads what stands behind a name."""

    def __init__(
        self, words: Mapping[str, str], signs: Mapping[str, str], breaks: str, leading: tuple[str, ...]
    ) -> None:
        """Know the kind of each of `words` (told by its first two characters) and of each of `signs`."""
        self._words, self._signs, self._breaks = words, signs, frozenset(breaks)
        self.leading = leading

    def behind(self, content: str, end: int, starts: frozenset[int]) -> Thing | None:
        """The thing that is called by what ends at `end`, or None; `starts` says where words begin."""
        for at in range(end, min(end + _REACH, len(content))):
            sign = content[at]
            kind = self._words.get(content[at : at + 2])
            if kind is None and at + 1 in starts:
                kind = self._signs.get(sign)
            if kind is not None:
                return Thing(kind, at - end)
            if sign in self._breaks or not "\u4e00" <= sign <= "\u9fff":
                return None
        return None

    def ending(self, text: str) -> str | None:
        """The kind of thing that the last characters of `text` say it is: a road of 高升巷, an estate of 金花园."""
        return self._words.get(text[-2:]) or self._signs.get(text[-1])


@cache
def load_thing_lexicon() -> ThingLexicon:
    """The lexicon that ships with the code, read once a process."""
    record = read_lexicon(files("nlp").joinpath("lexicons", "things.yml").read_text(encoding="utf-8"))
    words = {word[:2]: kind for kind in _KINDS for word in record[kind]["words"]}
    signs = {sign: kind for kind in _KINDS for sign in record[kind]["signs"]}
    return ThingLexicon(words, signs, record["breaks"], tuple(record["leading"]))
