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
    start, end = span_of(blocks, body.paragraphs)
    bare = title.replace(" ", "")
    titles = [number for number in range(start) if bare and blocks[number].text.replace(" ", "") == bare]
    has_title = bool(titles) and start - titles[-1] <= _LINES_ABOVE
    top = titles[-1] if has_title else max(start - _LINES_ABOVE, 0)
    above = blocks[max(top - _LINES_ABOVE_TITLE, 0) : top] if has_title else ()
    shown = {*body.paragraphs, *body.captions}
    return Surroundings(
        above=[block for block in above if block.link_share < _MOST_LINKED],
        head=[block for block in blocks[top:start] if not page_words().caption.search(block.text)],
        dropped=[block for block in blocks[start:end] if block.text not in shown],
        tail=blocks[end:],
        closing=body.paragraphs[-_CLOSING:],
    )


def span_of(blocks: Sequence[Block], paragraphs: Sequence[str]) -> tuple[int, int]:
    """The numbers of the body's first line and of the one behind its last; both behind the page where it shows none.

    From its longest paragraph outwards: an office's name and a document's number stand in the box above it, too.
    """
    lines = [block.text for block in blocks]
    longest = max(range(len(paragraphs)), key=lambda number: len(paragraphs[number]), default=-1)
    if longest < 0 or paragraphs[longest] not in lines:
        texts = set(paragraphs)
        places = [number for number, line in enumerate(lines) if line in texts]
        return (places[0], places[-1] + 1) if places else (len(lines), len(lines))
    start = end = lines.index(paragraphs[longest])
    for paragraph in reversed(paragraphs[:longest]):
        above = range(start - 1, max(start - _LINES_ABOVE, 0) - 1, -1)
        start = next((number for number in above if lines[number] == paragraph), start)
    for paragraph in paragraphs[longest + 1 :]:
        below = range(end + 1, min(end + _LINES_ABOVE, len(lines)))
        end = next((number for number in below if lines[number] == paragraph), end)
    return start, end + 1
