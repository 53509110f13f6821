"""A page as the lines that a reader sees, each with what tells prose from the rest of a page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree
from lxml.html import HtmlElement

from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

# fmt: off
LINE_ELEMENTS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "td", "th", "ul",
})
# fmt: on
Place = tuple[HtmlElement, str]
"""Where a piece of text stands: an element, and `text`, `tail` or, of a picture, the attribute."""
_SILENT = frozenset({"script", "style"})
_NOISE_ELEMENTS = frozenset({"nav", "footer", "aside"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""The words of a class or id: commentList, comment-list and COMMENT_LIST have the same two."""
_PUNCTUATION = re.compile("[，。；！？、…]|[,.!?;](?=\\s|$)")
_SPACE = re.compile(r"\s+")
_MOMENT = re.compile(r"20\d{2}[-/.年]\d{1,2}[-/.月]\d|\d{1,2}[:：]\d{2}")
"""What begins with one stands apart from a number before it, in whatever elements the two stand."""
_ORIGIN_AT_END = re.compile(r"(?:来\s*源|稿源|出处)\s*[:：]\s*$")
_LINKS_OF_A_LIST = 0.4
_FEWEST_OF_PROSE = 12
_OWN_SHARE = 0.5
"""An element with more than this share of a page's prose is no noise whatever its name."""


class BlockKind(StrEnum):
    """What kind of element a line stands in."""

    TEXT = "text"
    HEADING = "heading"
    CAPTION = "caption"
    CELL = "cell"
    CODE = "code"


@dataclass(slots=True)
class Block:
    """One line of the page; `owner` is the innermost element that makes lines."""

    text: str
    owner: HtmlElement
    kind: BlockKind
    linked: int
    """Characters inside links."""
    suspects: tuple[HtmlElement, ...]
    """Elements around the line that are named like something beside an article."""
    picture: HtmlElement | None
    """The last one between the line and the one before it."""
    places: tuple[Place, ...]
    """Where the pieces of the line stand."""
    noise: bool = False
    characters: int = field(init=False)
    punctuation: int = field(init=False)
    is_prose: bool = field(init=False)
    """Long enough, with punctuation, and not made of links."""

    def __post_init__(self) -> None:
        """Count once what is asked often."""
        self.characters = len(_SPACE.sub("", self.text))
        self.punctuation = len(_PUNCTUATION.findall(self.text))
        reads_like_prose = self.characters >= _FEWEST_OF_PROSE and self.punctuation > 0
        is_code = self.kind is BlockKind.CODE
        self.is_prose = (reads_like_prose or is_code) and self.link_share < _LINKS_OF_A_LIST

    @property
    def after_picture(self) -> bool:
        """Whether the line stands below a picture."""
        return self.picture is not None

    @property
    def link_share(self) -> float:
        """Linked characters of all."""
        return self.linked / max(self.characters, 1)


def split_blocks(page: HtmlElement, none_of_it: Sequence[HtmlElement] = ()) -> list[Block]:
    """The lines of the page in reading order; pictures and breaks end lines, empty ones are left out.

    Lines within the elements `none_of_it` are noise, however much of the page's prose they are.
    """
    blocks = list(_Splitter().split(page))
    for block in blocks:
        block.noise = True
    _judge_suspects(lines_outside(blocks, none_of_it))
    return blocks


def excuse_answers(blocks: list[Block]) -> None:
    """On a page of letters what is named reply is no word of readers, but the answer."""
    for block in blocks:
        block.suspects = tuple(suspect for suspect in block.suspects if not _is_answer(suspect))
    _judge_suspects(blocks)


def lines_outside(blocks: Sequence[Block], elements: Sequence[HtmlElement]) -> list[Block]:
    """The lines that stand in none of the elements."""
    inside = {one for element in elements for one in element.iter()}
    return [block for block in blocks if block.owner not in inside]


class _Splitter:
    """Walks the tree once, without recursion: a hostile page may be two thousand elements deep."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._linked = 0
        self._links = 0
        self._owners: list[HtmlElement] = []
        self._suspects: list[HtmlElement] = []
        self._picture_above: HtmlElement | None = None

    def split(self, page: HtmlElement) -> Iterator[Block]:
        for event, element in etree.iterwalk(page, events=("start", "end")):
            tag = element.tag
            if event == "start":
                if tag in LINE_ELEMENTS:
                    yield from self._end_of_line()
                    self._owners.append(element)
                if tag == "head":
                    continue
                if _is_suspect(element):
                    self._suspects.append(element)
                if tag == "a":
                    self._links += 1
                elif tag == "br":
                    yield from self._end_of_line()
                elif tag == "img":
                    yield from self._picture(element)
                if element.text and tag not in _SILENT:
                    yield from self._text(element.text, (element, "text"))
                continue
            if tag == "a":
                self._links -= 1
            elif tag in {"title", "head"}:
                self._clear()
            if tag in LINE_ELEMENTS:
                yield from self._end_of_line()
                self._owners.pop()
            if self._suspects and self._suspects[-1] is element:
                self._suspects.pop()
            if element.tail and element is not page:
                yield from self._text(element.tail, (element, "tail"))

    def _text(self, text: str, place: Place) -> Iterator[Block]:
        if self._owners and self._owners[-1].tag == "pre" and "\n" in text:
            for line in text.split("\n"):
                self._add(line, place)
                yield from self._end_of_line()
            return
        self._add(text, place)

    def _add(self, text: str, place: Place) -> None:
        stands_apart = self._parts and self._parts[-1][-1:].isdigit() and _MOMENT.match(text)
        self._parts.append(f" {text}" if stands_apart else text)
        self._places.append(place)
        if self._links > 0:
            self._linked += len(_SPACE.sub("", text))

    def _picture(self, element: HtmlElement) -> Iterator[Block]:
        name = "alt" if element.get("alt") else "title"
        said = one_line(element.get(name) or "")
        if said and _ORIGIN_AT_END.search("".join(self._parts[-3:])):
            # Some media write where a text comes from as a picture of the paper's name.
            self._add(said, (element, name))
            return
        if not _is_spacer(element):
            yield from self._end_of_line()
            self._picture_above = element

    def _end_of_line(self) -> Iterator[Block]:
        text = one_line("".join(self._parts))
        if text and self._owners:
            owner = self._owners[-1]
            yield Block(
                text=text,
                owner=owner,
                kind=_kind(self._owners),
                linked=self._linked,
                suspects=tuple(self._suspects),
                picture=self._picture_above,
                places=tuple(self._places),
            )
            self._picture_above = None
        self._clear()
        self._linked = 0

    def _clear(self) -> None:
        self._parts.clear()
        self._places.clear()


def _kind(owners: list[HtmlElement]) -> BlockKind:
    tag = owners[-1].tag
    if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        return BlockKind.HEADING
    if tag == "figcaption":
        return BlockKind.CAPTION
    if tag in {"td", "th"}:
        return BlockKind.CELL
    return BlockKind.CODE if any(owner.tag == "pre" for owner in owners[-3:]) else BlockKind.TEXT


def _is_spacer(element: HtmlElement) -> bool:
    width = re.match(r"\d+", element.get("width") or "")
    return width is not None and int(width[0][:5]) < 60


def _is_suspect(element: HtmlElement) -> bool:
    if element.tag in _NOISE_ELEMENTS:
        return True
    if not element.attrib:
        return False
    if "hidden" in element.attrib or _HIDDEN.search((element.get("style") or "")[:500]):
        return True
    named = _name(element)
    return bool(page_words().noise_part.search(named)) or not page_words().noise.isdisjoint(_name_parts(named))


def _is_answer(element: HtmlElement) -> bool:
    words, named = page_words(), _name(element)
    beside = words.noise.intersection(_name_parts(named))
    return bool(beside) and beside <= words.answers and not words.noise_part.search(named)


def _name(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:200]


def _name_parts(named: str) -> Iterator[str]:
    return (part.lower() for part in NAME_PARTS.findall(named))


def _judge_suspects(blocks: list[Block]) -> None:
    """Mark the lines inside suspects, but for suspects that hold most of the page's prose."""
    total = sum(block.characters for block in blocks if block.is_prose)
    held: dict[HtmlElement, int] = {}
    for block in blocks:
        for suspect in block.suspects if block.is_prose else ():
            held[suspect] = held.get(suspect, 0) + block.characters
    for block in blocks:
        block.noise = any(held.get(suspect, 0) <= _OWN_SHARE * total for suspect in block.suspects)
