"""Makes a page upright and flat: turn by right angles, skew, seal, shadow, perspective."""

import math
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from importers.formats.scans.geometry import Pixels
from importers.formats.scans.policy import policy
from importers.formats.scans.recognition import Corners, Recogniser
from importers.formats.scans.rulings import frame_of

_PAPER = 255
_LINES_ASKED = 15
_MOST_SKEW = 20.0
_SEAL_COLOUR = 30
"""By how much red outshines green and blue."""
_SEAL_LIGHT = 160
"""Grey of a seal on even paper, seen in red, at its darkest."""
_EVEN_PAPER = 245
_LEAST_FRAME = 0.15
"""Of the page: a smaller frame says little about the perspective."""


def flattened(page: Pixels, recogniser: Recogniser) -> Pixels:
    """The page in grey, upright, its lines level, its ruled frame a rectangle.

    Args:
        page: height × width × 3, as delivered; at most `longest_side` in either direction.
        recogniser: finds the lines by which turn and skew are told.
    """
    grey = _upright(without_grain(without_seals(page)), recogniser)
    frame = frame_of(grey)
    return grey if frame is None or _is_small(frame, grey) else _rectified(grey, frame)


def is_written(page: Pixels) -> bool:
    """True when there is ink on the page: an empty back side has none."""
    return float((without_seals(page) < _SEAL_LIGHT).mean()) > policy().pages.least_ink


def without_seals(page: Pixels) -> Pixels:
    """The page in grey, its paper even, without the red ink of seals: red seen through red is nearly as light as paper.

    Writing under a seal stays, being dark in red too. Where most of the ink is red, that is the writing, and stays.
    """
    red, others = page[..., 0].astype(np.int16), page[..., 1:].max(axis=2).astype(np.int16)
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    is_red = red - others > _SEAL_COLOUR
    ink = grey < np.median(grey) - 50
    if (ink & is_red).sum() > policy().pages.red_share * max(int(ink.sum()), 1):
        return without_shadow(np.asarray(grey, np.uint8))
    even = without_shadow(np.ascontiguousarray(page[..., 0]))
    seal = cv2.dilate(is_red.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return np.where(seal & (even > _SEAL_LIGHT), _EVEN_PAPER, even).astype(np.uint8)


def without_shadow(grey: Pixels) -> Pixels:
    """The page with even paper: divided by its own brightness, taken over areas larger than letters."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 15)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, 40), scale=_EVEN_PAPER), np.uint8)


def without_grain(grey: Pixels) -> Pixels:
    """The page without the grain of scanner and camera, which makes one character into another; fine pages stay."""
    smooth = cv2.medianBlur(grey, 3)
    grain = np.abs(grey.astype(np.int16) - smooth)[grey > _SEAL_LIGHT]
    return np.asarray(smooth if grain.size and grain.mean() > policy().pages.most_grain else grey, np.uint8)


def _upright(grey: Pixels, recogniser: Recogniser) -> Pixels:
    """Turned so that its lines run level from left to right."""
    scale = policy().pages.overview_side / min(grey.shape)
    overview = cv2.resize(grey, None, fx=min(scale, 1.0), fy=min(scale, 1.0), interpolation=cv2.INTER_AREA)
    places = [place for place in recogniser.places(cast("Pixels", overview)) if _length(place) > 3 * _thickness(place)]
    if not places:
        return grey
    skew, lying = _skew(places)
    longest = sorted(places, key=_length, reverse=True)[:_LINES_ASKED]
    cut = [np.rot90(one, int(lying)) for one in (_cut(cast("Pixels", overview), place) for place in longest)]
    on_its_head = recogniser.stands_on_its_head([np.ascontiguousarray(one) for one in cut])
    return np.ascontiguousarray(np.rot90(_rotated(grey, skew), int(lying) + 2 * int(on_its_head)))


def _cut(overview: Pixels, place: Corners) -> Pixels:
    """The line alone, level."""
    width, height = float(np.hypot(*(place[1] - place[0]))), float(np.hypot(*(place[2] - place[1])))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(place, flat)
    return np.asarray(cv2.warpPerspective(overview, matrix, (max(int(width), 1), max(int(height), 1))), np.uint8)


def _sides(place: Corners) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The directions along the longer and the shorter side."""
    first, second = place[1] - place[0], place[2] - place[1]
    return (first, second) if np.hypot(*first) >= np.hypot(*second) else (second, first)


def _length(place: Corners) -> float:
    return float(np.hypot(*_sides(place)[0]))


def _thickness(place: Corners) -> float:
    return float(np.hypot(*_sides(place)[1]))


def _skew(places: list[Corners]) -> tuple[float, bool]:
    """Degrees by which the lines fall, mean by length without the outliers, and whether the page lies on its side."""
    angles = np.array([math.degrees(math.atan2(*_sides(place)[0][::-1])) for place in places])
    lengths = np.array([_length(place) for place in places])
    across = (angles + 90) % 180 - 90
    lying = bool(lengths[abs(across) > 45].sum() > lengths.sum() / 2)
    within = (angles + 45) % 90 - 45
    chosen = (abs(across) > 45) == lying
    middle = float(np.median(np.repeat(within[chosen], np.maximum(lengths[chosen] // 10, 1).astype(int))))
    near = chosen & (abs(within - middle) < 1.5)
    skew = float(np.average(within[near], weights=lengths[near])) if near.any() else middle
    return (skew if abs(skew) < _MOST_SKEW else 0.0), lying


def _rotated(grey: Pixels, degrees: float) -> Pixels:
    """Turned against a fall of so many degrees, on paper large enough for all of it."""
    if abs(degrees) < policy().pages.least_skew:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    across, down = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = (int(width * across + height * down), int(width * down + height * across))
    matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    return np.asarray(cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=_PAPER), np.uint8)


def _is_small(frame: Corners, grey: Pixels) -> bool:
    return cv2.contourArea(frame) < _LEAST_FRAME * grey.size


def _rectified(grey: Pixels, frame: Corners) -> Pixels:
    """The page seen so that the frame's four corners make a rectangle."""
    left, right = frame[[0, 3], 0].mean(), frame[[1, 2], 0].mean()
    top, bottom = frame[[0, 1], 1].mean(), frame[[2, 3], 1].mean()
    flat = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    matrix = cv2.getPerspectiveTransform(frame, flat)
    size = (grey.shape[1], grey.shape[0])
    return np.asarray(cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=_PAPER), np.uint8)
