"""First sentences of other articles under links to them: prose that is none of the page's own."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from crawlers.extraction.blocks import Block

_FEWEST = 3
"""One link above a paragraph proves nothing; boxes of other articles hold several alike."""
_LONGEST = 160
_SHORTEST_LINK = 6
_WHOLLY_LINKED = 0.9
_FEWEST_OF_ARTICLE = 60
"""Characters of other prose without which the page is a digest, and these its text."""


def mark_teasers(blocks: Sequence[Block]) -> None:
    """Mark as noise the lines that stand, three or more alike, each below a link to another article."""
    below = [block for above, block in pairwise(blocks) if _is_headline(above) and _may_tease(block)]
    alike = Counter(map(_place, below))
    teasers = [block for block in below if alike[_place(block)] >= _FEWEST]
    told = sum(block.characters for block in blocks if block.is_prose and not block.noise)
    if told - sum(block.characters for block in teasers) >= _FEWEST_OF_ARTICLE:
        for block in teasers:
            block.noise = True


def _is_headline(block: Block) -> bool:
    return block.characters >= _SHORTEST_LINK and block.link_share >= _WHOLLY_LINKED


def _may_tease(block: Block) -> bool:
    return block.is_prose and not block.noise and block.characters <= _LONGEST


def _place(block: Block) -> tuple[object, ...]:
    owner, parent = block.owner, block.owner.getparent()
    return owner.tag, owner.get("class"), *((parent.tag, parent.get("class")) if parent is not None else ())
