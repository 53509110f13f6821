"""RSS, Atom and JSON feeds; the articles themselves are fetched from their pages."""

import json
from datetime import datetime
from io import BytesIO

import feedparser
from scrapy.http import Response

from crawlers.articles.headlines import as_headlines
from crawlers.declaring.source import SourceSpec
from crawlers.platforms.listing import Listing, ListingSpider


class RssSpider(ListingSpider):
    """Reads a feed's links."""

    @staticmethod
    def listing(response: Response, spec: SourceSpec, now: datetime) -> Listing:
        """The links of the feed, and of a JSON feed its next page."""
        if response.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return _json_feed(response.body)
        # A stream, because bytes that look like a path would be opened as a file of ours.
        try:
            feed = feedparser.parse(BytesIO(response.body))
        except Exception:  # noqa: BLE001 - the library fails in many ways on what is no feed, such as odd character sets
            return Listing()
        titles = {str(entry.link): str(entry.get("title") or "") for entry in feed.entries if entry.get("link")}
        return Listing(articles=tuple(titles), headlines=as_headlines(titles.items()))


def _json_feed(body: bytes) -> Listing:
    """JSON Feed 1.1 (jsonfeed.org): items with `url` or, for what stands elsewhere, `external_url`."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return Listing()
    items = feed.get("items")
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    named = [(item.get("url") or item.get("external_url"), item.get("title")) for item in entries]
    following = feed.get("next_url")
    return Listing(
        articles=tuple(address for address, _ in named if isinstance(address, str)),
        headlines=as_headlines((url, title) for url, title in named if isinstance(url, str) and isinstance(title, str)),
        following=following if isinstance(following, str) else None,
    )
