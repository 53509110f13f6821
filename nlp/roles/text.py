"""The text as roles are read in it: of the same length, without two things that make officials of people in need.

尊敬的县长：贺雨今年六十四岁 greets a county head and then speaks of somebody else, as if a line ended there. 马山局 is
a village: whoever is named behind it does not work in an office.
"""

import re
from collections.abc import Sequence

from nlp.roles.reading import LINE, Span

_GREETING = re.compile(
    r"^[ \u3000]*(?:(?:尊敬|敬爱|亲爱)的|各位)[^，。；：:！!？?\n]{2,24}([：:，,])"
    r"|^[ \u3000]*[^，。；：:！!？?\n]{0,12}(?:领导|同志们?|老师|叔叔)([：:])",
    re.MULTILINE,
)
_LIKE_AN_OFFICE = re.compile("[局所站院社厂]$")
_VILLAGE = "村"
_ANYBODY = "领导"


def text_for_roles(content: str, places: Sequence[Span]) -> str:
    """The content with greetings to 领导 that end their line, and with villages that are named like offices as 村."""
    signs = list(content)
    for greeting in _GREETING.finditer(content):
        end = max(greeting.start(1), greeting.start(2))
        signs[end - len(_ANYBODY) : end + 1] = [*_ANYBODY, LINE]
    for start, end in places:
        if _LIKE_AN_OFFICE.search(content, start, end):
            signs[end - 1] = _VILLAGE
    return "".join(signs)
