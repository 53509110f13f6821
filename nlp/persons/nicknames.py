"""Nicknames that stand in a text without anything that says they are names, from `lexicons/nicknames.yml`."""

from functools import cache
from importlib.resources import files

from domain.words.lexicon_file import read_lexicon


@cache
def load_nicknames() -> frozenset[str]:
    """The names, read once a process."""
    text = files("nlp").joinpath("lexicons", "nicknames.yml").read_text(encoding="utf-8")
    return frozenset(read_lexicon(text)["nicknames"])
