"""The one door for text: width, compatibility forms, traditional to simplified, spaces, invisible characters."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{2,}")
_TRADITIONAL = re.compile(
    "[萬與為個們來時說這沒對開關門問間國園圓團長張無雲電車東風飛馬魚鳥龍齊齒黃點從倉醫難離頭題顏類]"
)
"""A few of the commonest characters that differ; a text without any is not converted, which saves most of the time."""
_PLAIN_PARTS = re.compile("[^，。；：？！（）]+")


def normalise(text: str) -> str:
    """The text in one form: NFKC, simplified, single spaces and line breaks, nothing invisible.

    Chinese punctuation stays Chinese: NFKC would turn it into ASCII and sentences would run into numbers.
    """
    kept = _PLAIN_PARTS.sub(lambda part: unicodedata.normalize("NFKC", part[0]), text)
    clean = _INVISIBLE.sub("", kept).replace("\r\n", "\n").replace("\r", "\n")
    clean = _LINES.sub("\n", "\n".join(line.strip() for line in _SPACES.sub(" ", clean).split("\n"))).strip()
    return _converter().convert(clean) if _TRADITIONAL.search(clean) else clean


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
