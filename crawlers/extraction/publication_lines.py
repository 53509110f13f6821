"""The line that says when an article was published, below which no title stands."""

import re
from collections.abc import Sequence

from crawlers.extraction.blocks import Block
from crawlers.extraction.dates import parse_date
from crawlers.extraction.words import page_words

_LONGEST_LINE = 160
_LONGEST_BARE = 30
_MOST_LINKED = 0.5
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


def is_line_of_publication(block: Block) -> bool:
    """Whether the line says when the page was published, and with what words go beside that: source, reads, size."""
    return (
        len(block.text) <= _LONGEST_LINE
        and block.link_share < _MOST_LINKED
        and (page_words().beside_date.search(block.text) or _ADDRESS.search(block.text)) is not None
        and parse_date(block.text) is not None
    )


def is_bare_date(block: Block) -> bool:
    """Whether the line is short and has a date."""
    return block.characters <= _LONGEST_BARE and block.linked == 0 and parse_date(block.text) is not None


def dates_article(head: Sequence[Block]) -> bool:
    """Whether one of the lines between title and body says when the article was published."""
    return any(is_line_of_publication(block) for block in head)
