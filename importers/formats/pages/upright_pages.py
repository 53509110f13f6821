"""Pages of a PDF turned so that their characters stand upright, whatever way the page is shown."""

import math
from collections import Counter

from pdfplumber.page import Page

_MOST = 0.9
"""Share of the characters that have to lie alike: a stamp or a heading beside a table may stand sideways."""
_QUARTER, _FULL = 90, 360


def upright(page: Page) -> Page:
    """The page itself, or one that shows it turned by quarters so that its characters stand upright."""
    turns = Counter(_turn_of(char["matrix"]) for char in page.chars)
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    if turn == 0 or count < _MOST * len(page.chars):
        return page
    rotation = (page.rotation + turn) % _FULL
    page.close()
    # The page is only shown otherwise; nothing is written.
    page.page_obj.attrs["Rotate"] = rotation
    page.page_obj.rotate = rotation
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _turn_of(matrix: tuple[float, ...]) -> int:
    """The quarters, in degrees, by which the character's line is turned against the reader's."""
    degrees = math.degrees(math.atan2(matrix[1], matrix[0]))
    return round(degrees / _QUARTER) * _QUARTER % _FULL
