"""Texts with the marks of Markdown: those before titles, quotations and labels are no words of anybody."""

import re

ENDINGS = frozenset({".md", ".markdown"})
_BEFORE = re.compile(r"\s*(?:>\s?)*(?:#{1,6}\s+)?")
_ITEM = re.compile(r"\s*[-*+]\s+(?=[*_]*[\u4e00-\u9fff/]{2,10}[*_]*\s*[:\uff1a])")
"""Before a label alone: other items keep their stroke."""
_BOLD = re.compile(
    r"(?<![\d*])\*\*(?=[^\s*])(?P<stars>.{1,200}?)(?<=[^\s*])\*\*(?![\d*])"
    r"|(?<![A-Za-z0-9_])__(?=[^\s_])(?P<strokes>.{1,200}?)(?<=[^\s_])__(?![A-Za-z0-9_])"
)
"""Never within a masked number (1423**********0013) or a word (A__2026__7)."""


def without_marks(text: str) -> str:
    """The text without marks of titles, quotations and bold words, and without strokes before labels."""
    return "\n".join(_plain(line) for line in text.split("\n"))


def _plain(line: str) -> str:
    bare = _BEFORE.sub("", line, count=1) if line.lstrip().startswith((">", "#")) else line
    return _BOLD.sub(lambda found: found["stars"] or found["strokes"], _ITEM.sub("", bare, count=1))
