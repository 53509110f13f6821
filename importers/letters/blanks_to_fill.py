"""Printed lines with underscores to write on: 来访人：___张三___ 登记日期：__2026__年__7__月__14__日."""

import re
from collections.abc import Sequence

from importers.letters.signatures import is_strokes

_BLANK = re.compile(
    r"(?<![0-9A-Za-z_\uff3f])[_\uff3f]{2,}|[_\uff3f]{2,}(?![0-9A-Za-z_\uff3f])"
    r"|(?<![\w\uff3f])[_\uff3f]|[_\uff3f](?![\w\uff3f])"
)
"""Underscores within a number, a masked phone or an address of mail are part of it, a single one within any word."""
_UNITS = "省市县区乡镇村组社队户号年月日时分岁"
_WITHIN = re.compile(
    rf"(?:(?<=[\u4e00-\u9fff\d])[_\uff3f]{{2,}}(?=[{_UNITS}](?!民))|(?<=[{_UNITS}])[_\uff3f]{{2,}}(?=[\u4e00-\u9fff\d]))"
    r"(?![\u4e00-\u9fff/]{2,10}[:\uff1a])"
)
"""What parts a place or a day, of which the units are printed, and no label behind it."""


def filled_in(lines: Sequence[str]) -> list[str]:
    """The lines with blanks for underscores that were written on; lines of strokes stay, which part letters."""
    return [line if is_strokes(line) else _BLANK.sub(" ", _WITHIN.sub("", line)) for line in lines]
