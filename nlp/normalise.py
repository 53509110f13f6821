"""The one door for text: width, compatibility forms, traditional to simplified, spaces, invisible characters."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from domain.words.traditional_characters import simplified_forms

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{2,}")
_PLAIN_PARTS = re.compile("[^，。；：？！（）]+")


def normalise(text: str) -> str:
    """The text in one form: NFKC, simplified, single spaces and line breaks, nothing invisible.

    Chinese punctuation stays Chinese: NFKC would turn it into ASCII and sentences would run into numbers.
    """
    kept = _PLAIN_PARTS.sub(lambda part: unicodedata.normalize("NFKC", part[0]), text)
    clean = _INVISIBLE.sub("", kept).replace("\r\n", "\n").replace("\r", "\n")
    clean = _LINES.sub("\n", "\n".join(line.strip() for line in _SPACES.sub(" ", clean).split("\n"))).strip()
    return simplified(clean)


def simplified(text: str) -> str:
    """The text in simplified characters."""
    return _converter().convert(text) if _traditional().search(text) else text


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _traditional() -> re.Pattern[str]:
    """Every character that has a simplified form; converting a text without any would only cost time."""
    return re.compile(f"[{''.join(simplified_forms())}]")
