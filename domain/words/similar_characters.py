"""Characters that are written for one another in names: spelling variants and similar shapes."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def similar_characters() -> dict[str, str]:
    """For every character of names of places the others that may be written for it."""
    return _others(_table()["groups"])


@cache
def similar_in_names_of_persons() -> dict[str, str]:
    """For every character of names of persons the others that may be written for it."""
    table = _table()
    return _others([*table["groups"], *table["in_names"]])


def _others(groups: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups:
        for character in group:
            known = found.get(character, "")
            found[character] = known + "".join(one for one in group if one != character and one not in known)
    return found


def _table() -> dict[str, list[str]]:
    return tomllib.loads(files("domain.words").joinpath("similar_characters.toml").read_text(encoding="utf-8"))


def differs_only_in_similar_characters(name: str, other: str) -> bool:
    """True when the names are of one length and every character is the same or similar."""
    table = similar_characters()
    return len(name) == len(other) and all(
        one == another or another in table.get(one, "") for one, another in zip(name, other, strict=True)
    )
