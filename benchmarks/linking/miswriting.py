"""Slips of the pen: a character for one that sounds the same, or for one that looks alike."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from random import Random

from pypinyin import lazy_pinyin


@cache
def reading(character: str) -> str:
    """The toneless pinyin of one character by itself."""
    return str(lazy_pinyin(character)[0])


def pinyin(name: str) -> str:
    """The toneless pinyin of a name, its syllables set apart by spaces."""
    return " ".join(map(reading, name))


class Miswriting:
    """Miswrites names of persons and villages, never into themselves."""

    def __init__(self, characters: Iterable[str], pairs: str, *, reach: int = 8) -> None:
        """Know which characters may stand for which.

        Args:
            characters: Characters that writers use, the commonest first.
            pairs: Pairs of similar shape, set apart by spaces.
            reach: How many of the commonest homophones may be written.
        """
        self._reach = reach
        self._homophones: dict[str, list[str]] = defaultdict(list)
        for character in dict.fromkeys(characters):
            self._homophones[reading(character)].append(character)
        self._similar: dict[str, list[str]] = defaultdict(list)
        for pair in pairs.split():
            first, second = pair[0], pair[1]
            self._similar[first].append(second)
            self._similar[second].append(first)

    def homophone(self, name: str, dice: Random, *, first: int = 0) -> str | None:
        """The name with one character from `first` on written as a homophone; None when no character has one."""
        return self._replaced(name, dice, first, [self._sounding_like(sign) for sign in name])

    def similar(self, name: str, dice: Random, *, first: int = 0) -> str | None:
        """The name with one character from `first` on written as one of similar shape; None when there is none."""
        return self._replaced(name, dice, first, [self._similar.get(sign, []) for sign in name])

    def _sounding_like(self, sign: str) -> list[str]:
        return [other for other in self._homophones[reading(sign)] if other != sign][: self._reach]

    def _replaced(self, name: str, dice: Random, first: int, choices: Sequence[Sequence[str]]) -> str | None:
        places = [at for at in range(first, len(name)) if choices[at]]
        if not places:
            return None
        at = dice.choice(places)
        return name[:at] + dice.choice(choices[at]) + name[at + 1 :]
