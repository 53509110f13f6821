"""Traditional pages in simplified characters, so that mirrors and originals read alike."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import opencc
from opencc import OpenCC

from crawlers.extraction.blocks import Block

_SHARE_OF_TRADITIONAL = 0.04
"""Of a traditional text a fifth or more; a simplified one quotes a sign here and there and is left as it is."""
_SAMPLE = 2000


def is_traditional(text: str) -> bool:
    """Whether the text is written in traditional characters."""
    ideographs = [sign for sign in text[:_SAMPLE] if "\u3400" <= sign <= "\u9fff"]
    return sum(sign in _only_traditional() for sign in ideographs) > _SHARE_OF_TRADITIONAL * max(len(ideographs), 1)


def simplify_blocks(blocks: Sequence[Block]) -> dict[str, str]:
    """Write the lines in simplified characters; the original of each line by its simplified form."""
    originals = {}
    for block in blocks:
        original, block.text = block.text, simplify(block.text)
        originals[block.text] = original
    return originals


def simplify(text: str) -> str:
    """The text in simplified characters."""
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _only_traditional() -> frozenset[str]:
    """Characters that no simplified text uses."""
    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return frozenset(before for before, after in pairs if before not in after.split())
