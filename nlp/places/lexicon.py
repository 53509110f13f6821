"""What names of places look like: their last characters, how they are read, and which names are mostly words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from domain.words.lexicon_file import read_lexicon

LONG = 4
"""Characters of an estate's name from which on it is read without 社区 whatever stands around it."""
_COMMON = 3
"""Characters of an estate's name that many counties have (幸福里): a person or a group must stand beside it."""
_NEAR = 3
_BESIDE = 12
"""So many characters at most stand between a short name and the person beside it."""


class Beside:
    """Where the persons of a text begin and end."""

    def __init__(self, persons: Iterable[tuple[int, int]]) -> None:
        """`persons` are their stretches."""
        self.stops = dict(persons)
        self.ends = frozenset(self.stops.values())
        self.covered = frozenset(at for start, stop in self.stops.items() for at in range(start, stop))


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
    home_behind_person: re.Pattern[str]
    ends_behind_person: re.Pattern[str]
    of_the_place: re.Pattern[str]
    also_cities: frozenset[str]
    titled: re.Pattern[str]
    """Ends of a person's written form that an office or a firm is named before: 振兴张总."""
    short_before_town: re.Pattern[str]
    short_before_word: re.Pattern[str]
    short_before_group: re.Pattern[str]
    numbered_group: re.Pattern[str]
    short_words: frozenset[str]

    def reads_bare(self, stem: str) -> bool:
        """True when the name is a place without 村 behind it: 高家湾, but not 新民街 or 分水岭."""
        return stem[-1] not in self.built_endings and stem not in self.words and not stem.startswith(self.opposites)

    def stands_as_place(self, content: str, start: int, end: int, *, town: bool = False) -> bool:
        """True when the words around say that a place is named: 是务岭人, 湫水万安苑; for a `town` 现住白文."""
        if end - start >= LONG:
            return True
        if not town and self.numbered_group.match(content, end):
            return self.short_before_group.search(content, max(start - _NEAR, 0), start) is not None
        if end - start == _COMMON:
            return False
        before = self.short_before_word if content[start:end] in self.short_words else self.short_before
        found = (self.short_before_town if town else before).search(content, max(start - _NEAR, 0), start)
        return found is not None and self.short_behind.match(content, end) is not None

    def stands_beside_person(self, content: str, start: int, end: int, persons: Beside) -> bool:
        """True when a person stands directly behind or before a name, with a place's words between: 南塔惠某琪.

        A name that is a word too (光明) needs a person without a title, and before it more than a comma.
        """
        name = content[start:end]
        if content[end : end + 1] in self.built_endings:
            # 到开元路前 names a street and nobody of the family 路.
            return False
        if name in self.also_cities or not self.short_before_group.search(content, max(start - _NEAR, 0), start):
            return False
        word = name in self.short_words
        for begin in range(end, end + _BESIDE + 1):
            stop = persons.stops.get(begin)
            if stop is not None and self.before_person.fullmatch(content, end, begin):
                return not (word and self.titled.search(content, begin, stop))
        for stop in range(max(start - _BESIDE, 0), start):
            if stop in persons.ends and self.behind_person.fullmatch(content, stop, start):
                home = self.home_behind_person.search(content, stop, start) or self.of_the_place.match(content, end)
                return bool(home or not word) and self.ends_behind_person.match(content, end) is not None
        return False

    def goes_on_as_a_word(self, content: str, end: int) -> bool:
        """True when the last character before `end` and the one behind it are a word: 刘家沟通过."""
        return content[end - 1 : end + 1] in self.continued


@cache
def load_place_lexicon() -> PlaceLexicon:
    """The lexicon that is shipped."""
    record = read_lexicon(files("nlp").joinpath("lexicons", "places.yml").read_text(encoding="utf-8"))
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
        home_behind_person=re.compile(record["home_behind_person"]),
        of_the_place=re.compile(record["of_the_place"]),
        also_cities=frozenset(record["also_cities"]),
        titled=re.compile(record["titled"]),
        short_before_town=re.compile(record["short_before_town"]),
        ends_behind_person=re.compile(f"(?:{record['numbered_group']})?{record['ends_behind_person']}"),
        short_before_word=re.compile(record["short_before_word"]),
        short_before_group=re.compile(record["short_before_group"]),
        numbered_group=re.compile(record["numbered_group"]),
        short_words=frozenset(record["short_words"]),
    )
