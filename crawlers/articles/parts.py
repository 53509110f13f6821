"""Articles that a site shows on several pages (下一页 below the text) are one article."""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urljoin, urlsplit

from parsel import Selector

from crawlers.declaring.addresses import normalise_address, site_of
from crawlers.extraction.article import Article
from crawlers.extraction.encoding import decode_page

_NEXT = ("下一页", "下页", "下一頁")
_ENCODINGS = ("utf-8", "gb18030")
_MARKS = (*(word.encode(encoding) for word in _NEXT for encoding in _ENCODINGS), _NEXT[-1].encode("big5"))
_WORDING = re.compile(r"^[\s\[【(（<>《》»]*(?:下一页|下页|下一頁)[\s\]】)）<>《》»]*$")
_PART = re.compile(r"[_-]\d{1,3}")
_PAGE_PARAMETERS = frozenset({"page", "p", "pageno", "pageindex", "currentpage"})


def next_part(body: bytes, url: str, first: str) -> str | None:
    """Address of the page on which the article goes on; None when `body` is its last.

    A link called 下一页 counts when its address is that of the first page with a number: `t1_2.html` after `t1.html`,
    or `?id=7&page=2` after `?id=7`. The next article of a column has another name, and a list another path.
    """
    if not any(mark in body for mark in _MARKS):
        return None
    for link in Selector(text=decode_page(body), type="html").xpath("//a[@href]"):
        if _WORDING.match("".join(link.xpath(".//text()").getall())):
            address = normalise_address(_joined(url, link.root.get("href")))
            if address != normalise_address(url) and _is_part(address, first):
                return address
    return None


def join(parts: Sequence[Article]) -> Article:
    """The parts as one article: the first page's head, the text of all."""
    text, awaits_reply = "\n".join(part.text for part in parts if part.text), all(part.awaits_reply for part in parts)
    return replace(parts[0], text=text, awaits_reply=awaits_reply)


def _joined(url: str, href: str) -> str:
    try:
        return urljoin(url, href)
    except ValueError:
        return url


def _is_part(address: str, first: str) -> bool:
    if site_of(address) != site_of(first):
        return False
    part, whole = urlsplit(address), urlsplit(first)
    if part.path == whole.path:
        return _without_page(part.query) == _without_page(whole.query) and part.query != whole.query
    stem, dot, ending = whole.path.rpartition(".")
    if not dot:
        stem, ending = whole.path, ""
    name = part.path.removesuffix(f".{ending}") if dot else part.path
    return bool(stem) and name.startswith(stem) and bool(_PART.fullmatch(name[len(stem) :]))


def _without_page(query: str) -> list[tuple[str, str]]:
    pairs = parse_qsl(query, keep_blank_values=True)
    return sorted((name, value) for name, value in pairs if name.lower() not in _PAGE_PARAMETERS)
