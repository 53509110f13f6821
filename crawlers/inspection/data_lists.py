"""Lists that are data: what a feed, a sitemap, a JSON answer or a literal in a script names, and where that stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from crawlers.declaring.addresses import is_web_address
from crawlers.declaring.source import Embedded, Paging, Platform, SourceSpec
from crawlers.extraction.encoding import decode_page
from crawlers.inspection.check_lists import ReadList, further_page, read_list
from crawlers.inspection.links import PAGE_IN_QUERY, commonest_shape
from crawlers.inspection.look import Look, Page
from crawlers.platforms.script_list import literal_in

_SCRIPT = re.compile(r"<script\b[^>]*>(.{2,2000000}?)</script", re.IGNORECASE | re.DOTALL)
_ASSIGNED = re.compile(r"(?:\b(?:var|let|const)\s+)?[\w.$]{1,60}\s*=\s*(?=[\[{])")
_MOST_LITERALS = 100
_MOST_ITEMS = 200
_FEWEST = 2
"""Addresses that a list names at least; one alone may be anything."""
_LONGEST = 300
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|ico|mp[34]|css|js)(?:$|\?)", re.IGNORECASE)
_PAGE = re.compile(r"[^\s<>\"']*(?:/|\.s?html?|\.jsp|\.aspx?|\.php)[^\s<>\"']*")
_LINK = re.compile(r"<a\s[^>]*href", re.IGNORECASE)
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class DataList:
    """A list that is data, how it is declared, and the addresses of its articles."""

    platform: Platform
    articles: tuple[str, ...]
    embedded: Embedded | None = None
    paging: Paging | None = None


def platform_of_data(body: bytes) -> Platform | None:
    """How an answer that is no HTML is read; None for a page."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000].lower()
    if b"<rss" in start or b"<feed" in start or start.startswith(b'{"version":"https://jsonfeed'):
        return "rss"
    if b"<urlset" in start or b"<sitemapindex" in start:
        return "sitemap"
    return "script_list" if re.match(rb"[\[{]|[\w.$]{1,60}\s*\(\s*[\[{]", start) else None


def data_list(page: Page, spec: SourceSpec, given: Sequence[str], now: datetime, look: Look) -> DataList | None:
    """What the page says as data; None where it is a page whose scripts hold no list either.

    Of a sitemap index the first sitemap is looked at. `given` are addresses of articles, by which a list is understood
    that has numbers and no addresses.
    """
    platform = platform_of_data(page.body)
    if platform in {"rss", "sitemap"}:
        found = read_list(page, spec.model_copy(update={"platform": platform}), now)
        return DataList(platform, _articles(_with_inner(found, spec, now, look)))
    embedded = place_of_list(decode_page(page.body), given)
    if embedded is None:
        return DataList(platform, ()) if platform else None
    chosen = spec.model_copy(update={"platform": "script_list", "embedded": embedded})
    return DataList("script_list", _articles(read_list(page, chosen, now)), embedded, _counted_up(page.url))


def place_of_list(text: str, given: Sequence[str] = ()) -> Embedded | None:
    """Where in a JSON answer, or in the scripts of a page, the list stands that names most articles."""
    best, most = None, _FEWEST - 1
    for marker, value in _literals(text):
        for path, items in islice(_lists(value), _MOST_LITERALS):
            for count, place in _places(items, given):
                if count > most:
                    best, most = place.model_copy(update={"marker": marker, "items": path}), count
    return best


def _with_inner(found: ReadList, spec: SourceSpec, now: datetime, look: Look) -> ReadList:
    inner = None if found.articles else further_page(found, spec)
    page = look(spec, [inner]).get(inner) if inner else None
    return read_list(page, spec.model_copy(update={"platform": "sitemap"}), now) if page else found


def _articles(found: ReadList) -> tuple[str, ...]:
    return tuple(commonest_shape(found.articles))


def _counted_up(url: str) -> Paging | None:
    parts = urlsplit(url)
    numbered = PAGE_IN_QUERY.match(f"{parts.path}?{parts.query}")
    if not numbered:
        return None
    return Paging(template=f"{numbered[1]}{{page}}{numbered[3] or ''}", second=int(numbered[2]) + 1)


def _literals(text: str) -> Iterator[tuple[str, Any]]:
    """The values that an answer or the scripts of a page write down, with the text by which each is found."""
    if not text.lstrip().startswith("<"):
        yield "", literal_in(text)
        return
    assigned = ((script, found) for script in _SCRIPT.finditer(text) for found in _ASSIGNED.finditer(script[1]))
    for script, found in islice(assigned, _MOST_LITERALS):
        # What stands before the data must be found there first, and not somewhere above.
        if text.find(found[0]) == script.start(1) + found.start():
            yield found[0].rstrip(), literal_in(script[1][found.end() :])


def _lists(value: Any, path: str = "") -> Iterator[tuple[str, list[Any]]]:
    """The lists inside a value by their dotted path; a text with links is a list of one."""
    if isinstance(value, list):
        yield path, value
        for one in value[:_FEWEST]:
            yield from _lists(one, path) if isinstance(one, list | dict) else ()
    elif isinstance(value, dict):
        for key, inside in value.items():
            if isinstance(key, str) and key and "." not in key:
                yield from _lists(inside, f"{path}.{key}".strip("."))
    elif isinstance(value, str) and _LINK.search(value):
        yield path, [value]


def _places(items: Sequence[Any], given: Sequence[str]) -> Iterator[tuple[int, Embedded]]:
    """How many articles each way of reading the items names."""
    some = items[:_MOST_ITEMS]
    markup = sum(len(_LINK.findall(one)) for one in some if isinstance(one, str))
    if markup:
        yield markup, Embedded(markup=True)
        return
    yield len({one for one in some if _is_address(one)}), Embedded()
    records = [one for one in some if isinstance(one, dict)]
    for key in dict.fromkeys(key for one in records for key in one if isinstance(key, str) and "." not in key):
        yield len({one[key] for one in records if _is_address(one.get(key))}), Embedded(address=key)
    template = _template(records, given)
    if template:
        yield len(records), Embedded(address=template)


def _is_address(value: Any) -> bool:
    if not isinstance(value, str) or not 4 <= len(value) <= _LONGEST or _FILE.search(value):
        return False
    return is_web_address(value) or _PAGE.fullmatch(value) is not None


def _template(records: Sequence[Mapping[str, Any]], given: Sequence[str]) -> str | None:
    """The address of an article with the values of its record named; None where the given ones do not agree on it."""
    # Its own record is the one of which the address holds most.
    found = {
        max((_named(one, record) for record in records), key=lambda text: text.count("{"), default="") for one in given
    }
    return found.pop() if len(found) == 1 and "" not in found else None


def _named(address: str, record: Mapping[str, Any]) -> str:
    parts = urlsplit(address)
    template = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if set(template) & set("{}"):
        return ""
    values = [(key, str(value)) for key, value in record.items() if isinstance(value, str | int) and key.isidentifier()]
    for key, value in sorted(values, key=lambda pair: len(pair[1]), reverse=True):
        if len(value) >= _FEWEST:
            template = re.sub(rf"(?<![\w{{]){re.escape(value)}(?![\w}}])", f"{{{key}}}", template, count=1)
    # A day that stays as it is would be the same for every article.
    return template if "{" in template and not _YEAR.search(template) else ""
