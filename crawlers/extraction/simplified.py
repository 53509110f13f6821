"""Traditional pages in simplified characters, so that mirrors and originals read alike."""

from collections.abc import Sequence
from functools import cache

from opencc import OpenCC

from crawlers.extraction.blocks import Block
from domain.words.traditional_characters import share_of_traditional

_SHARE_OF_TRADITIONAL = 0.04
"""Of a traditional text a fifth or more; a simplified one quotes a sign here and there and is left as it is."""
_SAMPLE = 2000


def is_traditional(text: str) -> bool:
    """Whether the text is written in traditional characters."""
    return share_of_traditional(text[:_SAMPLE]) > _SHARE_OF_TRADITIONAL


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
