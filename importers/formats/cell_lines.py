"""The lines of a cell of a printed table: those that only the width of the cell broke are joined again."""

import re
from itertools import pairwise

from importers.formats.values_beside import is_of_a_kind

_SLACK = 2.5
"""Characters that a full line may be short of its cell: its margins, and a sign that must not begin the next line."""
_NARROW = 0.55
"""Width of a letter or digit in characters."""
_FIRST_WIDE = "\u2e80"
_ITEM = re.compile(r"[(\uff08]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)\uff09、.\uff0e]|[①-⑩]")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十]、")
_CLOCK = re.compile(r"\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?")
_LANDLINE = re.compile(r"\d{7,8}")
_ENDS = ("。", "!", "\uff01", "?", "\uff1f", "\uff1b")


def joined_lines(text: str, width: float) -> str:
    """The cell's text without the breaks that a cell of this width, in characters, made.

    Kept are breaks behind a line with room for more, before an item of a list, and between two values that stand each
    for itself: two phones, two names, a day and a clock.
    """
    lines = text.split("\n")
    written = [lines[0]]
    for before, line in pairwise(lines):
        if before and line and _is_full(before, line, width) and not _are_apart(before, line):
            written[-1] += line
        else:
            written.append(line)
    return "\n".join(written)


def _is_full(line: str, following: str, width: float) -> bool:
    return _width_of(line) + _width_of(following[0]) > width - _SLACK and " " not in line.strip() + following.strip()


def _are_apart(before: str, line: str) -> bool:
    if _ITEM.match(line) or _CLOCK.fullmatch(line) or (before.endswith(_ENDS) and _NUMBER.match(line)):
        return True
    if _LANDLINE.fullmatch(before) and _LANDLINE.fullmatch(line):
        return True
    return is_of_a_kind(before) and is_of_a_kind(line)


def _width_of(text: str) -> float:
    return sum(1.0 if character >= _FIRST_WIDE else _NARROW for character in text)
