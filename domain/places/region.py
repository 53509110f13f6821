"""Administrative divisions by the twelve-digit statistical code (GB/T 2260 county part + town + village)."""

from dataclasses import dataclass
from typing import Self

from domain.labelled import Labelled

_WIDTHS = {"province": 2, "city": 4, "county": 6, "town": 9, "village": 12}


class Level(Labelled):
    """How deep in the tree of divisions a place lies; groups and sites lie below a village."""

    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县"
    TOWN = "town", "乡镇"
    VILLAGE = "village", "村"
    GROUP = "group", "组"
    SITE = "site", "安置点"


def digits_of(level: Level) -> int:
    """How long the codes of its divisions are; KeyError below a village."""
    return _WIDTHS[level]


@dataclass(frozen=True, slots=True, order=True)
class RegionCode:
    """A division's code, kept as its significant digits: `141124` is a county, `141124104202` a village."""

    digits: str

    def __post_init__(self) -> None:
        if not self.digits.isascii() or not self.digits.isdigit() or len(self.digits) not in _WIDTHS.values():
            raise ValueError(f"区划代码应为2、4、6、9或12位数字: {self.digits!r}")

    @classmethod
    def parse(cls, code: str) -> Self:
        """The code from its padded form (`141124000000`) or its short form; ValueError otherwise."""
        digits = code.strip()
        if len(digits) == _WIDTHS["village"]:
            digits = _without_padding(digits)
        return cls(digits)

    @property
    def level(self) -> Level:
        """The level that the number of digits says."""
        return next(Level(name) for name, width in _WIDTHS.items() if width == len(self.digits))

    def contains(self, other: "RegionCode") -> bool:
        """True when `other` is this division or lies inside it."""
        return other.digits.startswith(self.digits)

    def ancestor(self, level: Level) -> "RegionCode":
        """The division of `level` that this one lies in; ValueError when this one is wider."""
        found = self.within(level)
        if found is None:
            raise ValueError(f"{self.digits} 不在任何一个{level.label}之内")
        return found

    def within(self, level: Level) -> "RegionCode | None":
        """The division of `level` that this one lies in; None when this one is wider."""
        width = digits_of(level)
        return RegionCode(self.digits[:width]) if len(self.digits) >= width else None

    @property
    def lineage(self) -> tuple["RegionCode", ...]:
        """The divisions that this one lies in, from the province down, and itself."""
        return tuple(RegionCode(self.digits[:width]) for width in _WIDTHS.values() if width <= len(self.digits))

    def __str__(self) -> str:
        """The significant digits."""
        return self.digits


def _without_padding(digits: str) -> str:
    for width in (2, 4, 6, 9):
        if digits[width:].strip("0") == "":
            return digits[:width]
    return digits
