"""Takes from a page that was read everything but the lines that its article has, whoever wrote the rest and wherever.

A line stays when it is the title, a paragraph or a caption of the article, a name of a file that it offers, a line that
says nothing but when, whence and by whom it was published, or a label of a letter to an office. The elements around
these lines stay as they were called, so that a selector finds in what is kept what it would have found on the page.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from crawlers.extraction.article import Article
from crawlers.extraction.blocks import LINE_ELEMENTS, Place, split_blocks
from crawlers.extraction.body import without_way_back
from crawlers.extraction.choice import Extractor
from crawlers.extraction.letters import letter_of
from crawlers.extraction.simplified import simplify
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_OF_PICTURES = frozenset({"width"})
_ATTRIBUTES = frozenset({"class", "id", "itemprop", "style", "hidden", "href", "type"}) | _OF_PICTURES
"""By which parts of a page are found, and where its links lead; what others say nobody reads."""
_BETWEEN_LINES = LINE_ELEMENTS | {"br"}
"""Kept empty: without them the lines at their sides would become one."""
_LONGEST_PARTICULARS = 160
_SHORTEST_PIECE = 4
_MOMENT = re.compile(r"\d{2,4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?|\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?")
_SAYS_MORE = re.compile(r"[^\W_]")


def keep_lines(root: HtmlElement, article: Article, own: Collection[HtmlElement]) -> None:
    """Change the tree: beside the lines of the article only the text of the elements `own` stays."""
    lines = _Lines(article)
    blocks = split_blocks(root)
    lines.add_form([block.text for block in blocks])
    whole = {one for element in own for one in element.iter()}
    kept = [block for block in blocks if block.text in lines]
    places = {place for block in kept for place in block.places}
    places |= {(block.picture, "text") for block in kept if block.picture is not None}
    places |= {place for link in root.iter("a") if lines.has_link(link) for place in _places_in(link)}
    places |= {place for block in blocks for place in block.places if _holder(place) in whole}
    _prune(root, places)
    without_attributes(root, places)


class _Lines:
    """The lines that stay."""

    def __init__(self, article: Article) -> None:
        self._is_traditional = bool(article.original_text)
        self._lines = {*article.text.splitlines(), *article.captions}
        self._title = _bare(article.title)
        self._files = {file.text for file in article.attachments}
        self._known = [one for one in (article.origin, *article.author.split(), *article.editor.split()) if one]
        # It puts lines together its own way, and reads no page with so many that looking for each would take long.
        self._text = _bare(article.text) if article.how is Extractor.TRAFILATURA else ""

    def add_form(self, texts: Sequence[str]) -> None:
        """Keep the labels of a letter to an office, too, and the values of those that name nobody."""
        letter = letter_of([simplify(text) for text in texts] if self._is_traditional else texts)
        self._lines |= letter.furniture - letter.persons if letter else frozenset()

    def __contains__(self, text: str) -> bool:
        text = simplify(text) if self._is_traditional else text
        bare = _bare(text)
        return (
            text in self._lines
            or bare == self._title != ""
            or without_way_back(text) in self._lines
            or (len(bare) >= _SHORTEST_PIECE and bare in self._text)
            or self._is_of_particulars(text)
        )

    def has_link(self, link: HtmlElement) -> bool:
        """Whether the link leads to a file of the article or to its next page."""
        said = one_line(link.text_content()[:_LONGEST_PARTICULARS])
        return said in self._files or bool(page_words().next_page.match(said))

    def _is_of_particulars(self, text: str) -> bool:
        if len(text) > _LONGEST_PARTICULARS:
            return False
        for known in self._known:
            text = text.replace(known, "")
        words, rest = page_words(), _MOMENT.sub("", text)
        for label in (words.editor, words.origin, words.author, words.beside_date):
            rest = label.sub("", rest)
        return not _SAYS_MORE.search(rest)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _holder(place: Place) -> HtmlElement:
    element, name = place
    return element.getparent() if name == "tail" else element


def _places_in(element: HtmlElement) -> Iterator[Place]:
    for one in element.iter():
        yield one, "text"
        if one is not element:
            yield one, "tail"


def without_attributes(root: HtmlElement, places: Collection[Place] = ()) -> None:
    """Take from the elements of the page what they say to no reader of it; what stands at the `places` stays."""
    for element in root.iter():
        for name in set(element.attrib) - _ATTRIBUTES:
            if (element, name) not in places and not _is_of_head(element):
                del element.attrib[name]


def _prune(root: HtmlElement, places: Collection[Place]) -> None:
    holding = {root}
    for place in places:
        holding |= _up_to(_holder(place), holding)
    for element in list(root.iter()):
        if element is root or element.getparent() not in holding or _is_of_head(element):
            continue
        if (element, "tail") not in places:
            element.tail = None
        if element not in holding and element.tag == "img":
            # Without it what was no caption would be one, and without a break two lines one.
            element.tag = "br"
        if element not in holding and element.tag not in _BETWEEN_LINES:
            element.drop_tree()
            continue
        if (element, "text") not in places:
            element.text = None
        if element not in holding:
            _empty(element, places)


def _up_to(element: HtmlElement, known: Collection[HtmlElement]) -> set[HtmlElement]:
    """The element and those around it, as far as they are not known."""
    return set(takewhile(lambda one: one not in known, (element, *element.iterancestors())))


def _empty(element: HtmlElement, places: Collection[Place]) -> None:
    for child in list(element):
        element.remove(child)
    for name in set(element.attrib) - _OF_PICTURES:
        if (element, name) not in places:
            del element.attrib[name]


def _is_of_head(element: HtmlElement) -> bool:
    parent = element.getparent()
    return element.tag == "head" or (parent is not None and parent.tag == "head")
