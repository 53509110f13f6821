"""Joins read lines as they were written: a line that is full goes on in the next one."""

import re
from collections.abc import Sequence
from itertools import pairwise

from importers.formats.scans.geometry import Line, around, in_rows

_INDENT = 1.2
"""Characters: a paragraph begins so far from the left edge."""
_EARLY = 3.0
"""Characters: a line that ends so far from the right edge ends its paragraph."""

_NUMBER, _DAY = re.compile(r"\d{7,}$"), re.compile(r"\d{4}年")
"""A line that ends with a phone does not go on in the day below it."""


def paragraphs_of(lines: Sequence[Line]) -> str:
    """The text in reading order, a line for each paragraph; "" without lines."""
    if not lines:
        return ""
    edges = around(line.box for line in [one for one in lines if not one.is_upright] or lines)
    written: list[str] = []
    ended = True
    for row in in_rows(lines):
        box, text = around(line.box for line in row), _beside(row)
        size = box.height * 0.8
        ended = ended or (_NUMBER.search(written[-1]) and _DAY.match(text)) is not None
        if ended or box.left > edges.left + _INDENT * size:
            written.append(text)
        else:
            written[-1] += text
        ended = box.right < edges.right - _EARLY * size
    return "\n".join(written)


def _beside(row: Sequence[Line]) -> str:
    """Lines side by side; a gap wider than a character is kept as a space."""
    text = row[0].text
    for before, line in pairwise(row):
        gap = line.box.left - before.box.right
        text += (" " if gap > line.box.height * 0.8 else "") + line.text
    return text
