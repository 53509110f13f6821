"""Names drawn as often as they occur: surnames, and given names by sex and decade of birth.

Read from a folder with `familyname.csv` (surname, n.1930_2008), `givenname.csv` (character, n.male, n.female and a
count per period) and `top1000name.prov.csv` (whole given names with n.male and n.female).
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.failures.errors import ConfigError
from domain.register.household import Sex

_PERIODS = ("1930_1959", "1960_1969", "1970_1979", "1980_1989", "1990_1999", "2000_2008")
_FIRST_YEARS = (1930, 1960, 1970, 1980, 1990, 2000)
# Our estimate, no table gives it: one character was rare among the old, common among those born around 1985.
_ONE_CHARACTER = (0.08, 0.15, 0.25, 0.32, 0.28, 0.18)
# The thousand most used whole names belong to a good quarter of those born before 2000; the file has no periods.
_WHOLE_NAME = (0.30, 0.30, 0.28, 0.25, 0.20, 0.0)
_BATCH = 512


@dataclass(frozen=True, slots=True)
class _Choice:
    words: NDArray[np.str_]
    upto: NDArray[np.float64]
    """Running sum of shares, shape (words,)."""

    def draw(self, dice: np.random.Generator, count: int) -> list[str]:
        """So many words, each as often as its share says."""
        at = np.searchsorted(self.upto, dice.random(count), side="right")
        return [str(word) for word in self.words[np.minimum(at, len(self.words) - 1)]]


@dataclass(frozen=True, slots=True)
class NameFrequencies:
    """How often surnames, given-name characters and whole given names are."""

    surnames: _Choice
    characters: dict[tuple[Sex, int], _Choice]
    """By sex and period."""
    whole: dict[Sex, _Choice]

    @property
    def given_characters(self) -> tuple[str, ...]:
        """Every character that occurs in a given name, the commonest of men born in the seventies first."""
        choice = self.characters[Sex.MALE, 2]
        shares = np.diff(choice.upto, prepend=0.0)
        return tuple(str(one) for one in choice.words[np.argsort(-shares, kind="stable")])


class NameDraw:
    """Draws names with one generator; the same generator state gives the same names."""

    def __init__(self, frequencies: NameFrequencies, dice: np.random.Generator) -> None:
        """Draw from `frequencies`."""
        self._frequencies = frequencies
        self._dice = dice
        self._surnames: list[str] = []
        self._given: dict[tuple[Sex, int], list[str]] = {}

    def surname(self) -> str:
        """A surname as frequent as in the country."""
        if not self._surnames:
            self._surnames = self._frequencies.surnames.draw(self._dice, _BATCH)
        return self._surnames.pop()

    def given(self, sex: Sex, birth_year: int) -> str:
        """A given name of the time."""
        key = sex, _period(birth_year)
        drawn = self._given.setdefault(key, [])
        if not drawn:
            drawn.extend(self._batch(*key))
        return drawn.pop()

    def _batch(self, sex: Sex, period: int) -> Sequence[str]:
        frequencies, dice = self._frequencies, self._dice
        count = _BATCH // 4
        choice = frequencies.characters[sex, period]
        first, second = choice.draw(dice, count), choice.draw(dice, count)
        whole = frequencies.whole[sex].draw(dice, count)
        kinds = dice.random(count)
        one, complete = _ONE_CHARACTER[period], _WHOLE_NAME[period]
        return [
            whole[at] if kind < complete else first[at] if kind > 1 - one else first[at] + second[at]
            for at, kind in enumerate(kinds)
        ]


def load_names(folder: Path) -> NameFrequencies:
    """The frequencies of the folder; ConfigError when a file or a column is missing."""
    surnames = _read(folder / "familyname.csv", ("surname", "n.1930_2008"))
    given = _read(folder / "givenname.csv", ("character", "n.male", "n.female", *(f"n.{one}" for one in _PERIODS)))
    whole = _read(folder / "top1000name.prov.csv", ("name", "n.male", "n.female"))
    return NameFrequencies(
        surnames=_choice([row["surname"] for row in surnames], [_number(row["n.1930_2008"]) for row in surnames]),
        characters={
            (sex, period): _choice([row["character"] for row in given], [_used(row, sex, period) for row in given])
            for sex in (Sex.MALE, Sex.FEMALE)
            for period in range(len(_PERIODS))
        },
        whole={
            sex: _choice([row["name"] for row in whole], [_number(row[f"n.{sex.value}"]) for row in whole])
            for sex in (Sex.MALE, Sex.FEMALE)
        },
    )


def _used(row: dict[str, str], sex: Sex, period: int) -> float:
    """How many of the sex and period carry the character, taking its share of men to be the same in all periods."""
    both = _number(row["n.male"]) + _number(row["n.female"])
    own = _number(row[f"n.{sex.value}"])
    return _number(row[f"n.{_PERIODS[period]}"]) * own / both if both else 0.0


def _choice(words: Sequence[str], counts: Sequence[float]) -> _Choice:
    shares = np.array(counts, dtype=np.float64)
    if not shares.sum() > 0:
        raise ConfigError("姓名频率表全为零")
    return _Choice(np.array(words), np.cumsum(shares / shares.sum()))


def _period(birth_year: int) -> int:
    return max(at for at, first in enumerate(_FIRST_YEARS) if first <= max(birth_year, _FIRST_YEARS[0]))


def _number(cell: str) -> float:
    return float(cell) if cell else 0.0


def _read(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    if not path.is_file():
        raise ConfigError(f"姓名频率表不存在: {path.name}")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    missing = [column for column in columns if not rows or column not in rows[0]]
    if missing:
        raise ConfigError(f"{path.name} 第1行: 缺少列 {'、'.join(missing)}")
    return rows
