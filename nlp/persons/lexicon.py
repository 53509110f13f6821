"""The surnames, name characters and cues by which persons are known in a text, from `lexicons/persons.yml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from domain.words.lexicon_file import read_lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLexicon:
    """What tells persons; the fields are the keys of the YAML file, where they are explained."""

    surnames: frozenset[str]
    compound_surnames: frozenset[str]
    everyday_surnames: frozenset[str]
    common_surnames: frozenset[str]
    common_given: frozenset[str]
    given: frozenset[str]
    leading_given: frozenset[str]
    never_given: frozenset[str]
    not_names: tuple[str, ...]
    given_words: frozenset[str]
    not_beginnings: tuple[str, ...]
    words_behind: tuple[str, ...]
    address_endings: tuple[str, ...]
    cues_before: tuple[str, ...]
    cues_after: tuple[str, ...]
    official_titles: tuple[str, ...]
    things_after_mou: tuple[str, ...]
    called_titles: tuple[str, ...]
    called_trades: tuple[str, ...]
    not_called: frozenset[str]
    family_members: tuple[str, ...]
    nickname_cues: tuple[str, ...]
    nickname_beginnings: frozenset[str]
    nickname_endings: tuple[str, ...]
    not_nicknames: tuple[str, ...]
    rural_given: frozenset[str]
    place_endings: frozenset[str]
    things_after: tuple[str, ...]
    familiar_endings: tuple[str, ...]
    familiar_titles: tuple[str, ...]

    def surname_of(self, name: str) -> str:
        """The surname with which a whole name begins: 欧阳 of 欧阳建国, 庞 of 庞建国."""
        return name[:2] if name[:2] in self.compound_surnames else name[:1]


@cache
def load_person_lexicon() -> PersonLexicon:
    """The lexicon, read once a process."""
    text = files("nlp").joinpath("lexicons", "persons.yml").read_text(encoding="utf-8")
    terms = read_lexicon(text)
    fields: dict[str, Any] = {
        # A set of characters is written as one string that wraps over lines, so spaces stand in it.
        name: frozenset(value) - {" "} if isinstance(value, str) else tuple(value)
        for name, value in terms.items()
    }
    fields["given_words"] = frozenset(fields["given_words"])
    fields["compound_surnames"] = frozenset(fields["compound_surnames"])
    return PersonLexicon(**fields)
