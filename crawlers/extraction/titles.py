"""The title of an article: headings of the page against what its head says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawlers.extraction.metadata import Metadata
from crawlers.extraction.tree import one_line
from crawlers.extraction.words import page_words

_SHORTEST = 4
_LONGEST = 120
_HEADINGS = ("h1", "h2", "h3")
_OWN_ELEMENT = re.compile(r"(?!.*(?:intro|sub|pre))[a-z][a-z0-9-]*title", re.IGNORECASE)
"""Elements that newspaper and office systems make up: founder-title, ucaptitle."""
_NAMED_TITLE = re.compile(r"title|headline|biaoti|(?:bt|tit)(?![a-z])|artname|subject", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[_|｜–—]+|\s-+\s|-{2,}|\s·\s|>>|-(?=[^-]{2,12}$))\s*")
_SAME = re.compile(r"[\s\"“”'‘’「」『』《》()（）\[\]【】,，.。!！?？:：;；、\-_|｜—–·…]+")
_BETWEEN = "[-_|｜–—·>»]+"
_CUT = re.compile(r"…|\.{3}")
_MOST_ELEMENTS = 400
_LONGEST_COLUMN = 8
"""Characters of a column's name at most."""
_LONGEST_SITE = 15
"""Characters of a site's name at most, where nothing but its ending tells that it is one."""
_ASIDE = re.compile(r"^\s*[\[【(（](?:图|组图|视频|图文|高清|多图|独家|原创|转载|推荐)[\]】)）]\s*")


@dataclass(frozen=True, slots=True)
class Title:
    """What was taken for the title; empty where the page shows none in letters, as where the headline is a picture."""

    text: str
    is_confirmed: bool
    """True when the page's head says so, too; else only the heading's place can tell that it is the title."""


def title_of(page: HtmlElement, metadata: Metadata, site_names: Sequence[str] = ()) -> Title:
    """The title; of the page's headings the one that its head confirms, else what the head says without the site.

    The head's text is the witness and the heading the wording: heads add the site's name and cut long titles. The name
    of the site (`site_names`, what the page calls its site) or of a column is never taken for a title.
    """
    words = page_words()
    head = "" if words.untitled.match(metadata.head) else words.before.sub("", metadata.head)
    witnesses = [text for text in (head, *metadata.titles) if text]
    made_up = (
        element for element in page.iter() if isinstance(element.tag, str) and _OWN_ELEMENT.fullmatch(element.tag)
    )
    for text in _title_texts(list(islice(made_up, _MOST_ELEMENTS))):
        if not is_site_name(text, site_names):
            return Title(text, True)
    headings = _headings(page)
    for candidates in headings:
        confirmed = [text for text in candidates if _is_confirmed(text, witnesses)]
        confirmed = [text for text in confirmed if not is_site_name(text, site_names)]
        if confirmed:
            return Title(without_site(max(confirmed, key=lambda text: len(_bare(text))), metadata.site), True)
    names = [*site_names, metadata.site]
    declared = _of_article(metadata.titles[0], page, metadata.site, names) if metadata.titles else ""
    said = _of_article(head, page, metadata.site, names)
    first = next((text for group in headings for text in group if not _names_no_article(text, page, names)), "")
    says_no_title = len(_bare(head)) < _SHORTEST or page_words().site.search(without_site(head))
    if not declared and first and says_no_title:
        # Electronic papers name only themselves there, message boards only 留言.
        return Title(first, False)
    return Title(declared or said or first, bool(declared or said))


def is_site_name(text: str, names: Sequence[str]) -> bool:
    """True when the text is one of the names of a site, a part of one, or one with 首页 and the like behind it."""
    bare = _bare(text)
    for name in filter(None, map(_bare, names)):
        if bare == name or (len(bare) >= _SHORTEST and bare in name):
            return True
        if bare.startswith(name) and page_words().behind_site.fullmatch(bare[len(name) :]):
            return True
    return False


def _of_article(text: str, page: HtmlElement, site: str, names: Sequence[str]) -> str:
    """What the head says without the site's names; empty where that names no article."""
    title = _without_names(without_site(text, site), names)
    return "" if _names_no_article(title, page, names) else title


def _without_names(text: str, names: Sequence[str]) -> str:
    for name in map(re.escape, filter(None, names)):
        text = re.sub(rf"^{name}\s*{_BETWEEN}\s*|\s*{_BETWEEN}\s*{name}$", "", text)
    return text


def _names_no_article(text: str, page: HtmlElement, names: Sequence[str]) -> bool:
    """Whether what no heading and head agree on is a name of the site, or of a column: those are linked on the page."""
    bare = _bare(text)
    is_greeting = page_words().behind_site.fullmatch(bare) is not None
    if (
        is_greeting
        or is_site_name(text, names)
        or (len(bare) <= _LONGEST_SITE and page_words().site_alone.search(bare))
    ):
        return True
    return len(bare) <= _LONGEST_COLUMN and any(_bare(link.text_content()) == bare for link in page.iter("a"))


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
