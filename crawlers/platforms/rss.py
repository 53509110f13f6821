"""RSS and Atom feeds; the articles themselves are fetched from their pages."""

from collections.abc import Iterator

import feedparser
from scrapy import Request
from scrapy.http import Response

from crawlers.spider import SourceSpider


class RssSpider(SourceSpider):
    """Reads a feed's links."""

    def read_list(self, response: Response) -> Iterator[Request]:
        """The articles of the feed."""
        feed = feedparser.parse(response.body)
        yield from self.articles(response, [str(entry.link) for entry in feed.entries if entry.get("link")])
