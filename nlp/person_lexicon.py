"""The surnames, name characters and cues by which persons are known in a text, from `lexicons/persons.yml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLexicon:
    """What tells persons; the fields are the keys of the YAML file, where they are explained."""

    surnames: frozenset[str]
    compound_surnames: frozenset[str]
    everyday_surnames: frozenset[str]
    common_given: frozenset[str]
    given: frozenset[str]
    never_given: frozenset[str]
    address_endings: tuple[str, ...]
    cues_before: tuple[str, ...]
    cues_after: tuple[str, ...]
    official_titles: tuple[str, ...]
    kinship: tuple[str, ...]
    sufferer_cues: tuple[str, ...]
    petitioner_cues_before: tuple[str, ...]
    petitioner_cues_after: tuple[str, ...]
    things_after_mou: tuple[str, ...]


@cache
def load_person_lexicon() -> PersonLexicon:
    """The lexicon, read once a process."""
    text = files("nlp").joinpath("lexicons", "persons.yml").read_text(encoding="utf-8")
    terms = yaml.safe_load(text)
    characters = {name: frozenset(terms.pop(name)) - {" "} for name in _CHARACTER_SETS}
    return PersonLexicon(
        compound_surnames=frozenset(terms.pop("compound_surnames")),
        **characters,
        **{name: tuple(words) for name, words in terms.items()},
    )


_CHARACTER_SETS = ("surnames", "everyday_surnames", "common_given", "given", "never_given")
