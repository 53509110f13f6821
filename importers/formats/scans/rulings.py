"""The ruled lines of a page: the frame around the largest table, and the cells between the lines."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from importers.formats.scans.geometry import Box, Pixels

_AROUND, _DARKER = 41, 14
"""Ink is so much darker than the mean of a square with so many pixels to its side."""
_SHORTEST = 40
"""Pixels: longer than any stroke of a letter on a page of `longest_side` pixels, shorter than any cell."""
_GAP = 60
"""Pixels of a ruling that a fold or a seal may hide."""
_LONG = 0.4
"""Of the longest line: what is shorter parts columns or rows inside the table."""
_REACH = 35
"""Pixels out of the table; perspective alone makes less."""
_MOST_FOLDS = 4
_FEWEST_RULINGS = 4
_LEAST_SIDE = 22
_LEAST_FILLED = 0.75
"""Of the box around a cell or frame: the rest of a page between tables, or two edges of the paper, fill less."""


@dataclass(frozen=True, slots=True)
class _Rulings:
    across: Pixels
    down: Pixels

    @property
    def both(self) -> Pixels:
        return np.asarray(self.across | self.down, np.uint8)


def frame_of(grey: Pixels) -> NDArray[np.float32] | None:
    """The corners, 4 × 2 from the upper left clockwise, of the largest thing of rulings; None without one."""
    contours, _ = cv2.findContours(_rulings(grey).both, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    points = max(contours, key=lambda one: cv2.contourArea(cv2.convexHull(one))).reshape(-1, 2).astype(np.float32)
    sums, differences = points.sum(axis=1), points[:, 0] - points[:, 1]
    picked = (sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin())
    frame = points[list(picked)]
    area, (width, height) = cv2.contourArea(frame), points.max(axis=0) - points.min(axis=0)
    is_frame = area > 0.9 * cv2.contourArea(cv2.convexHull(points)) and area > _LEAST_FILLED * width * height
    return frame if is_frame else None


def cells_of(grey: Pixels) -> list[Box]:
    """The rectangles between the rulings of a flat page, from top to bottom and left to right."""
    walls = cv2.dilate(_rulings(grey).both, np.ones((3, 3), np.uint8))
    _, _, statistics, _ = cv2.connectedComponentsWithStats(255 - walls, connectivity=4)
    height, width = grey.shape
    cells = []
    for left, top, across, down, area in statistics[1:]:
        outside = left == 0 or top == 0 or left + across == width or top + down == height
        if not outside and min(across, down) >= _LEAST_SIDE and area >= _LEAST_FILLED * across * down:
            cells.append(Box(float(left), float(top), float(left + across), float(top + down)))
    return sorted(cells, key=lambda cell: (cell.top, cell.left))


def ink_of(grey: Pixels) -> Pixels:
    """255 where there is ink, 0 on paper, told by what is around."""
    mean, inverted = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return np.asarray(cv2.adaptiveThreshold(grey, 255, mean, inverted, _AROUND, _DARKER), np.uint8)


def _rulings(grey: Pixels) -> _Rulings:
    ink = ink_of(grey)
    across = _without_folds(_straight(ink, across=True))
    down = _without_folds(_straight(ink, across=False).T).T
    return _Rulings(across, np.ascontiguousarray(down))


def _without_folds(across: Pixels) -> Pixels:
    """Without the lines that reach out of the table on both sides: folds of the paper, and its edges.

    More of them than a sheet has folds and edges are the rulings of a second, wider table, and stay.
    """
    count, numbers, statistics, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(across), connectivity=8)
    lefts, widths = statistics[:, cv2.CC_STAT_LEFT], statistics[:, cv2.CC_STAT_WIDTH]
    rights = lefts + widths
    long = np.arange(count) > 0
    long &= widths > _LONG * widths[1:].max(initial=1)
    if long.sum() < _FEWEST_RULINGS:
        return across
    reaching = (lefts < np.median(lefts[long]) - _REACH) & (rights > np.median(rights[long]) + _REACH)
    reaching[0] = False
    if not 0 < reaching.sum() <= _MOST_FOLDS or reaching.sum() * 2 >= long.sum():
        return across
    return np.where(reaching[numbers], 0, across).astype(np.uint8)


def _straight(ink: Pixels, *, across: bool) -> Pixels:
    """Straight lines in one direction; a little slant is allowed, gaps are closed, what is short is dropped."""

    def along(length: int, thickness: int = 1) -> NDArray[np.uint8]:
        return np.ones((thickness, length) if across else (length, thickness), np.uint8)

    thick = cv2.dilate(ink, along(1, 3))
    lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, along(_SHORTEST))
    lines = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, along(_GAP, 3))
    return np.asarray(cv2.morphologyEx(lines, cv2.MORPH_OPEN, along(_SHORTEST)), np.uint8)
