"""What names of places look like: their last characters, how they are read, and which names are mostly words."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class PlaceLexicon:
    """The reviewed lists of `lexicons/places.yml`."""

    endings: frozenset[str]
    built_endings: frozenset[str]
    words: frozenset[str]
    opposites: tuple[str, ...]
    continued: frozenset[str]
    readings: dict[str, str]

    def reads_bare(self, stem: str) -> bool:
        """True when the name is a place without 村 behind it: 高家湾, but not 新民街 or 分水岭."""
        return stem[-1] not in self.built_endings and stem not in self.words and not stem.startswith(self.opposites)

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
        continued=frozenset(record["continued"]),
        readings=record["readings"],
    )
