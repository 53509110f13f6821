"""The words of `lexicons/notices.yml`, as patterns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from domain.words.lexicon_file import read_lexicon
from nlp.places.lexicon import load_place_lexicon

_CORRECTION_REACH = 40
"""Characters from the beginning in which a text says that it corrects another one."""


@dataclass(frozen=True, slots=True)
class NoticeLexicon:
    """What the places are told by in which two notices differ."""

    serial_units: frozenset[str]
    serial_beginnings: frozenset[str]
    date_units: frozenset[str]
    date_beginnings: frozenset[str]
    day_of_printing: frozenset[str]
    about_the_page: re.Pattern[str]
    """Ends where what a page says of itself begins."""
    corrections: tuple[str, ...]
    days_of_reprints: int
    village_endings: frozenset[str]
    """Last characters of districts and villages, without those that end everyday words."""
    named_things: re.Pattern[str]
    telling_characters: frozenset[str]
    family: frozenset[str]
    deictic: frozenset[str]

    def corrects(self, content: str) -> bool:
        """True when the text says at its beginning that it corrects another one."""
        return any(word in content[:_CORRECTION_REACH] for word in self.corrections)


@cache
def load_notice_lexicon() -> NoticeLexicon:
    """The lexicon that is shipped."""
    record = read_lexicon(files("nlp").joinpath("lexicons", "notices.yml").read_text(encoding="utf-8"))
    weak = frozenset(record["weak_endings"])
    return NoticeLexicon(
        serial_units=frozenset(record["serial_units"]),
        serial_beginnings=frozenset(record["serial_beginnings"]),
        date_units=frozenset(record["date_units"]),
        date_beginnings=frozenset(record["date_beginnings"]),
        day_of_printing=frozenset(record["day_of_printing"]),
        about_the_page=re.compile(f"(?:{_any(record['about_the_page'])})\\Z"),
        corrections=tuple(record["corrections"]),
        days_of_reprints=record["days_of_reprints"],
        village_endings=(load_place_lexicon().endings | frozenset(record["district_endings"])) - weak,
        named_things=re.compile(_any(record["named_things"])),
        telling_characters=frozenset(record["telling_characters"]),
        family=frozenset(record["family"]),
        deictic=frozenset(record["deictic"]),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
