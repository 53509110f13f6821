"""The words that tell what a person is in a text, from `lexicons/roles.yml`."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from domain.words.lexicon_file import read_lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLexicon:
    """The fields are the keys of the YAML file, where they are explained; patterns are compiled."""

    petitioner_before: tuple[str, ...]
    petitioner_roster: tuple[str, ...]
    petitioner_after: tuple[str, ...]
    sufferer_before: tuple[str, ...]
    office_endings: re.Pattern[str]
    trades: tuple[str, ...]
    bystanders_before: tuple[str, ...]
    reply_words: re.Pattern[str]
    bystanders_after: re.Pattern[str]
    hardship: re.Pattern[str]
    elders: re.Pattern[str]


@cache
def load_role_lexicon() -> RoleLexicon:
    """The lexicon, read once a process."""
    terms = read_lexicon(files("nlp").joinpath("lexicons", "roles.yml").read_text(encoding="utf-8"))
    fields: dict[str, Any] = {
        name: re.compile(value) if isinstance(value, str) else tuple(value) for name, value in terms.items()
    }
    return RoleLexicon(**fields)
