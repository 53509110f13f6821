"""The ways in which the petitioners that a register names may stand in a text."""

import re

from domain.register.petitioner_cell import BETWEEN_NAMES
from nlp.normalise import normalise


def names_of(petitioner: str) -> frozenset[str]:
    """The names of the field as texts write them: normalised as well as registered, each alone and all in one.

    None where the field holds no name.
    """
    if not petitioner:
        return frozenset()
    fields = [BETWEEN_NAMES.split(form) for form in (petitioner, normalise(petitioner))]
    # A single character is a name only where the register has nothing else; elsewhere it would blot out 四 in 四十亩.
    whole = {"".join(parts) for parts in fields} - {""}
    return frozenset(whole | {part for parts in fields for part in parts if len(part) > 1})


def patterns_of(names: frozenset[str]) -> list[re.Pattern[str]]:
    """The names as patterns that find them spaced out too, longest first."""
    told = sorted((name for name in names if name), key=lambda name: (-len(name), name))
    return [re.compile(r"\s*".join(map(re.escape, name)), re.IGNORECASE) for name in told]
