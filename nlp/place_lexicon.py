"""What names of places look like: their last characters, how they are read, and which names are mostly words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

LONG = 4
"""Characters of an estate's name from which on it is read without 社区 whatever stands around it."""
_COMMON = 3
"""Characters of an estate's name that many counties have (幸福里): a person or a group must stand beside it."""
_NEAR = 3
_BESIDE = 12
"""So many characters at most stand between a short name and the person beside it."""


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
    before_person: re.Pattern[str]
    """What may stand between a short village and a person behind it."""
    behind_person: re.Pattern[str]
    ends_behind_person: re.Pattern[str]
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
        if end - start == _COMMON:
            return False
        before = self.short_before_word if content[start:end] in self.short_words else self.short_before
        found = before.search(content, max(start - _NEAR, 0), start)
        return found is not None and self.short_behind.match(content, end) is not None

    def stands_beside_person(self, content: str, start: int, end: int, persons: Sequence[tuple[int, int]]) -> bool:
        """True when a person stands directly behind or before a name, with a place's words between: 南塔惠某琪."""
        if self.short_before_group.search(content, max(start - _NEAR, 0), start) is None:
            return False
        behind = (begin for begin, _ in persons if end <= begin <= end + _BESIDE)
        if any(self.before_person.fullmatch(content, end, begin) for begin in behind):
            return True
        before = any(
            self.behind_person.fullmatch(content, stop, start) for _, stop in persons if 0 < start - stop <= _BESIDE
        )
        return before and self.ends_behind_person.match(content, end) is not None

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
        before_person=re.compile(f"(?:{record['numbered_group']})?{record['before_person']}"),
        behind_person=re.compile(record["behind_person"]),
        ends_behind_person=re.compile(f"(?:{record['numbered_group']})?{record['ends_behind_person']}"),
        short_before_word=re.compile(record["short_before_word"]),
        short_before_group=re.compile(record["short_before_group"]),
        numbered_group=re.compile(record["numbered_group"]),
        short_words=frozenset(record["short_words"]),
    )
