"""Characters that are written for one another in names of places: spelling variants and similar shapes."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def similar_characters() -> dict[str, str]:
    """For every character of the reviewed table the others that may be written for it."""
    text = files("domain").joinpath("similar_characters.toml").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for group in tomllib.loads(text)["groups"]:
        for character in group:
            known = found.get(character, "")
            found[character] = known + "".join(one for one in group if one != character and one not in known)
    return found


def differs_only_in_similar_characters(name: str, other: str) -> bool:
    """True when the names are of one length and every character is the same or similar."""
    table = similar_characters()
    return len(name) == len(other) and all(
        one == another or another in table.get(one, "") for one, another in zip(name, other, strict=True)
    )
