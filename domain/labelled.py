"""Closed vocabularies: an English slug that is stored, a Chinese label that people read."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A string enum whose members also carry the Chinese label shown on screens and in exports."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member from its slug and its Chinese label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
