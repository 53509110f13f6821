"""A letter whose last page was scanned: the typed pages and the signed one of the same file are one letter."""

import re
from collections.abc import Sequence
from dataclasses import replace

from importers.formats.parts import Letter
from importers.letters.signatures import is_end, is_salutation, signature_of
from importers.words.letter_words import letter_words

CONTINUED = "扫描的页没有开头, 已接在前面没有署名的信后面, 作为一件接收; 不是同一封信的请分开提交"
_HEAD_LINES = 3
_ANOTHER_PAPER = re.compile("证明|今欠|性别|我是.{0,10}(?:邻居|工友)")


def continued(first: Letter, second: Letter) -> Letter | None:
    """Both as one letter where the first is not signed and the second, of the same member, only ends it; else None."""
    above, below = _written(first.text), _written(second.text)
    if (first.part, first.title) != (second.part, second.title) or not above or not below:
        return None
    begun, ended = signature_of(above), signature_of(below)
    if begun.name or begun.day or not ended.name or not any(map(is_salutation, above[:_HEAD_LINES])):
        return None
    if not _ends_a_letter(below) or any(map(is_salutation, below)):
        return None
    note = "; ".join(filter(None, (first.note, CONTINUED, second.note)))
    doubted = (
        None if first.doubted is None and second.doubted is None else (first.doubted or ()) + (second.doubted or ())
    )
    return replace(first, text=f"{first.text}\n{second.text}", note=note, doubted=doubted)


def _ends_a_letter(lines: Sequence[str]) -> bool:
    """True for what begins as a letter ends, or holds its closing; other papers with a signature are none."""
    text = "\n".join(lines)
    if _ANOTHER_PAPER.search(text):
        return False
    return is_end(lines[0]) or any(word in text for word in letter_words().endings)


def _written(text: str) -> Sequence[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
