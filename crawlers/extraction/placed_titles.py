"""The title of a page whose head names none: the line that stands where titles stand."""

import re
from collections.abc import Sequence
from itertools import pairwise

from crawlers.extraction.blocks import Block
from crawlers.extraction.dates import parse_date
from crawlers.extraction.titles import is_site_name
from crawlers.extraction.words import page_words

_SHORTEST = 4
_LONGEST = 60
_LONGEST_LINE = 160
_LONGEST_BARE = 30
_NEAR = 8
"""Lines below the one of time and source among which the text must begin."""
_STOPS = re.compile(r"[。；;>》：:]\s*$|>>|»")
_MOST_LINKED = 0.5


def _is_line_of_publication(block: Block) -> bool:
    """Whether the line says when the page was published, and with what words go beside that: source, reads, size."""
    return (
        len(block.text) <= _LONGEST_LINE
        and block.link_share < _MOST_LINKED
        and page_words().beside_date.search(block.text) is not None
        and parse_date(block.text) is not None
    )


def dates_article(head: Sequence[Block]) -> bool:
    """Whether one of the lines between title and body says when the article was published."""
    return any(_is_line_of_publication(block) for block in head)


def title_above_date(blocks: Sequence[Block], site_names: Sequence[str]) -> str:
    """The line right above that of time and source, where a text follows; empty when there is none."""
    for number, (above, line) in enumerate(pairwise(blocks), start=2):
        if not line.is_prose and not line.noise and (_is_line_of_publication(line) or _is_bare_date(line)):
            follows = any(block.is_prose and not block.noise for block in blocks[number : number + _NEAR])
            if follows and _may_be_title(above, site_names):
                return above.text
    return ""


def _is_bare_date(block: Block) -> bool:
    return block.characters <= _LONGEST_BARE and block.linked == 0 and parse_date(block.text) is not None


def _may_be_title(block: Block, site_names: Sequence[str]) -> bool:
    words = page_words()
    beside = (words.beside, words.never, words.foot, words.beside_date, words.particular)
    return (
        _SHORTEST <= block.characters <= _LONGEST
        and not block.noise
        and block.linked == 0
        and not _STOPS.search(block.text)
        and parse_date(block.text) is None
        and not any(pattern.search(block.text) for pattern in (*beside, words.site_alone, words.untitled))
        and not is_site_name(block.text, site_names)
    )
