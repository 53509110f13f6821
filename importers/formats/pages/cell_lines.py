"""The lines of a cell of a printed table: those that only the width of the cell broke are joined again."""

import re
from itertools import pairwise

from importers.formats.forms.values_beside import is_of_a_kind, is_option

_SLACK = 2.5
"""Characters that a full line may be short of its cell: its margins, and a sign that must not begin the next line."""
_SHARE = 0.25
"""Of a narrow cell's width, as much as a line of words may be short of it: two short words may be two values."""
_NARROW = 0.55
"""Width of a letter or digit in characters."""
_FIRST_WIDE = "\u2e80"
_ITEM = re.compile(r"[(\uff08]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)\uff09、.\uff0e]|[①-⑩]")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十]、")
_CLOCK = re.compile(r"\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?")
_LANDLINE = re.compile(r"\d{7,8}")
_WHOLE = re.compile(
    r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{17}[\dXx]"
    r"|\d{4}[-年./]\d{1,2}[-月./]\d{2}|(?:\d{4}年)?\d{1,2}月\d{1,2}日"
)
"""A phone, an ID number or a day to which nothing can be missing; 2026-9-1 may go on."""
_ID_NUMBER = re.compile(r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_OWN_LANDLINE = re.compile(r"[2-8]\d{6,7}")
_FIGURES = re.compile(r"[\dXx]+")
_NUMBERED = re.compile(r"[A-Za-z]{1,6}[\d-]*\d")
_GOES_ON = re.compile(r"[\d-]")
_PLACE = re.compile("[\u4e00-\u9fff]{2,}[镇乡村]")
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
    # A number without words is rarely two: it goes on also where the cell's margins are wide.
    slack = _SLACK if line.isascii() and following.isascii() else min(_SLACK, _SHARE * width)
    return _width_of(line) + _width_of(following[0]) > width - slack and " " not in line.strip() + following.strip()


def _are_apart(before: str, line: str) -> bool:
    if _ITEM.match(line) or _CLOCK.fullmatch(line) or (before.endswith(_ENDS) and _NUMBER.match(line)):
        return True
    if _LANDLINE.fullmatch(before) and _LANDLINE.fullmatch(line):
        return True
    return _is_whole(before, line) or _are_values(before, line)


def _is_whole(before: str, line: str) -> bool:
    """True for a phone, ID number, day or number that cannot go on in this line."""
    if _ID_NUMBER.fullmatch(before + line):
        return False
    if _OWN_LANDLINE.fullmatch(before):
        return _FIGURES.fullmatch(line) is None or _WHOLE.fullmatch(line) is not None
    is_number = _NUMBERED.fullmatch(before) is not None and _GOES_ON.match(line) is None
    return is_number or _WHOLE.fullmatch(before) is not None


def _are_values(before: str, line: str) -> bool:
    """True for two lines that each say one thing of the same kind."""
    kinds = (is_of_a_kind, is_option, _PLACE.fullmatch)
    return any(kind(before) and kind(line) for kind in kinds)


def _width_of(text: str) -> float:
    return sum(1.0 if character >= _FIRST_WIDE else _NARROW for character in text)
