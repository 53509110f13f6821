"""Articles whose second visit or retry is due are asked for whether a list still names them or not."""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy.crawler import Crawler


class DuePages:
    """Adds them to what a spider starts with, whatever its platform starts with."""

    def __init__(self, crawler: Crawler) -> None:
        """Work for the crawl's spider."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The start pages, then the due articles."""
        async for request in start:
            yield request
        for request in self._crawler.spider.due_requests():  # type: ignore[union-attr]
            yield request
