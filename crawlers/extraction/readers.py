"""Finds in a page what readers wrote below its article, and what they are called.

It is known by what its elements are called, by a heading such as 网友评论, and by marks that stand beside a comment
whatever its elements are called: 3楼, IP属地, [某地网友], 回复 支持 举报, the element of a nickname or a portrait.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from lxml.html import HtmlElement

from crawlers.extraction.blocks import NAME_PARTS, Block, split_blocks
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words
from crawlers.source import Selectors

_WHOLE = frozenset({"html", "body", "head", "main", "article"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "legend", "summary", "strong", "b", "p", "div"})
_LONGEST_HEADING = 30
_LONGEST_MARK = 80
_LONGEST_NAME = 200
_PROSE_A_MARK = 2
"""Paragraphs that a comment has for each of its marks; what has more of them for one mark is no comment."""
_LINKS_A_MARK = 8
"""Portrait, name, answer, agree, report …; what has more links for one mark is a list of other pages."""
_OF_ANOTHER = 3
"""Paragraphs without a mark by which an element is known to hold something else, too."""


def readers_parts(
    root: HtmlElement,
    select: Selectors,
    own: Collection[HtmlElement] = (),
    untouched: Collection[HtmlElement] = (),
    *,
    by_headings: bool = True,
    by_marks: bool = True,
) -> list[HtmlElement]:
    """The elements that hold what readers wrote; text below a heading that stands in no element is taken out at once.

    The page's `own` elements and those that `select` chooses are none, nor is what is around them, whatever that is
    called; in those that are `untouched` nothing is.
    """
    chosen = (select.title, select.body, select.published, select.origin, select.author)
    # Extraction, too, takes the first that fits.
    first = [element for css in chosen if css for element in root.cssselect(css)[:1]]
    declared = root.cssselect(select.comments) if select.comments else []
    with _silent_scripts(root):
        page = _Page(root, [*own, *untouched, *first])
        found = [*declared, *page.of_readers(by_headings=by_headings, by_marks=by_marks)]
    kept = {one for element in untouched for one in element.iter()}
    return [one for one in dict.fromkeys(found) if one not in kept and one.getparent() is not None]


def take_out(elements: Collection[HtmlElement]) -> None:
    """Take the elements out of their tree, with all they hold; the text behind each stays."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


@contextmanager
def _silent_scripts(root: HtmlElement) -> Iterator[None]:
    """Scripts and styles are no lines of the page while its lines are read."""
    said = [(element, element.text) for element in root.iter("script", "style")]
    for element, _ in said:
        element.text = None
    yield
    for element, text in said:
        element.text = text


class _Page:
    """The elements of a page, and which of them are the page's own."""

    def __init__(self, root: HtmlElement, own: Collection[HtmlElement]) -> None:
        self._root = root
        self._elements = [one for one in root.iter() if isinstance(one.tag, str) and one.tag not in _WHOLE]
        self._order = {element: number for number, element in enumerate(self._elements)}
        self._titles = list(root.iter("h1")) or list(root.iter("h2"))[:1]
        self._own = [*own, *self._titles]

    def of_readers(self, *, by_headings: bool, by_marks: bool) -> list[HtmlElement]:
        named = [one for one in self._elements if _is_named_so(one)]
        blocks = split_blocks(self._root) if by_headings or by_marks else []
        start = self._start(blocks, named)
        own = [*self._own, *(block.owner for block in blocks[start : start + 1])]
        following = blocks[start + 1 :]
        around = _around([*own, *(block.owner for block in following if _is_own_line(block))])
        below = self._below_headings(own, around) if by_headings else []
        marked = self._marked(following, around, own[-1]) if by_marks and following else []
        return [*(one for one in named if one not in around), *below, *marked]

    def _start(self, blocks: Sequence[Block], named: Sequence[HtmlElement]) -> int:
        """The first line that reads like an article: behind the title where one is, in nothing named after comments.

        The number of lines where there is none.
        """
        behind = min((self._order[one] for one in self._titles), default=0)
        inside = {one for element in named for one in element.iter()}
        found = len(blocks)
        for number, block in enumerate(blocks):
            if _is_heading(block.text):
                break
            if block.is_prose and not block.noise and block.owner not in inside:
                if self._order.get(block.owner, behind) >= behind:
                    return number
                found = min(found, number)
        return found

    def _below_headings(self, own: Sequence[HtmlElement], around: Collection[HtmlElement]) -> list[HtmlElement]:
        """Headings such as 网友评论 behind everything that is the page's own, and what follows them.

        The text that stands between these elements is taken away at once: it is no element of its own.
        """
        last = max((self._order.get(element, 0) for element in own), default=0)
        found = list[HtmlElement]()
        for element in self._elements:
            if self._order[element] <= last:
                continue
            if element.tag in _HEADINGS and _is_heading(one_line(element.text_content())):
                found += [*_following(_alone(element), around), element]
                element.tail = None
            elif element.tail and _is_heading(one_line(element.tail)):
                found += _following(element, around)
        return found

    def _marked(
        self, blocks: Sequence[Block], around: Collection[HtmlElement], start: HtmlElement
    ) -> Iterator[HtmlElement]:
        """What stands around the marks of comments behind the line with which the article starts."""
        texts = {block.owner for block in blocks if _is_mark(block.text)}
        behind = self._elements[self._order.get(start, -1) + 1 :]
        marks = [one for one in behind if one not in around and (one in texts or _names_a_reader(one))]
        counts = _Counts(marks, [block.owner for block in blocks if block.is_prose], list(self._root.iter("a")))
        tops = dict.fromkeys(counts.largest_of_readers(one, around) for one in marks)
        groups = dict[HtmlElement, list[HtmlElement]]()
        for top in tops:
            if top is not None:
                groups.setdefault(top.getparent(), []).append(top)
        for parent, group in groups.items():
            if len(group) > 1:
                yield from counts.with_what_stands_between(parent, group, around)
            elif group[0] not in texts or not counts.prose[group[0]]:
                yield group[0]


class _Counts:
    """How many marks, lines of prose and links each element holds."""

    def __init__(
        self, marks: Sequence[HtmlElement], prose: Sequence[HtmlElement], links: Sequence[HtmlElement]
    ) -> None:
        self.marks, self.prose, self._links = _held(marks), _held(prose), _held(links)
        self._known: dict[HtmlElement, bool] = {}

    def largest_of_readers(self, mark: HtmlElement, around: Collection[HtmlElement]) -> HtmlElement | None:
        """The largest element around the mark that holds comments and nothing else; None where the mark is no mark."""
        found = None
        for element in (mark, *mark.iterancestors()):
            if element in around or element.tag in _WHOLE or not self._is_of_readers(element):
                break
            found = element
        return found

    def with_what_stands_between(
        self, parent: HtmlElement, group: Sequence[HtmlElement], around: Collection[HtmlElement]
    ) -> Sequence[HtmlElement]:
        """The marked elements and, where these are single lines, those between, and the one behind the last."""
        children = list(parent)
        places = [children.index(one) for one in group]
        row = [one for one in children[min(places) : max(places) + 2] if one not in around]
        prose = sum(self.prose[one] for one in row)
        return row if prose <= _PROSE_A_MARK * sum(self.marks[one] for one in row) else group

    def _is_of_readers(self, element: HtmlElement) -> bool:
        if element not in self._known:
            marks = self.marks[element]
            few = self.prose[element] <= _PROSE_A_MARK * marks and self._links[element] <= _LINKS_A_MARK * marks
            others = any(self.prose[child] >= _OF_ANOTHER and not self.marks[child] for child in element)
            self._known[element] = few and not others
        return self._known[element]


def _held(elements: Sequence[HtmlElement]) -> Counter[HtmlElement]:
    return Counter(above for one in elements for above in (one, *one.iterancestors()))


def _around(elements: Collection[HtmlElement]) -> set[HtmlElement]:
    return {above for element in elements for above in (element, *element.iterancestors())}


def _following(element: HtmlElement, around: Collection[HtmlElement]) -> list[HtmlElement]:
    following = [one for one in element.itersiblings() if one not in around]
    for one in (element, *following):
        one.tail = None
    return following


def _alone(heading: HtmlElement) -> HtmlElement:
    """The element whose siblings stand below the heading: itself, or the one in which it stands alone."""
    parent = heading.getparent()
    is_alone = heading.getnext() is None and one_line(parent.text_content()) == one_line(heading.text_content())
    return parent if is_alone and parent.tag not in _WHOLE else heading


def _is_named_so(element: HtmlElement) -> bool:
    name, words = _name(element), page_words()
    return any(part.lower() in words.comment for part in NAME_PARTS.findall(name)) or bool(
        words.comment_part.search(name)
    )


def _names_a_reader(element: HtmlElement) -> bool:
    return bool(page_words().reader.search(_name(element)))


def _name(element: HtmlElement) -> str:
    """By what an element is called; ordinary ones are not called by their tag."""
    called = [element.get(name) or "" for name in ("class", "id", "itemprop")]
    return " ".join([element.tag if "-" in element.tag else "", *called])[:_LONGEST_NAME]


def _is_heading(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING and bool(page_words().comment_heading.match(text))


def _is_mark(text: str) -> bool:
    return len(text) <= _LONGEST_MARK and bool(page_words().comment_mark.search(text))


def _is_own_line(block: Block) -> bool:
    """Who edited an article, where it comes from, and the link to its next page, wherever below it they stand."""
    words = page_words()
    labels = (words.editor, words.origin, words.next_page)
    return block.characters <= _LONGEST_MARK and any(label.match(block.text) for label in labels)
