"""Boxes on a page, characters and lines; pixels from the page's upper left corner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""A page: height × width, grey; or height × width × 3, red, green, blue."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels down."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Across and down."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """True when the point lies inside."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def shared_height(self, other: "Box") -> float:
        """Pixels down that both have, as a share of the lower one's height."""
        common = min(self.bottom, other.bottom) - max(self.top, other.top)
        return common / max(min(self.height, other.height), 1.0)


@dataclass(frozen=True, slots=True)
class Character:
    """One character as read."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """Characters that stand together; never empty."""

    characters: tuple[Character, ...]
    box: Box

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(character.text for character in self.characters)

    @property
    def apart(self) -> list[Character]:
        """Every character by itself, without spaces: words of Latin letters are read as one piece."""
        return [
            Character(one, character.confidence, character.box)
            for character in self.characters
            for one in character.text
            if one.strip()
        ]

    @property
    def confidence(self) -> float:
        """Mean over the characters, 0 to 1."""
        return sum(character.confidence for character in self.characters) / len(self.characters)

    @property
    def is_upright(self) -> bool:
        """True for a line that is written downwards."""
        return self.box.height > 1.5 * self.box.width and len(self.characters) > 1


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around the given ones, of which there is at least one."""
    lefts, tops, rights, bottoms = zip(*((b.left, b.top, b.right, b.bottom) for b in boxes), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def line_of(characters: Sequence[Character]) -> Line:
    """The line that the characters, at least one, make."""
    return Line(tuple(characters), around(character.box for character in characters))


def in_rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines side by side as one row, from left to right; rows from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.middle[1]):
        if rows and _stand_level(rows[-1][-1].box, line.box):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.box.left) for row in rows]


def _stand_level(one: Box, other: Box) -> bool:
    apart = abs(one.middle[1] - other.middle[1])
    return one.shared_height(other) > 0.5 and apart < 0.6 * other.height
