"""The title of an article: headings of the page against what its head says."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawlers.extraction.metadata import Metadata
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_SHORTEST = 4
_LONGEST = 120
_HEADINGS = ("h1", "h2", "h3")
_NAMED_TITLE = re.compile(r"title|headline|biaoti|bt$|tit$|artname|subject", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[_|｜–—]+|\s-+\s|-{2,}|\s·\s|>>|-(?=[^-]{2,12}$))\s*")
_SAME = re.compile(r"[\s\"“”'‘’「」『』《》()（）\[\]【】,，.。!！?？:：;；、\-_|｜—–·…]+")
_CUT = re.compile(r"…|\.{3}")
_MOST_ELEMENTS = 400
_ASIDE = re.compile(r"^\s*[\[【(（](?:图|组图|视频|图文|高清|多图|独家|原创|转载|推荐)[\]】)）]\s*")


def title_of(page: HtmlElement, metadata: Metadata) -> str:
    """The title; of the page's headings the one that its head confirms, else what the head says without the site.

    The head's text is the witness and the heading the wording: heads add the site's name and cut long titles.
    """
    head = metadata.head
    witnesses = [text for text in (head, *metadata.titles) if text]
    headings = _headings(page)
    for candidates in headings:
        confirmed = [text for text in candidates if _is_confirmed(text, witnesses)]
        if confirmed:
            return without_site(max(confirmed, key=lambda text: len(_bare(text))), metadata.site)
    declared = without_site(metadata.titles[0], metadata.site) if metadata.titles else ""
    first = next((text for group in headings for text in group), "")
    says_no_title = len(_bare(head)) < _SHORTEST or page_words().site.search(without_site(head))
    if not declared and first and says_no_title:
        # Electronic papers name only themselves there, message boards only 留言.
        return first
    return declared or without_site(head, metadata.site) or first


def without_site(text: str, site: str = "") -> str:
    """A head's title without the names of site and columns behind (or before) it."""
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) < 2:
        return text
    ending = page_words().site
    while len(parts) > 1 and _is_site(parts[-1], parts, site, ending):
        parts.pop()
    while (
        len(parts) > 1 and len(parts[0]) < _SHORTEST * 2 and ending.search(parts[0]) and len(parts[1]) > len(parts[0])
    ):
        parts.pop(0)
    start = text.find(parts[0])
    end = text.rfind(parts[-1]) + len(parts[-1])
    return text[start:end] if start < end else text


def _is_site(part: str, parts: Sequence[str], site: str, ending: re.Pattern[str]) -> bool:
    if site and (part in site or site in part):
        return True
    longest = max(len(other) for other in parts[:-1])
    return len(part) <= 20 and longest >= _SHORTEST and (bool(ending.search(part)) or len(part) * 2 < longest)


def _headings(page: HtmlElement) -> tuple[list[str], list[str]]:
    """Texts of headings, and of elements named like titles."""
    headings = [element for name in _HEADINGS for element in page.iter(name)]
    named = [
        element
        for element in page.iter("div", "p", "span", "td", "strong", "h4", "a", "b", "font")
        if _NAMED_TITLE.search(f"{element.get('class') or ''} {element.get('id') or ''}") and len(element) < 8
    ]
    return _title_texts(headings), _title_texts(named)


def _title_texts(elements: Sequence[HtmlElement]) -> list[str]:
    texts = (_ASIDE.sub("", one_line(element.text_content()[: _LONGEST * 4])) for element in elements[:_MOST_ELEMENTS])
    beside = page_words().beside
    return list(dict.fromkeys(text for text in texts if _SHORTEST <= len(text) <= _LONGEST and not beside.match(text)))


def _is_confirmed(heading: str, witnesses: Sequence[str]) -> bool:
    """Whether the head says the heading, or says its beginning and then that it is cut (…)."""
    bare = _bare(heading)
    if len(bare) < _SHORTEST:
        return False
    return any(
        bare in _bare(witness) or (_CUT.search(witness) is not None and bare.startswith(_bare(_CUT.split(witness)[0])))
        for witness in witnesses
    )


def _bare(text: str) -> str:
    return _SAME.sub("", text).lower()
