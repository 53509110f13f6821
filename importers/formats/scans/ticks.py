"""Boxes to tick: which of the printed words has ink in the box before it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from importers.formats.scans.geometry import Box, Line, Pixels
from importers.formats.scans.policy import policy
from importers.formats.scans.rulings import ink_of

_AROUND = 12
"""Pixels above and below the line that tell ink from paper."""
_FARTHEST, _NEAREST = 1.1, 0.8
"""Where the box stands about the left edge of its word, which the recogniser knows roughly; like the next figures in
heights of the line."""
_SMALLEST, _LARGEST, _UNEVEN = 0.35, 0.95, 0.3
_RIM, _LINED = 0.36, 0.6
"""Of the side of a box: where its lines are looked for, and how much of them has to be there."""
_EDGE = 0.28
"""Of the box: its own outline, and what is pressed against it."""


def ticked(lines: Sequence[Line], grey: Pixels) -> tuple[str, bool] | None:
    """The ticked word and whether it stands out; None where the lines are no list of words to tick.

    Without one that stands out the word is empty: nothing is guessed.
    """
    options = [option for line in lines for option in _options(line)]
    if len(options) < 2 or not _nothing_else(lines, options):
        return None
    inked = sorted(((_ink_before(box, grey), word) for word, box in options), reverse=True)
    (most, word), (second, _) = inked[:2]
    stands_out = most > policy().ticks.least_ink and most > policy().ticks.darker * second
    return (word if stands_out else ""), stands_out


def _options(line: Line) -> Iterator[tuple[str, Box]]:
    """Words to tick with the box of their first character."""
    words = sorted(policy().ticks.options, key=len, reverse=True)
    characters = line.apart
    text = "".join(one.text for one in characters).translate(_simplified())
    place = 0
    while place < len(text):
        word = next((word for word in words if text.startswith(word, place)), None)
        if word:
            yield word, characters[place].box
        place += len(word or " ")


@cache
def _simplified() -> Mapping[int, int]:
    return str.maketrans(policy().ticks.read_as, policy().ticks.printed)


def _nothing_else(lines: Sequence[Line], options: Sequence[tuple[str, Box]]) -> bool:
    """Options and marks alone; a mark that was read as something else is forgiven once."""
    text = "".join("".join(line.text.split()) for line in lines)
    rest = len(text) - sum(len(word) for word, _ in options)
    marks = sum(char in policy().ticks.marks for char in text)
    return rest <= len(options) + 1 and marks >= rest - 1


def _ink_before(box: Box, grey: Pixels) -> float:
    """Share of ink within the box to tick, 0 to 1; 0 where there is no such box, as its mark may hide it."""
    size = box.height
    top, bottom = int(max(box.top - _AROUND, 0)), int(box.bottom + _AROUND)
    left, right = int(max(box.left - size * _FARTHEST, 0)), int(max(box.left + size * _NEAREST, 1))
    ink = ink_of(grey[top:bottom, left:right])
    _, _, statistics, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    for start, upper, across, down, _ in sorted(statistics[1:].tolist()):
        fits = _SMALLEST * size < min(across, down) and max(across, down) < _LARGEST * size
        shape = ink[upper : upper + down, start : start + across] > 0
        if fits and start > 0 and abs(across - down) < _UNEVEN * size and _is_outlined(shape):
            edge = round(_EDGE * min(across, down))
            return float(shape[edge:-edge, edge:-edge].mean())
    return 0.0


def _is_outlined(shape: NDArray[np.bool_]) -> bool:
    """A line along each of the four sides, where a tick may reach out: no other character has them, 口 and 回 aside."""
    depth = max(round(_RIM * min(shape.shape)), 2)
    rows, columns = shape.mean(axis=1), shape.mean(axis=0)
    sides = (rows[:depth], rows[-depth:], columns[:depth], columns[-depth:])
    return all(side.max() > _LINED for side in sides)
