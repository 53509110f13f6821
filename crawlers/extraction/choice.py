"""Which extractor is believed for a page: the one that the others confirm."""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from crawlers.extraction.blocks import Block, split_blocks
from crawlers.extraction.body import Body, body_of, lines_of
from crawlers.extraction.density import common_part, densest_part, inside
from crawlers.extraction.letters import Letter
from crawlers.extraction.metadata import Metadata
from crawlers.extraction.readers import take_out
from crawlers.extraction.simplified import simplify
from crawlers.extraction.tree import parse_page, without_scripts

_AGREE = 0.6
"""Share of the shorter text from which two extractors found the same article; then the cleaner lines are taken."""
_DECLARED_IS_LIVE = 20
"""Characters from which a declared selector is taken to have found a body."""
_THIN = 120
"""Characters below which the page's scripts are searched for the article, too."""
_MOST_LINES = 3000
_MOST_CHARACTERS = 300_000
_MOST_ELEMENTS = 12_000
_DEEPEST = 200
"""Beyond these trafilatura would take longer than a page may."""
_GRAM = 4
_ENOUGH = 300
_SPACE = re.compile(r"\s+")


class Extractor(StrEnum):
    """Who found the body."""

    DECLARED = "declared"
    DENSITY = "density"
    TRAFILATURA = "trafilatura"
    EMBEDDED = "embedded"
    LINKED_DATA = "linked_data"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """The body, who found it, the element around it, and how far others agree."""

    how: Extractor
    body: Body
    part: HtmlElement
    """The whole page where the extractor names no element."""
    agreement: float
    """Mean overlap with the other extractors' texts, 0 to 1; 0 where there is no other."""
    is_doubtful: bool = False
    """Whether others found another text for the most part."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as every extractor gets it."""

    root: HtmlElement
    """Without scripts."""
    blocks: Sequence[Block]
    metadata: Metadata
    embedded: str
    """HTML found inside the page's scripts."""
    title: str
    letter: Letter | None = None
    """What the page says as a form of a letter to an office with its answer."""
    traditional: bool = False
    """Whether the tree is in traditional characters; `blocks` and `title` are simplified."""
    readers: Sequence[HtmlElement] = ()
    """Elements with what readers wrote: no extractor takes them."""

    @property
    def asked(self) -> datetime | None:
        """When the letter was written."""
        return self.letter.asked if self.letter else None

    @property
    def furniture(self) -> frozenset[str]:
        """Lines that are labels and short values of a form."""
        return self.letter.furniture if self.letter else frozenset()


def choose_body(page: Page, selector: str | None) -> Choice:
    """The body of the page.

    A declared selector that finds text is obeyed. Else density is believed where trafilatura agrees with it; where
    they differ the text counts that the others overlap with, that holds the page's own description, and that is long.
    """
    found = [one for one in (_declared(page, selector), _density(page)) if one]
    take_out(page.readers)
    found += [one for one in (_by_trafilatura(page), _linked_data(page)) if one]
    if sum(len(one.body.text) > _THIN for one in found) == 0 and page.embedded:
        found += [one for one in (_embedded(page),) if one]
    if not found:
        return Choice(Extractor.NONE, Body((), ()), page.root, 0.0)
    grams = [_grams(one.body.text) for one in found]
    agreements = [_mean_overlap(number, grams) for number in range(len(found))]
    best = _best(found, grams, agreements, page.metadata.description)
    # A letter is told by its form, which the others do not know.
    is_doubtful = len(found) > 1 and agreements[best] < _AGREE and page.letter is None
    return Choice(found[best].how, found[best].body, found[best].part, round(agreements[best], 3), is_doubtful)


def _best(
    found: Sequence[Choice], grams: Sequence[frozenset[str]], agreements: Sequence[float], description: str
) -> int:
    first = found[0]
    if first.how is Extractor.DECLARED or len(found) == 1:
        return 0
    if first.how is Extractor.DENSITY and max(_shared(grams[0], other) for other in grams[1:]) >= _AGREE:
        return 0
    witness = _grams(description)

    def score(number: int) -> float:
        told = len(witness & grams[number]) / len(witness) if witness else 0.0
        return agreements[number] + told + min(len(found[number].body.text) / _ENOUGH, 1.0)

    return max(range(len(found)), key=score)


def _declared(page: Page, selector: str | None) -> Choice | None:
    elements = page.root.cssselect(selector) if selector else []
    for element in elements:
        lines = inside(page.blocks, element)
        for block in lines:
            # A person chose this element: what its name says does not count, that of elements within does.
            block.noise = block.noise and any(element in suspect.iterancestors() for suspect in block.suspects)
        body = body_of(lines, page.title, page.furniture)
        if len(body.text) >= _DECLARED_IS_LIVE:
            return Choice(Extractor.DECLARED, body, element, 0.0)
    return None


def _density(page: Page) -> Choice | None:
    part = densest_part(page.blocks)
    if part is not None and page.letter:
        # Question and answer may stand in boxes of their own, of which one is denser.
        shown = {*page.furniture, page.title}
        part = common_part([part, *(block.owner for block in page.blocks if block.text in shown)])
    body = body_of(inside(page.blocks, part), page.title, page.furniture) if part is not None else None
    return Choice(Extractor.DENSITY, body, part, 0.0) if body and body.paragraphs else None


def _by_trafilatura(page: Page) -> Choice | None:
    if _takes_too_long(page):
        return None
    try:
        text = trafilatura.extract(copy.deepcopy(page.root), include_comments=False, favor_recall=True)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError, KeyError, IndexError):
        # It is a witness; a page that it cannot read is read without it.
        return None
    lines = simplify(text or "") if page.traditional else text or ""
    body = lines_of(lines.split("\n"), page.title, page.furniture)
    return Choice(Extractor.TRAFILATURA, body, page.root, 0.0) if body.paragraphs else None


def _takes_too_long(page: Page) -> bool:
    """Whether the page is larger, or deeper in itself, than trafilatura reads in the time of a page."""
    if not page.blocks or len(page.blocks) > _MOST_LINES:
        return True
    if sum(block.characters for block in page.blocks) > _MOST_CHARACTERS:
        return True
    if sum(1 for _ in islice(page.root.iter(), _MOST_ELEMENTS)) == _MOST_ELEMENTS:
        return True
    owners = {block.owner for block in page.blocks}
    return any(sum(1 for _ in islice(owner.iterancestors(), _DEEPEST)) == _DEEPEST for owner in owners)


def _linked_data(page: Page) -> Choice | None:
    return _from_markup(Extractor.LINKED_DATA, page.metadata.body, page)


def _embedded(page: Page) -> Choice | None:
    return _from_markup(Extractor.EMBEDDED, page.embedded, page)


def _from_markup(how: Extractor, markup: str, page: Page) -> Choice | None:
    root = parse_page(markup) if len(markup) >= _THIN else None
    if root is None:
        return None
    without_scripts(root)
    body = body_of(split_blocks(root), page.title)
    return Choice(how, body, root, 0.0) if body.paragraphs else None


def _grams(text: str) -> frozenset[str]:
    plain = _SPACE.sub("", text)[:_MOST_CHARACTERS]
    return frozenset(plain[at : at + _GRAM] for at in range(max(len(plain) - _GRAM + 1, 0)))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)


def _mean_overlap(number: int, grams: Sequence[frozenset[str]]) -> float:
    others = [_overlap(grams[number], other) for place, other in enumerate(grams) if place != number]
    return sum(others) / len(others) if others else 0.0
