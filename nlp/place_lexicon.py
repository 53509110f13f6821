"""What names of places look like: their last characters, how they are read, and which names are mostly words."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

LONG = 4
"""Characters of an estate's name from which on it is read without 社区 whatever stands around it."""
_NEAR = 3


@dataclass(frozen=True, slots=True)
class PlaceLexicon:
    """The reviewed lists of `lexicons/places.yml`."""

    endings: frozenset[str]
    built_endings: frozenset[str]
    words: frozenset[str]
    opposites: tuple[str, ...]
    village_words: tuple[str, ...]
    """Words ending in 村 that are no village's name."""
    continued: frozenset[str]
    readings: dict[str, str]
    short_before: re.Pattern[str]
    short_behind: re.Pattern[str]
    short_before_word: re.Pattern[str]
    short_before_group: re.Pattern[str]
    numbered_group: re.Pattern[str]
    short_words: frozenset[str]

    def reads_bare(self, stem: str) -> bool:
        """True when the name is a place without 村 behind it: 高家湾, but not 新民街 or 分水岭."""
        return stem[-1] not in self.built_endings and stem not in self.words and not stem.startswith(self.opposites)

    def stands_as_place(self, content: str, start: int, end: int) -> bool:
        """True when the words around say that a place is named: 嫁到麻塔，, 是务岭人, 湫水万安苑."""
        if end - start >= LONG:
            return True
        if self.numbered_group.match(content, end):
            return self.short_before_group.search(content, max(start - _NEAR, 0), start) is not None
        before = self.short_before_word if content[start:end] in self.short_words else self.short_before
        found = before.search(content, max(start - _NEAR, 0), start)
        return found is not None and self.short_behind.match(content, end) is not None

    def goes_on_as_a_word(self, content: str, end: int) -> bool:
        """True when the last character before `end` and the one behind it are a word: 刘家沟通过."""
        return content[end - 1 : end + 1] in self.continued


@cache
def load_place_lexicon() -> PlaceLexicon:
    """The lexicon that is shipped."""
    record = yaml.safe_load(files("nlp").joinpath("lexicons", "places.yml").read_text(encoding="utf-8"))
    return PlaceLexicon(
        endings=frozenset(record["endings"]),
        built_endings=frozenset(record["built_endings"]),
        words=frozenset(word for line in record["words"] for word in line),
        opposites=tuple(record["opposites"]),
        village_words=tuple(record["village_words"]),
        continued=frozenset(record["continued"]),
        readings=record["readings"],
        short_before=re.compile(record["short_before"]),
        short_behind=re.compile(record["short_behind"]),
        short_before_word=re.compile(record["short_before_word"]),
        short_before_group=re.compile(record["short_before_group"]),
        numbered_group=re.compile(record["numbered_group"]),
        short_words=frozenset(record["short_words"]),
    )
