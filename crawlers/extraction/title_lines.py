"""What on a page may be its title: lines and headings, each with where it stands and how it is set."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from lxml.html import HtmlElement

from crawlers.extraction.blocks import LINE_ELEMENTS, Block
from crawlers.extraction.dates import parse_date
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

SHORTEST = 4
LONGEST = 120
_LONGEST_LINE = 60
_LINES_ABOVE = 40
"""Lines above the text among which a title is sought that is no heading."""
_MOST_ELEMENTS = 400
_MOST_CHILDREN = 8
_AROUND = 3
"""Elements around a line, its own among them, that may be set as a title for it alone."""
_OWN_ELEMENT = re.compile(r"(?!.*(?:intro|sub|pre))[a-z][a-z0-9-]*title", re.IGNORECASE)
"""Elements that newspaper and office systems make up: founder-title, ucaptitle."""
_NAMED = re.compile(r"title|headline|biaoti|(?:bt|tit)(?![a-z])|artname|subject", re.IGNORECASE)
_NAMED_BESIDE = re.compile(r"sub|intro|pre(?![a-z])|futi|yinti|jianti|shoulder|logo|site|slogan", re.IGNORECASE)
"""Names of what stands above and below titles."""
_HEADINGS = {"h1": 1.5, "h2": 1.3, "h3": 1.0, "h4": 0.6, "h5": 0.6, "h6": 0.6}
_TITLED = frozenset({"h1", "h2", "h3"})
_OWN_WORTH, _NAMED_WORTH, _SET_WORTH, _LABEL_WORTH = 2.5, 1.0, 0.6, 2.0
_LABEL = re.compile(r"[:：]\s*$")
_SET = re.compile(
    r"center|font-size:\s*(?:1[89]|[2-9]\d)|font-weight:\s*(?:bold|[6-9]00)|font-(?:[4-7]|\+[12])$", re.IGNORECASE
)
_ASIDE = re.compile(r"^\s*[\[【(（](?:图|组图|视频|图文|高清|多图|独家|原创|转载|推荐)[\]】)）]\s*")
_STOPS = re.compile(r"[。；;>》：:，,]\s*$|>>|»|›|\s>\s|^[—―─]")


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A text that may be the title."""

    text: str
    form: float
    """How much it is set as a title: by its element, its name, its type."""
    place: int | None
    """The number of its line; None for what stands in the page's head alone."""
    linked: float
    """The share of it that links elsewhere."""


def title_lines(page: HtmlElement, blocks: Sequence[Block], start: int) -> Iterator[TitleLine]:
    """The headings of the page, and the lines above number `start`, where the text begins."""
    first = max(start - _LINES_ABOVE, 0)
    above = list(enumerate(blocks[first:start], start=first))
    for number, block in above:
        if _may_be_title(block):
            label = blocks[number - 1].text if number else ""
            form = _form(block.owner, block.text) + _labelled(label)
            yield TitleLine(without_aside(block.text), form, number, block.link_share)
    for (_, block), (number, after) in pairwise(above):
        if block.owner is after.owner and _may_be_title(block) and _may_be_title(after):
            # A title broken into two lines; what else its element holds would tell that it is none.
            text = f"{block.text} {after.text}"
            if _says(block.owner, text.replace(" ", "")):
                yield TitleLine(without_aside(text), _form(block.owner, text), number, block.link_share)
    places = _places(blocks)
    for element in islice(_headings(page), _MOST_ELEMENTS):
        text = without_aside(_said_by(element))
        if SHORTEST <= len(text) <= LONGEST and not page_words().beside.match(text):
            linked = sum(len(one_line(link.text_content())) for link in islice(element.iter("a"), _MOST_CHILDREN))
            share = max(linked / len(text), any(above.tag == "a" for above in element.iterancestors()))
            yield TitleLine(text, _form(element, text), _place(element, places), share)


def without_aside(text: str) -> str:
    """A title without what media put before it in brackets (组图, 视频), and boards without (已回复)."""
    return page_words().state.sub("", _ASIDE.sub("", text))


def _headings(page: HtmlElement) -> Iterator[HtmlElement]:
    for element in page.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag in _TITLED or _OWN_ELEMENT.fullmatch(tag) or (_NAMED.search(_name(element)) and _is_one_line(element)):
            yield element


def _is_one_line(element: HtmlElement) -> bool:
    """Whether it holds no lines of their own: a box around title and subtitle is neither."""
    return len(element) < _MOST_CHILDREN and all(one.tag not in LINE_ELEMENTS for one in element.iterdescendants())


def _labelled(label: str) -> float:
    """What the line before says of this one, in tables of particulars: title, or something else."""
    if page_words().title_label_alone.match(label):
        return _LABEL_WORTH
    is_label = _LABEL.search(label) or page_words().field_label.fullmatch(label.replace(" ", ""))
    return -_LABEL_WORTH if is_label else 0.0


def _places(blocks: Sequence[Block]) -> dict[HtmlElement, int]:
    places: dict[HtmlElement, int] = {}
    for number, block in enumerate(blocks):
        places.setdefault(block.owner, number)
    return places


def _place(element: HtmlElement, places: dict[HtmlElement, int]) -> int | None:
    inner = (places[one] for one in islice(element.iter(), _MOST_CHILDREN) if one in places)
    outer = (places[one] for one in element.iterancestors() if one in places)
    return next(inner, next(outer, None))


def _form(element: HtmlElement, text: str) -> float:
    bare = text.replace(" ", "")
    around = [element, *islice(element.iterancestors(), _AROUND - 1)]
    alone = [one for one in around if _says(one, bare)]
    alone += [one for one in islice(element.iterdescendants(), _MOST_CHILDREN) if _says(one, bare)]
    tags = [str(one.tag) for one in alone]
    names = " ".join(map(_name, alone))
    heading = max((_HEADINGS.get(tag, 0.0) for tag in tags), default=0.0)
    own = _OWN_WORTH if any(_OWN_ELEMENT.fullmatch(tag) for tag in tags if tag != "title") else 0.0
    named = 0.0 if not _NAMED.search(names) else _NAMED_WORTH
    beside = _NAMED_WORTH if _NAMED_BESIDE.search(names) else 0.0
    is_set = any(one.tag in {"strong", "b", "center"} or _is_set(one) for one in alone)
    return max(heading, own) + named - beside + (_SET_WORTH if is_set else 0.0)


def _says(element: HtmlElement, bare: str) -> bool:
    return isinstance(element.tag, str) and _said_by(element).replace(" ", "") == bare


def _said_by(element: HtmlElement) -> str:
    """The beginning of an element's text; longer ones are no title."""
    text = ""
    for part in element.itertext():
        text += part[: LONGEST * 4]
        if len(text) > LONGEST * 4:
            break
    return one_line(text)


def _is_set(element: HtmlElement) -> bool:
    said = f"{element.get('style') or ''} {element.get('align') or ''} font-{element.get('size') or ''}"
    return _SET.search(said[:500]) is not None


def _name(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:200]


def _may_be_title(block: Block) -> bool:
    words = page_words()
    refused = (words.beside, words.never, words.foot, words.particular, words.credit)
    is_label = words.field_label.fullmatch(block.text.replace(" ", ""))
    return (
        SHORTEST <= block.characters <= _LONGEST_LINE
        and not block.noise
        and not is_label
        and not _STOPS.search(block.text)
        and parse_date(block.text) is None
        and not any(pattern.search(block.text) for pattern in refused)
    )
