"""Characters instead of the radicals that look the same: PDF programs write ⼀, ⻩ and ⺠ for 一, 黄 and 民."""

import re
import unicodedata
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("radicals.txt")
_KANGXI = range(0x2F00, 0x2FD6)
_ANY = re.compile("[\u2e80-\u2fd5]")


def with_unified_characters(text: str) -> str:
    """The text with the characters that names, places and words are compared in."""
    return text.translate(_characters()) if _ANY.search(text) else text


@cache
def _characters() -> dict[int, str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}
    return kangxi | {ord(radical): character for radical, character in pairs}
