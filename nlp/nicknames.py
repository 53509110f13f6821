"""Nicknames that stand in a text without anything that says they are names, from `lexicons/nicknames.yml`."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def load_nicknames() -> frozenset[str]:
    """The names, read once a process."""
    text = files("nlp").joinpath("lexicons", "nicknames.yml").read_text(encoding="utf-8")
    return frozenset(yaml.safe_load(text)["nicknames"])
