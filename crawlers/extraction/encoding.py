"""The text of a page whatever its bytes are and whatever the page says they are."""

import codecs
import re
from functools import cache
from pathlib import Path

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z0-9_\-]{3,20})", re.IGNORECASE)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-]{3,20})", re.IGNORECASE)
_HEAD = 4096
_SAMPLE = 200_000
"""Bytes that are weighed; encodings do not change halfway often enough to read a page twice."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CHINESE = ("utf-8", "gb18030", "big5hkscs")
"""Encodings that are tried where a page declares none."""
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_MISREAD = re.compile("[\ufffd\ue000-\uf8ff\u0080-\u009f]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def decode_page(content: bytes, content_type: str = "") -> str:
    """The page as text without control characters; `content_type` is the header of that name.

    A mark at the start decides; else bytes that are valid UTF-8 are UTF-8; else the encoding under which most
    ideographs are common ones, what header and page declare counting only where two fit alike.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _clean(content[len(mark) :].decode(encoding, errors="replace"))
    try:
        return _clean(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(content.decode(_likeliest(content, content_type), errors="replace"))


def without_surrogates(text: str) -> str:
    """The text with a mark for each half of a character, which JSON may name and no file can hold."""
    return _SURROGATE.sub("\ufffd", text)


def _likeliest(content: bytes, content_type: str) -> str:
    sample = content[:_SAMPLE]
    candidates = dict.fromkeys((*_declared(content, content_type), *CHINESE))
    # max keeps the first of equals, and the declared ones stand first.
    return max(candidates, key=lambda encoding: round(_plausibility(sample.decode(encoding, errors="replace")), 2))


def _declared(content: bytes, content_type: str) -> list[str]:
    named = [found[1] for found in (_IN_HEADER.search(content_type),) if found]
    named += [found[1].decode("ascii") for found in (_DECLARED.search(content[:_HEAD]),) if found]
    known = []
    for name in named:
        try:
            text_encoding = codecs.lookup(_ALIASES.get(name.lower(), name))
            b"a".decode(text_encoding.name)
        except (LookupError, UnicodeDecodeError):  # no encoding, or one that is not of text
            continue
        known.append(text_encoding.name)
    return known


def _plausibility(text: str) -> float:
    """Share of the signs that only the right encoding gives: common ideographs, less what cannot stand in a page."""
    misread = len(_MISREAD.findall(text))
    ideographs = _IDEOGRAPH.findall(text)
    common = sum(sign in _common() for sign in ideographs)
    return (common - misread) / (len(ideographs) + misread + 1)


@cache
def _common() -> frozenset[str]:
    text = (Path(__file__).parent / "common_characters.txt").read_text(encoding="utf-8")
    return frozenset(sign for line in text.splitlines() if not line.startswith("#") for sign in line)


def _clean(text: str) -> str:
    return _NOT_IN_TEXT.sub("", text)
