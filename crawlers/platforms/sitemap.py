"""Sitemaps (sitemaps.org): indexes, plain and news sitemaps, packed or not; robots.txt as a start names them too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import ClassVar

from lxml import etree
from scrapy.http import Response
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import sitemap_urls_from_robots

from crawlers.articles.headlines import as_headlines
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.dates import parse_date
from crawlers.platforms.listing import Listing, ListingSpider

_GZIP = b"\x1f\x8b"
_UNPACKED = 10
"""A sitemap may unpack to this many times the size limit of a page; sitemaps.org allows 50 MB."""
_MOMENTS = ("publication_date", "lastmod")


class SitemapSpider(ListingSpider):
    """Reads what the sitemaps say was published or changed within the declared days."""

    deepest: ClassVar[int] = 3
    """robots.txt names an index, the index names sitemaps."""

    @staticmethod
    def listing(response: Response, spec: SourceSpec, now: datetime) -> Listing:
        """The recent entries, newest first; entries without a date count as recent."""
        if response.url.endswith("/robots.txt"):
            return Listing(inner=tuple(sitemap_urls_from_robots(response.body, response.url)))
        oldest = now - timedelta(days=spec.within_days)
        found = [entry for entry in _entries(_unpacked(response, spec)) if not entry.at or entry.at >= oldest]
        found.sort(key=lambda entry: entry.at or now, reverse=True)
        return Listing(
            articles=tuple(entry.address for entry in found if not entry.is_sitemap),
            inner=tuple(entry.address for entry in found if entry.is_sitemap),
            headlines=as_headlines((entry.address, entry.title) for entry in found),
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    address: str
    at: datetime | None
    is_sitemap: bool
    title: str = ""
    """What a news sitemap calls the article."""


def _unpacked(response: Response, spec: SourceSpec) -> bytes:
    if not response.body.startswith(_GZIP):
        return response.body
    try:
        return gunzip(response.body, max_size=spec.politeness.max_bytes * _UNPACKED)
    except Exception:  # noqa: BLE001 - a bomb ends in a private class of Scrapy; an unreadable sitemap holds nothing
        return b""


def _entries(body: bytes) -> Iterator[_Entry]:
    try:
        for _, element in etree.iterparse(BytesIO(body), recover=True, resolve_entities=False, no_network=True):
            if _name(element) in {"url", "sitemap"}:
                texts = {_name(part): (part.text or "").strip() for part in element.iterdescendants()}
                moments = (parse_date(texts[name]) for name in _MOMENTS if name in texts)
                if texts.get("loc"):
                    at = next((moment for moment in moments if moment), None)
                    yield _Entry(texts["loc"], at, _name(element) == "sitemap", texts.get("title", ""))
                element.clear()
    except etree.XMLSyntaxError:
        return


def _name(element: etree._Element) -> str:
    # Not by lxml's QName, which refuses the odd names that a broken sitemap may hold.
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
