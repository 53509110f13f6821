"""A name of a person as a text writes it."""

from dataclasses import dataclass

_MASKS = frozenset("某*＊×○")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; end is exclusive."""

    text: str
    start: int
    end: int
    family: str = ""
    """Of 张三家儿子 the name 张三."""


def is_written_out(name: str) -> bool:
    """False for a masked name: 庞某某, 李*华."""
    return _MASKS.isdisjoint(name)
