"""The layouts of household registers: persons in rows, or households in rows."""

from collections.abc import Mapping
from functools import cache

from importers.header_vocabulary import Layout, load_layouts

PERSONS = "household_register"
HOUSEHOLDS = "households"
_BY_HOUSEHOLD = "{}(一户一行)"


@cache
def register_layouts() -> Mapping[str, Layout]:
    """One person a row; and one household a row, which has the head's name and no column for other names."""
    persons = load_layouts()[PERSONS]
    update = {"required": ("household_id", "head_name"), "label": _BY_HOUSEHOLD.format(persons.label)}
    return {PERSONS: persons, HOUSEHOLDS: persons.model_copy(update=update)}
