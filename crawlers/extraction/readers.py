"""Finds in a page what readers wrote below its article, and what they are called.

It is known by what its elements are called, by a heading such as 网友评论, and by marks that stand beside a comment
whatever its elements are called: 3楼, IP属地, [某地网友], 回复 支持 举报, the element of a nickname or a portrait.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from html import unescape
from itertools import islice

from lxml.html import HtmlElement

from crawlers.declaring.source import Selectors
from crawlers.extraction.blocks import LINE_ELEMENTS, NAME_PARTS, Block, BlockKind
from crawlers.extraction.goes_on import article_goes_on
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_WHOLE = frozenset({"html", "body", "head", "main", "article"})
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6", "dt", "legend", "summary", "strong", "b", "p", "div", "td", "th"])
_LONGEST_HEADING = 30
_LONGEST_MARK = 80
_LONGEST_NAME = 200
_TELLING = 2
"""Names and marks within it by which an element that is named after comments, and holds all prose, does hold them."""
_NAMES = 8192
"""Names of elements of which is remembered whether they tell of comments: a site's pages have the same few hundred."""
_PROSE_A_MARK = 2
"""Paragraphs that a comment has for each of its marks; what has more of them for one mark is no comment."""
_LINKS_A_MARK = 8
"""Portrait, name, answer, agree, report …; what has more links for one mark is a list of other pages."""
_OF_ANOTHER = 3
"""Paragraphs without a mark by which an element is known to hold something else, too."""


def readers_parts(
    root: HtmlElement,
    blocks: Sequence[Block],
    select: Selectors,
    own: Collection[HtmlElement] = (),
    untouched: Collection[HtmlElement] = (),
    *,
    by_headings: bool = True,
    by_marks: bool = True,
) -> list[HtmlElement]:
    """The elements that hold what readers wrote; text below a heading that stands in no element is taken out at once.

    `blocks` are the lines of the page, by which marks are found, and behind which line of the article headings count.
    The page's `own` elements and those that `select` chooses are none, nor is what is around them, whatever that is
    called; in those that are `untouched` nothing is.
    """
    chosen = (select.title, select.body, select.published, select.origin, select.author)
    # Extraction, too, takes the first that fits.
    first = [element for css in chosen if css for element in root.cssselect(css)[:1]]
    declared = root.cssselect(select.comments) if select.comments else []
    page = _Page(root, blocks, [*own, *untouched, *first])
    found = {*declared, *page.of_readers(by_headings=by_headings, by_marks=by_marks)}
    kept, inside = _within(root, untouched), _within(root, found)
    outermost = (one for one in root.iter() if one in found and one.getparent() not in inside)
    return [one for one in outermost if one not in kept and one is not root]


def may_hold_readers(text: str) -> bool:
    """False where the text of a page has none of the words by which readers are found."""
    lowered = (unescape(text) if "&#" in text else text).lower()
    return any(sign in lowered for sign in page_words().comment_signs)


def take_out(elements: Collection[HtmlElement]) -> None:
    """Take the elements out of their tree, with all they hold; the text behind each stays."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


class _Page:
    """The elements of a page, and which of them are the page's own."""

    def __init__(self, root: HtmlElement, blocks: Sequence[Block], own: Collection[HtmlElement]) -> None:
        self._root, self._blocks = root, blocks
        self._elements = [one for one in root.iter() if isinstance(one.tag, str) and one.tag not in _WHOLE]
        self._order = {element: number for number, element in enumerate(self._elements)}
        self._titles = list(root.iter("h1")) or list(root.iter("h2"))[:1]
        self._own = [*own, *self._titles]

    def of_readers(self, *, by_headings: bool, by_marks: bool) -> list[HtmlElement]:
        named = [one for one in self._elements if _is_named_so(one)]
        blocks = self._blocks
        start = self._start(blocks, named)
        own = [*self._own, *(block.owner for block in blocks[start : start + 1] or self._all_there_is(named))]
        following = blocks[start + 1 :]
        around = _around([*own, *(block.owner for block in following if _is_own_line(block))])
        if any(_is_answered(block.text) for block in following):
            # A message that the article tells of with the office's answer: a lost lead is worse than a kept comment.
            by_headings = by_marks = False
        below = self._below_headings(own, around) if by_headings else []
        marked = self._marked(following, around, own[-1]) if by_marks and following else []
        return [*(one for one in named if one not in around), *below, *marked]

    def _start(self, blocks: Sequence[Block], named: Sequence[HtmlElement]) -> int:
        """The first line that reads like an article: behind the title where one is, in nothing named after comments.

        The number of lines where there is none.
        """
        behind = min((self._order[one] for one in self._titles), default=0)
        inside = _within(self._root, named)
        found = len(blocks)
        for number, block in enumerate(blocks):
            if _is_heading(block.text):
                break
            # A headline with a comma reads like prose, too.
            is_text = block.is_prose and block.kind is not BlockKind.HEADING
            if is_text and not block.noise and block.owner not in inside:
                if self._order.get(block.owner, behind) >= behind:
                    return number
                found = min(found, number)
        return found

    def _all_there_is(self, named: Sequence[HtmlElement]) -> Sequence[Block]:
        """The first line of prose where all prose is in what is named after comments, and nothing else there tells so.

        Some systems call the article itself something like that.
        """
        first = next((block for block in self._blocks if block.is_prose and not block.noise), None)
        around = [one for one in named if first and one in _around([first.owner])]
        if first is None or not around:
            return ()
        called, lines = set(named), {block.owner for block in self._blocks if _is_mark(block.text)}
        told = (one for one in around[0].iterdescendants() if one in called or one in lines or _names_a_reader(one))
        return () if len(list(islice(told, _TELLING))) == _TELLING else (first,)

    def _below_headings(self, own: Sequence[HtmlElement], around: Collection[HtmlElement]) -> list[HtmlElement]:
        """Headings such as 网友评论 behind everything that is the page's own, and what follows up to where it goes on.

        The text that stands between these elements is taken away at once: it is no element of its own.
        """
        last = max((self._order.get(element, 0) for element in own), default=0)
        found = dict[HtmlElement, None]()
        for element in self._elements:
            # What stood in a line that was emptied is part of the page no more.
            if self._order[element] <= last or element.getparent() is None:
                continue
            if element.tag in _HEADINGS and _is_heading(_short_text(element)):
                start = _alone(element)
                if start not in found:
                    # Below a heading that stands below another one everything is found.
                    found |= dict.fromkeys((*_following(start, around), element))
                element.tail = None
                _take_from_line(element, around)
            elif element.tail and _is_heading(one_line(element.tail)):
                found |= dict.fromkeys(_following(element, around))
            elif len(element) and element[0].tag == "br" and element.text and _is_heading(one_line(element.text)):
                found |= dict.fromkeys(_following(element[0], around))
        return list(found)

    def _marked(
        self, blocks: Sequence[Block], around: Collection[HtmlElement], start: HtmlElement
    ) -> Iterator[HtmlElement]:
        """What stands around the marks of comments behind the line with which the article starts."""
        texts = {block.owner for block in blocks if _is_mark(block.text)}
        behind = self._elements[self._order.get(start, -1) + 1 :]
        marks = [one for one in behind if one not in around and (one in texts or _names_a_reader(one))]
        counts = _Counts(self._root, marks, [block.owner for block in blocks if block.is_prose])
        tops = dict.fromkeys(counts.largest_of_readers(one, around) for one in marks)
        groups = dict[HtmlElement, set[HtmlElement]]()
        for top in tops:
            if top is not None:
                groups.setdefault(top.getparent(), set()).add(top)
        for parent, group in groups.items():
            if len(group) > 1:
                yield from counts.with_what_stands_between(parent, group, around)
            else:
                # A single paragraph of prose that looks like a mark is the article's.
                yield from (one for one in group if one not in texts or not counts.prose[one])


class _Counts:
    """How many marks, lines of prose and links each element holds."""

    def __init__(self, root: HtmlElement, marks: Sequence[HtmlElement], prose: Sequence[HtmlElement]) -> None:
        self.marks, self.prose, self._links = Counter(marks), Counter(prose), Counter(root.iter("a"))
        for element in reversed(list(root.iter())):
            for held in (self.marks, self.prose, self._links):
                if element in held and element is not root:
                    held[element.getparent()] += held[element]
        self._known: dict[HtmlElement, bool] = {}
        self._largest: dict[HtmlElement, HtmlElement | None] = {}

    def largest_of_readers(self, mark: HtmlElement, around: Collection[HtmlElement]) -> HtmlElement | None:
        """The largest element around the mark that holds comments and nothing else; None where the mark is no mark."""
        found, passed = None, list[HtmlElement]()
        for element in (mark, *mark.iterancestors()):
            if element in self._largest:
                found = self._largest[element]
                break
            if element in around or element.tag in _WHOLE or not self._is_of_readers(element):
                break
            found = element
            passed.append(element)
        self._largest.update(dict.fromkeys(passed, found))
        return found

    def with_what_stands_between(
        self, parent: HtmlElement, group: Collection[HtmlElement], around: Collection[HtmlElement]
    ) -> Collection[HtmlElement]:
        """The marked elements and, where these are single lines, those between, and the one behind the last."""
        children = list(parent)
        places = [number for number, one in enumerate(children) if one in group]
        row = [one for one in children[places[0] : places[-1] + 2] if one not in around]
        prose = sum(self.prose[one] for one in row)
        return row if prose <= _PROSE_A_MARK * sum(self.marks[one] for one in row) else group

    def _is_of_readers(self, element: HtmlElement) -> bool:
        if element not in self._known:
            marks = self.marks[element]
            few = self.prose[element] <= _PROSE_A_MARK * marks and self._links[element] <= _LINKS_A_MARK * marks
            others = any(self.prose[child] >= _OF_ANOTHER and not self.marks[child] for child in element)
            self._known[element] = few and not others
        return self._known[element]


def _within(root: HtmlElement, elements: Collection[HtmlElement]) -> set[HtmlElement]:
    """The elements and all that they hold; asked of each parent once, however deep they lie in each other."""
    found, chosen = set[HtmlElement](), set(elements)
    for one in root.iter() if chosen else ():
        if one in chosen or one.getparent() in found:
            found.add(one)
    return found


def _around(elements: Collection[HtmlElement]) -> set[HtmlElement]:
    return {above for element in elements for above in (element, *element.iterancestors())}


def _following(element: HtmlElement, around: Collection[HtmlElement]) -> list[HtmlElement]:
    siblings = list(element.itersiblings())
    below = siblings[: article_goes_on(element, siblings)]
    for one in (element, *below):
        one.tail = None
    for one in below:
        _take_from_line(one, around)
    return [one for one in below if one not in around]


def _take_from_line(element: HtmlElement, around: Collection[HtmlElement]) -> None:
    """Empty an element that makes no line of its own: its text is part of a line of the element around it."""
    if element.tag not in LINE_ELEMENTS and element not in around:
        element.clear()


def _alone(heading: HtmlElement) -> HtmlElement:
    """The element whose siblings stand below the heading: itself, or the one in which it stands alone."""
    parent = heading.getparent()
    is_alone = heading.getnext() is None and one_line(parent.text_content()) == one_line(heading.text_content())
    return parent if is_alone and parent.tag not in _WHOLE else heading


def _short_text(element: HtmlElement) -> str:
    """The text of the element; empty when it is longer than a heading: most are, and hold half of the page."""
    parts, length = list[str](), 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > _LONGEST_HEADING:
            return ""
    return one_line("".join(parts))


def _is_named_so(element: HtmlElement) -> bool:
    return _is_name_of_comments(_name(element))


def _names_a_reader(element: HtmlElement) -> bool:
    return _is_name_of_a_reader(_name(element))


@lru_cache(maxsize=_NAMES)
def _is_name_of_comments(name: str) -> bool:
    words = page_words()
    return any(part.lower() in words.comment for part in NAME_PARTS.findall(name)) or bool(
        words.comment_part.search(name)
    )


@lru_cache(maxsize=_NAMES)
def _is_name_of_a_reader(name: str) -> bool:
    return bool(page_words().reader.search(name))


def _name(element: HtmlElement) -> str:
    """By what an element is called; ordinary ones are not called by their tag."""
    if not element.attrib and "-" not in element.tag:
        return ""
    called = [element.get(name) for name in ("class", "id", "itemprop")]
    return " ".join(filter(None, (element.tag if "-" in element.tag else "", *called)))[:_LONGEST_NAME]


def _is_heading(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING and bool(page_words().comment_heading.match(text))


def _is_answered(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and bool(page_words().comments_answered.match(text))


def _is_mark(text: str) -> bool:
    words = page_words()
    return len(text) <= _LONGEST_MARK and bool(words.comment_mark.search(text)) and not words.answered_at.match(text)


def _is_own_line(block: Block) -> bool:
    """Who edited an article, where it comes from, and the link to its next page, wherever below it they stand."""
    words = page_words()
    labels = (words.editor, words.origin, words.next_page)
    return block.characters <= _LONGEST_MARK and any(label.match(block.text) for label in labels)
