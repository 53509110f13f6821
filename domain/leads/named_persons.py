"""Whose names what is shown of a lead may hold: they are masked for whoever may not read whole texts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPersons:
    """Everybody whom a lead's texts name, and everybody of the households that it points at or may mean."""

    persons: frozenset[str] = frozenset()
    """As texts and register write them, in whatever role."""
    petitioners: frozenset[str] = frozenset()
    """The fields of registers as they stand; one may hold several names."""
