"""What a page says of itself to machines: meta elements and JSON-LD."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawlers.extraction.encoding import without_surrogates
from crawlers.extraction.tree import one_line

_LONGEST_DATA = 200_000
_MOST_OBJECTS = 500
_DATES = (
    "article:published_time",
    "og:published_time",
    "og:release_date",
    "article:create_at",
    "weibo:article:create_at",
    "pubdate",
    "publishdate",
    "publish_date",
    "publishtime",
    "publish_time",
    "publish-date",
    "published",
    "release_date",
    "date.issued",
    "dc.date",
    "dc.date.issued",
    "datepublished",
    "dateupdate",
    "apub:time",
    "apub:date",
    "sailthru.date",
    "bt:pubdate",
    "parsely-pub-date",
    "createdate",
    "firstpublishtime",
)
_TITLES = ("og:title", "articletitle", "twitter:title", "dc.title", "headline")
_ORIGINS = ("contentsource", "article:source", "source", "mediaid", "origin", "dc.source")
_AUTHORS = ("author", "article:author", "og:article:author", "dc.creator", "byl")
_SITES = ("og:site_name", "sitename", "application-name", "apple-mobile-web-app-title")
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
OF_ARTICLE = frozenset({*_DATES, *_TITLES, *_ORIGINS, *_AUTHORS})
"""Names of the meta elements that say of an article what it is called, when, whence and by whom it was published."""
READ_NAMES = OF_ARTICLE | {*_SITES, *_DESCRIPTIONS, "og:type"}
"""Names of the meta elements that are read."""
_PAPER = "<!--enpproperty"
_LONGEST_PAPER = 5_000
_FIELD = re.compile(r"<(\w{1,20})>([^<]{1,500})</\1>")
_PAPER_FIELDS = {"title": "articletitle", "date": "pubdate", "author": "author", "sourcename": "source"}
_ARTICLES = frozenset({"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "WebPage"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Texts as they stand there, in the order of trust; empty where the page says nothing."""

    head: str
    """The text of <title>."""
    titles: tuple[str, ...]
    dates: tuple[str, ...]
    origins: tuple[str, ...]
    authors: tuple[str, ...]
    site: str
    description: str
    body: str
    kind: str
    """og:type; `article` where a page says so."""


def read_metadata(page: HtmlElement, html: str) -> Metadata:
    """The machine-readable parts of a page that still has its scripts; `html` is its text, with its comments."""
    paper = {_PAPER_FIELDS[field]: text for field, text in _paper_fields(html).items()}
    named = _named_contents(page) | paper
    data = list(_linked_data(page))
    return Metadata(
        head=one_line(next((one.text_content()[:500] for one in page.iter("title") if one.text_content().strip()), "")),
        titles=_some(named, _TITLES, (_text(one.get("headline")) for one in data)),
        dates=_some(named, _DATES, (_text(one.get("datePublished")) for one in data)),
        origins=_some(named, _ORIGINS, (_name(one.get("publisher")) for one in data)),
        authors=_some(named, _AUTHORS, (_name(one.get("author")) for one in data)),
        site=next((named[name] for name in _SITES if name in named), ""),
        description=next((named[name] for name in _DESCRIPTIONS if name in named), ""),
        body=max((_text(one.get("articleBody")) for one in data), key=len, default=""),
        kind=named.get("og:type", ""),
    )


def _named_contents(page: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower().strip()
        content = one_line(meta.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def paper_comment(html: str) -> str:
    """The comment in which an electronic paper says title, day, author and paper, with nothing else; empty without."""
    fields = "".join(f"<{field}>{text}</{field}>" for field, text in _paper_fields(html).items())
    return f"{_PAPER} {fields}/enpproperty-->" if fields else ""


def _paper_fields(html: str) -> dict[str, str]:
    """What the electronic papers of Founder write into a comment."""
    start = html.find(_PAPER)
    end = html.find("-->", start) if start >= 0 else start
    fields = {
        one[1].lower(): one_line(one[2]) for one in _FIELD.finditer(html, start, min(end, start + _LONGEST_PAPER))
    }
    return {field: text for field, text in fields.items() if field in _PAPER_FIELDS and text}


def _some(named: dict[str, str], names: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    texts = [*(named[name] for name in names if name in named), *(one_line(text) for text in more)]
    return tuple(dict.fromkeys(text for text in texts if text))


def _linked_data(page: HtmlElement) -> Iterator[dict[str, object]]:
    """The articles among the page's JSON-LD objects; what is no JSON is passed over."""
    for script in page.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            waiting = [json.loads((script.text or "")[:_LONGEST_DATA], strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_OBJECTS):
            if not waiting:
                break
            one = waiting.pop()
            if isinstance(one, list):
                waiting.extend(one)
            elif isinstance(one, dict):
                waiting.extend(value for key, value in one.items() if key in {"@graph", "mainEntity"})
                if _types(one) & _ARTICLES:
                    yield one


def linked_data_read(page: HtmlElement) -> Iterator[dict[str, object]]:
    """The articles among the page's JSON-LD objects, with what is read of them and nothing else, such as comments."""
    for one in _linked_data(page):
        people = {key: {"name": name} for key in ("publisher", "author") if (name := _name(one.get(key)))}
        texts = {key: text for key in ("headline", "datePublished", "articleBody") if (text := _text(one.get(key)))}
        yield {"@type": sorted(_types(one) & _ARTICLES), **texts, **people}


def _types(one: dict[str, object]) -> set[str]:
    kind = one.get("@type")
    return {str(name) for name in kind} if isinstance(kind, list) else {str(kind)}


def _name(value: object) -> str:
    """The name of a person or organisation, or the names of several."""
    if isinstance(value, list):
        return " ".join(filter(None, (_name(one) for one in value[:10] if not isinstance(one, list))))
    if isinstance(value, dict):
        return _text(value.get("name"))
    return _text(value) if isinstance(value, str) else ""


def _text(value: object) -> str:
    return without_surrogates(str(value or ""))
