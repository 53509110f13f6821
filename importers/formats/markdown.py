"""Texts with the marks of Markdown: those before titles, quotations and labels are no words of anybody."""

import re

ENDINGS = frozenset({".md", ".markdown"})
_BEFORE = re.compile(r"\s*(?:>\s?)*(?:#{1,6}\s+)?")
_ITEM = re.compile(r"\s*[-*+]\s+(?=[*_]*[\u4e00-\u9fff/]{2,10}[*_]*\s*[:\uff1a])")
"""Before a label alone: other items keep their stroke."""
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")


def without_marks(text: str) -> str:
    """The text without marks of titles, quotations and bold words, and without strokes before labels."""
    return "\n".join(_plain(line) for line in text.split("\n"))


def _plain(line: str) -> str:
    bare = _BEFORE.sub("", line, count=1) if line.lstrip().startswith((">", "#")) else line
    return _BOLD.sub(r"\2", _ITEM.sub("", bare, count=1))
