"""Two columns of text on a page of a PDF: an empty upright strip through its lines, with full lines on both sides."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page

SEVERAL_COLUMNS = (
    "第{pages}页像是分成两栏, 看不出先后, 已按从上到下的行接收; 请对照原件核对, 顺序乱了的请改成一栏后重新提交"
)
_OPINION = re.compile("意见\\s*[:\uff1a]|^\\s*(?:批示|办理情况|处理意见|经核实)")
_FEWEST_FULL, _ENOUGH_FULL = 3, 8
"""Full lines on each side, and on both together; lines of two columns may stand at different heights."""
_SHORTEST_FULL = 12
"""Characters of a full line of a column."""
_MOST_CHARACTERS = 8_000
"""Characters of a page of text; every one is looked at for every place of the strip."""
_WIDTH = 1.2
"""Characters that the strip is wide at least."""
_AT_EDGE = 2.0
"""Characters: a full line ends no farther from the edge of its column."""
_AROUND = 0.5
"""Points around the block of both columns."""
_MIDDLE = (0.35, 0.65)
"""Between which shares of the width of the words the strip lies."""
_FEW_ACROSS = 0.2
"""Share of the lines beside the right column that may cross the strip where it is only said."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a page lie; without a `strip` nobody can tell."""

    strip: float = 0.0
    top: float = 0.0
    bottom: float = 0.0

    def pieces(self, page: Page) -> list[Page]:
        """What stands above, left, right and below, in this order."""
        left, top, right, bottom = page.bbox
        boxes = (
            (left, top, right, self.top),
            (left, self.top, self.strip, self.bottom),
            (self.strip, self.top, right, self.bottom),
            (left, self.bottom, right, bottom),
        )
        return [page.crop(box) for box in boxes if box[2] > box[0] and box[3] > box[1]]


@dataclass(frozen=True, slots=True)
class _Side:
    """The characters of a line on one side of the strip."""

    count: int
    begins: float
    ends: float
    widest_gap: float
    """A row of a table without rulings has wide ones, running text has none."""


def columns_of(page: Page) -> Columns | None:
    """The two columns of the page; one without a strip where there may be some, None for every other page."""
    if len(page.chars) > _MOST_CHARACTERS:
        return None
    lines = [line["chars"] for line in page.extract_text_lines(strip=False)]
    chars = [char for line in lines for char in line if char["text"].strip()]
    if not chars:
        return None
    left, right = min(char["x0"] for char in chars), max(char["x1"] for char in chars)
    size = sorted(char["bottom"] - char["top"] for char in chars)[len(chars) // 2]
    if size <= 0:
        return None
    first, last = (left + share * (right - left) for share in _MIDDLE)
    places = [first + step * size / 2 for step in range(int((last - first) / size * 2) + 1)]
    counts = [(sum(_crosses(line, place, size) for line in lines), place) for place in places]
    # Of equally good places the middle one.
    best = [place for count, place in counts if count == min(counts)[0]]
    return _at(lines, best[len(best) // 2], size) if best else None


def _at(lines: Sequence[Sequence[Mapping[str, Any]]], strip: float, size: float) -> Columns | None:
    across = [place for place, line in enumerate(lines) if _crosses(line, strip, size)]
    sides = {place: _sides(line, strip) for place, line in enumerate(lines) if place not in across}
    full_left = _full({place: left for place, (left, _) in sides.items()}, size)
    full_right = _full({place: right for place, (_, right) in sides.items()}, size)
    if min(len(full_left), len(full_right)) < _FEWEST_FULL or len(full_left) + len(full_right) < _ENOUGH_FULL:
        return None
    first, last = full_right[0], full_right[-1]
    if not any(first - 1 <= place <= last + 1 for place in full_left):
        return None
    within = [place for place in across if first < place < last]
    if within:
        return Columns() if len(within) <= _FEW_ACROSS * (last - first) else None
    above = max((place for place in across if place < first), default=-1)
    below = min((place for place in across if place > last), default=len(lines))
    in_block = [place for place in sides if above < place < below]
    on_left = [place for place in in_block if sides[place][0].count]
    is_opinion = any(_OPINION.search(_words_right(lines[place], strip)) for place in in_block)
    if not full_left or on_left[-1] != full_left[-1] or is_opinion:
        # A signature below the left one, or an office's opinion on the right: two texts, or one beside the other.
        return Columns()
    block = [char for line in lines[above + 1 : below] for char in line]
    return Columns(strip, min(char["top"] for char in block) - _AROUND, max(char["bottom"] for char in block) + _AROUND)


def _words_right(line: Sequence[Mapping[str, Any]], strip: float) -> str:
    return "".join(char["text"] for char in line if (char["x0"] + char["x1"]) / 2 >= strip)


def _sides(line: Sequence[Mapping[str, Any]], strip: float) -> tuple[_Side, _Side]:
    middle = [((char["x0"] + char["x1"]) / 2, char) for char in line if char["text"].strip()]
    return (
        _side([char for place, char in middle if place < strip]),
        _side([char for place, char in middle if place >= strip]),
    )


def _side(chars: Sequence[Mapping[str, Any]]) -> _Side:
    return _Side(
        len(chars),
        min((char["x0"] for char in chars), default=0.0),
        max((char["x1"] for char in chars), default=0.0),
        max((after["x0"] - before["x1"] for before, after in pairwise(chars)), default=0.0),
    )


def _crosses(line: Sequence[Mapping[str, Any]], strip: float, size: float) -> bool:
    left, right = 0.0, math.inf
    for char in line:
        if not char["text"].strip():
            continue
        if char["x0"] + char["x1"] < 2 * strip:
            left = max(left, char["x1"])
        else:
            right = min(right, char["x0"])
    if left and right < math.inf:
        return bool(right - left < _WIDTH * size)
    return left > strip or right < strip


def _full(sides: Mapping[int, _Side], size: float) -> list[int]:
    """The places of the lines that fill the column."""
    # A title of few characters may reach into the strip.
    long = {place: side for place, side in sides.items() if side.count >= _SHORTEST_FULL}
    edge = max((side.ends for side in long.values()), default=0.0)
    return [
        place for place, side in long.items() if side.ends > edge - _AT_EDGE * size and side.widest_gap < _WIDTH * size
    ]
