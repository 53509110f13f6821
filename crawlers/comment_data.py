"""Comments that a page carries as data for its scripts: lists and objects under a key that says so are emptied."""

import re

_KEY = re.compile(
    r"""(?:comment|pinglun|replies|replylist|gentie|cmt|danmu|danmaku|liuyan)[\w$]{0,40}["']?\s{0,8}[:=]\s{0,8}
    (?:JSON\.parse\(\s{0,8})?(?=[\[{]|["']\s{0,8}\\?[\[{<])""",
    re.IGNORECASE | re.VERBOSE,
)
_STEP = re.compile(r"""[\[{\]}]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""", re.DOTALL)
_OPENING, _EMPTY = frozenset("[{"), {"[": "[]", "{": "{}", '"': '""', "'": "''"}
"""Data in a string is emptied with it; other strings, such as addresses and words for a button, stay."""


def without_comment_data(text: str) -> str:
    """The text with what stands under such keys emptied; what is never closed goes to the end of the text."""
    parts, start = list[str](), 0
    while found := _KEY.search(text, start):
        parts += (text[start : found.end()], _EMPTY[text[found.end()]])
        start = _end(text, found.end())
    return "".join((*parts, text[start:])) if parts else text


def _end(text: str, start: int) -> int:
    depth = 0
    for step in _STEP.finditer(text, start):
        sign = step[0]
        if sign in _OPENING:
            depth += 1
        elif sign in "]}":
            depth -= 1
        if depth == 0:
            return step.end()
    return len(text)
