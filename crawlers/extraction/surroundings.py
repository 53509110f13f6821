"""The lines around the body of a page: where it says when, whence and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawlers.extraction.blocks import Block
from crawlers.extraction.body import Body
from crawlers.extraction.words import page_words

_LINES_ABOVE = 40
"""Lines above the body among which time and origin are sought where the page shows no title."""
_LINES_ABOVE_TITLE = 16
"""Some pages put time and origin above the title, offices a box with the particulars of a document."""
_MOST_LINKED = 0.5
_CLOSING = 2


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The lines around a body; captions and links are none of them."""

    above: Sequence[Block]
    """The last ones above the title."""
    head: Sequence[Block]
    """From the title to the first of the body."""
    dropped: Sequence[Block]
    """Among the body, but none of it."""
    tail: Sequence[Block]
    """Below the body."""
    closing: Sequence[str]
    """The last lines of the body, where documents are signed and dated."""


def surroundings_of(blocks: Sequence[Block], body: Body, title: str) -> Surroundings:
    """The lines of a page around the body that was found on it."""
    texts = set(body.paragraphs)
    places = [number for number, block in enumerate(blocks) if block.text in texts]
    start, end = (places[0], places[-1] + 1) if places else (len(blocks), len(blocks))
    bare = title.replace(" ", "")
    titles = [number for number in range(start) if bare and blocks[number].text.replace(" ", "") == bare]
    has_title = bool(titles) and start - titles[-1] <= _LINES_ABOVE
    top = titles[-1] if has_title else max(start - _LINES_ABOVE, 0)
    above = blocks[max(top - _LINES_ABOVE_TITLE, 0) : top] if has_title else ()
    shown = {*texts, *body.captions}
    return Surroundings(
        above=[block for block in above if block.link_share < _MOST_LINKED],
        head=[block for block in blocks[top:start] if not page_words().caption.search(block.text)],
        dropped=[block for block in blocks[start:end] if block.text not in shown],
        tail=blocks[end:],
        closing=body.paragraphs[-_CLOSING:],
    )
