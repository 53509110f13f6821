"""A nasty file and the receipt that its clerk should get."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Build = Callable[[Path], Path]
"""Writes the file into a folder; its path."""
Problem = tuple[str, int, str | None, str, str]
"""Sheet, row, column, reason, value."""


@dataclass(frozen=True, slots=True)
class Nasty:
    """One file with its exact receipt, and what some of its records must say."""

    name: str
    build: Build
    accepted: int = 1
    duplicates: int = 0
    rejected: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    refused: str = ""
    """A part of the message when the file as a whole is refused."""
    says: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """By row what the record must say: number, name, phone, id_number, address, day, minute, text, title, purpose,
    channel, or the header of a column."""
