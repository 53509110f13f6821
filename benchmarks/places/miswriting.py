"""Writes a name wrong: another common character of the same sound without tone, or one of similar shape."""

import random
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import yaml
from pypinyin import Style, lazy_pinyin

# The first level of GB 2312: 3,755 characters in common use.
_COMMON = [
    bytes((row, cell)).decode("gb2312", errors="ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
]


def homophone(name: str, rng: random.Random) -> str | None:
    """The name with one character replaced by another that is read alike; none when none of its characters has one."""
    places = [at for at, character in enumerate(name) if _alike(character)]
    return _replaced(name, rng.choice(places), rng, _alike) if places else None


def misshaped(name: str, rng: random.Random) -> str | None:
    """The name with one character replaced by one that looks alike; none when the list has none for it."""
    places = [at for at, character in enumerate(name) if character in _shapes()]
    return _replaced(name, rng.choice(places), rng, lambda one: list(_shapes()[one])) if places else None


def _replaced(name: str, at: int, rng: random.Random, others: Callable[[str], list[str]]) -> str:
    return name[:at] + rng.choice(others(name[at])) + name[at + 1 :]


def _alike(character: str) -> list[str]:
    return [one for one in _by_sound()[_sound(character)] if one != character]


def _sound(character: str) -> str:
    return str(lazy_pinyin(character, style=Style.NORMAL)[0])


@cache
def _by_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for character in _COMMON:
        if character:
            found[_sound(character)].append(character)
    return found


@cache
def _shapes() -> dict[str, str]:
    record = yaml.safe_load(files("benchmarks.places").joinpath("miswritten.yml").read_text(encoding="utf-8"))
    return dict(record["shapes"])
