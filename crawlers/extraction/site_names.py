"""Names of sites and columns, which stand beside titles and are none."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawlers.extraction.words import page_words

_SHORTEST = 4
PARTS = re.compile(r"\s*(?:[_|｜–—]+|\s-+\s|-{2,}|\s·\s|>>|-(?=[^-]{2,12}$))\s*")
"""What stands between a title and the names behind it."""
_SAME = re.compile(r"[\s\"“”'‘’「」『』《》()（）\[\]【】,，.。!！?？:：;；、\-_|｜—–·…]+")
_BETWEEN = "[-_|｜–—·>»]+"
_LONGEST_COLUMN = 8
"""Characters of a column's name at most."""
_LONGEST_SITE = 15
"""Characters of a site's name at most, where nothing but its ending tells that it is one."""


def is_site_name(text: str, names: Sequence[str]) -> bool:
    """True when the text is one of the names of a site, a part of one, or one with 首页 and the like behind it."""
    plain = bare(text)
    for name in filter(None, map(bare, names)):
        if plain == name or (len(plain) >= _SHORTEST and plain in name):
            return True
        if plain.startswith(name) and page_words().behind_site.fullmatch(plain[len(name) :]):
            return True
    return False


def of_article(text: str, page: HtmlElement, site: str, names: Sequence[str]) -> str:
    """What the head says without the site's names; empty where that names no article."""
    title = _without_names(without_site(text, site), names)
    return "" if names_no_article(title, page, names) else title


def _without_names(text: str, names: Sequence[str]) -> str:
    for name in map(re.escape, filter(None, names)):
        text = re.sub(rf"^{name}\s*{_BETWEEN}\s*|\s*{_BETWEEN}\s*{name}$", "", text)
    return text


def names_no_article(text: str, page: HtmlElement, names: Sequence[str]) -> bool:
    """Whether what no heading and head agree on is a name of the site, or of a column: those are linked on the page."""
    plain = bare(text)
    if page_words().behind_site.fullmatch(plain) or is_site_name(text, names) or sounds_like_site(plain):
        return True
    return len(plain) <= _LONGEST_COLUMN and any(bare(link.text_content()) == plain for link in page.iter("a"))


def sounds_like_site(plain: str) -> bool:
    """Whether a text without signs ends as names of sites do, where nothing else tells what it is."""
    return len(plain) <= _LONGEST_SITE and page_words().site_alone.search(plain) is not None


def without_site(text: str, site: str = "") -> str:
    """A head's title without the names of site and columns behind (or before) it."""
    parts = [part for part in PARTS.split(text) if part]
    if len(parts) < 2:
        return text
    ending = page_words().site
    while len(parts) > 1 and _is_site(parts[-1], parts, site, ending):
        parts.pop()
    while len(parts) > 1 and len(parts[0]) < _SHORTEST * 2 and _is_site_before(parts[0], parts[1], ending):
        parts.pop(0)
    start = text.find(parts[0])
    end = text.rfind(parts[-1]) + len(parts[-1])
    return text[start:end] if start < end else text


def _is_site(part: str, parts: Sequence[str], site: str, ending: re.Pattern[str]) -> bool:
    if site and (part in site or site in part):
        return True
    longest = max(len(other) for other in parts[:-1])
    return len(part) <= 20 and longest >= _SHORTEST and (bool(ending.search(part)) or len(part) * 2 < longest)


def _is_site_before(part: str, after: str, ending: re.Pattern[str]) -> bool:
    is_longer = len(after) > len(part) and ending.search(part) is not None
    return is_longer or (sounds_like_site(bare(part)) and ending.search(after) is None)


def bare(text: str) -> str:
    """The text without spaces and signs, which heads and headings write each in their own way."""
    return _SAME.sub("", text).lower()
