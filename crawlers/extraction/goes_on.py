"""Where an article goes on that shows in its midst what readers wrote: below 网友留言 there may stand what was done.

It goes on at the next heading of the form of 网友留言 itself that says so (记者调查, 部门说法) or has more lines below
it than a comment; or, where every comment begins with its nickname and a colon, at the first line that does not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise

from lxml.html import HtmlElement

from crawlers.extraction.blocks import LINE_ELEMENTS, Block
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_LONGEST_HEADING = 30
_DEEPEST = 8
"""Names of elements within each other by which a heading is told."""
_FARTHEST = 300
"""Elements below the heading among which the article must go on: a page may be made of such headings."""
_LINES_OF_A_SECTION = 2
"""Lines of prose by which the article is known; a comment mostly has one, below a nickname or behind the last one."""
_SHORTEST_LINE = 16
_SENTENCE_END = re.compile("[。！？!?]")
_NO_HEADING = re.compile(rf"{_SENTENCE_END.pattern}|\d\s*[:：]\s*\d")
"""A sentence, or the time at which somebody wrote."""
_PLAIN = frozenset({"p", "div", "td", "span", ""})
_SAYS = re.compile(r"^[^，。！？：:;；]{1,20}[：:]\s*[^\s\d]")


@dataclass(slots=True)
class _Line:
    """A line below a heading, and the number of the element with which it begins."""

    number: int
    text: str

    @property
    def is_prose(self) -> bool:
        return len(self.text) >= _SHORTEST_LINE and bool(_SENTENCE_END.search(self.text))

    @property
    def is_said(self) -> bool:
        """Whether the line is what somebody says, the name before it."""
        return bool(_SAYS.match(self.text))

    @property
    def is_mark(self) -> bool:
        return bool(page_words().comment_mark.search(self.text))


def article_goes_on(heading: HtmlElement, following: Sequence[HtmlElement]) -> int:
    """The number of the element behind the heading of comments with which the article goes on; of all where none is."""
    lines = [line for line in _lines(following[:_FARTHEST]) if line.text]
    headings = [line.number for line in lines if _is_like(following[line.number], heading, line)]
    for number, end in pairwise((*headings, len(following))):
        below = [line for line in lines if number < line.number < end and line.is_prose]
        is_named_so = page_words().section.search(one_line(following[number].text_content()))
        if len(below) >= (1 if is_named_so else _LINES_OF_A_SECTION):
            return number
    rest = list(dropwhile(lambda line: line.is_said, lines))
    told = len(rest) < len(lines) and not any(line.is_mark for line in lines) and not any(line.is_said for line in rest)
    return rest[0].number if told and sum(line.is_prose for line in rest) >= _LINES_OF_A_SECTION else len(following)


def has_prose_below(blocks: Sequence[Block], own: Sequence[Block]) -> bool:
    """Whether, below lines of the page that are not its own, prose stands in the element of the prose above them."""
    ours = {id(block) for block in own}
    first = next((number for number, block in enumerate(blocks) if id(block) not in ours), len(blocks))
    above = {one for block in _prose(blocks[:first]) for one in (block.owner, block.owner.getparent())}
    below = (block for block in _prose(blocks[first:]) if id(block) in ours)
    return any(block.owner in above or block.owner.getparent() in above for block in below)


def _prose(blocks: Sequence[Block]) -> Iterator[Block]:
    return (block for block in blocks if block.is_prose and not block.noise)


def _lines(elements: Sequence[HtmlElement]) -> Iterator[_Line]:
    """The lines that siblings make: of elements in a line, of text between breaks, of elements that are lines."""
    line = _Line(0, "")
    for number, element in enumerate(elements):
        if element.tag in LINE_ELEMENTS or element.tag == "br":
            yield line
            yield _Line(number, one_line(element.text_content()))
            line = _Line(number, one_line(element.tail or ""))
            continue
        line = line if line.text else _Line(number, "")
        line.text += one_line(element.text_content() + (element.tail or ""))
    yield line


def _is_like(element: HtmlElement, heading: HtmlElement, line: _Line) -> bool:
    """Whether the element that begins the line is a heading like the one above the comments, alone in its line."""
    text = line.text
    is_short = len(text) <= _LONGEST_HEADING and not _NO_HEADING.search(text)
    is_of_readers = line.is_said or line.is_mark or page_words().comment_heading.match(text)
    is_alone = text == one_line(element.text_content())
    form = _form(heading)
    return is_short and is_alone and not is_of_readers and not _PLAIN.issuperset(form) and _form(element) == form


def _form(element: HtmlElement) -> tuple[str, ...]:
    """How the element is marked up: its tag and class, and of elements that hold nothing else theirs, too."""
    form = list[str]()
    while True:
        form += (element.tag, element.get("class") or "")
        if len(element) != 1 or (element.text or "").strip() or len(form) > _DEEPEST:
            return tuple(form)
        element = element[0]
