"""Where an article goes on that shows in its midst what readers wrote: below 网友留言 there may stand what was done.

It goes on at the next heading of the form of 网友留言 itself, above more prose than a comment has; or, where every
comment begins with its nickname and a colon, at the first line that does not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from lxml.html import HtmlElement

from crawlers.extraction.blocks import LINE_ELEMENTS
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_LONGEST_HEADING = 30
_DEEPEST = 8
"""Names of elements within each other by which a heading is told."""
_FARTHEST = 300
"""Elements below the heading among which the article must go on: a page may be made of such headings."""
_PROSE_OF_A_SECTION = 60
"""Characters of prose below a heading of the article; below a nickname that is a line of its own there are fewer."""
_SHORTEST_LINE = 16
_SENTENCE_END = re.compile("[。！？!?]")
_SAYS = re.compile(r"^[^，。！？：:;；]{1,20}[：:]")


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
        return bool(_SAYS.match(self.text) or page_words().comment_mark.search(self.text))


def article_goes_on(heading: HtmlElement, following: Sequence[HtmlElement]) -> int:
    """The number of the element behind the heading of comments with which the article goes on; of all where none is."""
    lines = [line for line in _lines(following[:_FARTHEST]) if line.text]
    headings = [line.number for line in lines if _is_like(following[line.number], heading, line.text)]
    for place, number in enumerate(headings):
        end = headings[place + 1] if place + 1 < len(headings) else len(following)
        prose = sum(len(line.text) for line in lines if number < line.number < end and line.is_prose)
        if prose >= _PROSE_OF_A_SECTION:
            return number
    rest = list(dropwhile(lambda line: line.is_said, lines))
    is_article = len(rest) < len(lines) and any(line.is_prose for line in rest)
    return rest[0].number if is_article and not any(line.is_said for line in rest) else len(following)


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


def _is_like(element: HtmlElement, heading: HtmlElement, line: str) -> bool:
    """Whether the element is a heading like the one above the comments, alone in its line."""
    text = one_line(element.text_content())
    is_short = 0 < len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text)
    words = page_words()
    is_of_readers = words.comment_heading.match(text) or words.comment_mark.search(text) or _SAYS.match(text)
    return text == line and is_short and not is_of_readers and _form(element) == _form(heading)


def _form(element: HtmlElement) -> tuple[str, ...]:
    """How the element is marked up: its tag and class, and of elements that hold nothing else theirs, too."""
    form = list[str]()
    while True:
        form += (element.tag, element.get("class") or "")
        if len(element) != 1 or (element.text or "").strip() or len(form) > _DEEPEST:
            return tuple(form)
        element = element[0]
