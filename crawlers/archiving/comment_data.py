"""Comments that a page carries as data for its scripts: lists and objects under a key that says so are emptied."""

import re
from functools import cache

_KEY = re.compile(
    r"""(?:comment|pinglun|replies|replylist|gentie|cmt|danmu|danmaku|liuyan)[\w$]{0,40}["']?\s{0,8}[:=]\s{0,8}
    (?:JSON\.parse\(\s{0,8})?(?=[\[{]|["']\s{0,8}\\?[\[{<])""",
    re.IGNORECASE | re.VERBOSE,
)
_QUOTES = "\"'"
_OPENING, _EMPTY = frozenset("[{"), {"[": "[]", "{": "{}", '"': '""', "'": "''"}
"""Data in a string is emptied with it; other strings, such as addresses and words for a button, stay."""


def without_comment_data(text: str) -> str:
    """The text with what stands under such keys emptied; what is never closed goes to the end of the text."""
    parts, start, quotes = list[str](), 0, _QUOTES
    while found := _KEY.search(text, start):
        parts += (text[start : found.end()], _EMPTY[text[found.end()]])
        start, quotes = _end(text, found.end(), quotes)
    return "".join((*parts, text[start:])) if parts else text


def _end(text: str, start: int, quotes: str) -> tuple[int, str]:
    """Where the data ends, and the quotes that still close: behind one that never does, none of its kind can."""
    depth, at = 0, start
    while step := _step(quotes).search(text, at):
        at, sign = step.end(), step[0]
        if step["opened"] and not step["closed"]:
            at, quotes = step.start() + 1, quotes.replace(step["opened"], "")
            continue
        if sign in _OPENING:
            depth += 1
        elif sign in "]}":
            depth -= 1
        if depth == 0:
            return at, quotes
    return len(text), quotes


@cache
def _step(quotes: str) -> re.Pattern[str]:
    """The next bracket or string; a string is read to its end once, however many escaped quotes are in it."""
    opened = f"[{quotes}]" if quotes else "(?!)"
    string = rf"(?P<opened>{opened})(?:(?!(?P=opened))[^\\]|\\.)*+(?P<closed>(?P=opened))?"
    return re.compile(rf"[\[{{\]}}]|{string}", re.DOTALL)
