"""What kind of page it is: a crawler must not take a list, a login or an error for an article."""

import re
from collections.abc import Sequence
from enum import StrEnum

from lxml.html import HtmlElement

from crawlers.extraction.blocks import Block
from crawlers.extraction.words import page_words

_FEWEST_OF_AN_ARTICLE = 200
"""Characters of prose above which a page is an article whatever its title says."""
_MADE_OF_LINKS = 0.5
_SENTENCE = re.compile("[，。；！？]")
_FEWEST_LINKS = 15
_FEWEST_DATED = 6
_DATED = re.compile(
    r"(?:20\d{2}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\])）]?\s*$|^[\[(（]?(?:20\d{2}[-/.年])?\d{1,2}[-/.月]\d{1,2}"
)


class PageKind(StrEnum):
    """What a fetched page turned out to be."""

    ARTICLE = "article"
    LIST = "list"
    LOGIN = "login"
    SEARCH = "search"
    ERROR = "error"
    EMPTY = "empty"

    @property
    def label(self) -> str:
        """As people read it."""
        return _LABELS[self]


_LABELS = {
    PageKind.ARTICLE: "文章",
    PageKind.LIST: "列表页",
    PageKind.LOGIN: "登录页",
    PageKind.SEARCH: "检索结果页",
    PageKind.ERROR: "错误页",
    PageKind.EMPTY: "空白页",
}


def kind_of(page: HtmlElement, blocks: Sequence[Block], body: Sequence[str], *, is_headed: bool) -> PageKind:
    """The kind of a page without scripts, its lines, and the paragraphs that were taken for its body.

    `is_headed` says that a title stands above the body, and below it when or by whom it was published: then a short
    article beside long lists is one.
    """
    links = {block.text for block in blocks if block.link_share > _MADE_OF_LINKS}
    written = sum(len(paragraph) for paragraph in body if _SENTENCE.search(paragraph) and paragraph not in links)
    titles = [*_texts(page, "title"), *_texts(page, "h1")]
    words = page_words()
    if any(words.search.match(title) for title in titles) and _is_list(blocks, written):
        return PageKind.SEARCH
    if written < _FEWEST_OF_AN_ARTICLE:
        if any(words.error.match(title) for title in (*titles, *(block.text for block in blocks[:5]))):
            return PageKind.ERROR
        has_password = any(field.get("type", "").lower() == "password" for field in page.iter("input"))
        if any(words.login.match(title) for title in titles) or (has_password and not written):
            return PageKind.LOGIN
    if _is_list(blocks, written) and not (is_headed and written):
        return PageKind.LIST
    return PageKind.ARTICLE if body else PageKind.EMPTY


def _is_list(blocks: Sequence[Block], written: int) -> bool:
    """Many lines of links, most of all with dates, against little prose."""
    linked = [block for block in blocks if block.linked and block.link_share > _MADE_OF_LINKS and block.characters >= 6]
    dated = sum(bool(_DATED.search(block.text)) for block in linked)
    loose = sum(bool(_DATED.fullmatch(block.text)) for block in blocks)
    if max(dated, loose) >= _FEWEST_DATED and written < _FEWEST_OF_AN_ARTICLE:
        return True
    return len(linked) >= _FEWEST_LINKS and written < min(sum(block.linked for block in linked), _FEWEST_OF_AN_ARTICLE)


def _texts(page: HtmlElement, name: str) -> list[str]:
    return [element.text_content().strip()[:80] for element in page.iter(name)][:5]
