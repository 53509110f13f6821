"""A name of a person as a text writes it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; end is exclusive."""

    text: str
    start: int
    end: int
    family: str = ""
    """Of 张三家儿子 the name 张三."""
