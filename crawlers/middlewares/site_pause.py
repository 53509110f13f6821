"""A site that asks to be left alone is left alone: Retry-After, 429 and 503.

A short wait is waited out. A longer one ends the requests of this run, and is kept for later runs.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import call_later

from crawlers.declaring.addresses import site_of
from crawlers.middlewares.named_problem import NamedProblem
from crawlers.spooling.schedule import LONGEST_PAUSE
from domain.media.crawl import FetchProblem

_TOO_MANY, _UNAVAILABLE = 429, 503
_SHORT = timedelta(seconds=30)
"""A wait that a run sits out; one page more is worth no longer."""
_MOST_DIGITS = 9
"""Of a number of seconds; more are thirty years and above."""


class SitePauses:
    """Stops asking a site that said so, and tells the spider until when."""

    def __init__(self, crawler: Crawler) -> None:
        """Nothing is paused yet."""
        self._crawler = crawler
        self._paused: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """NamedProblem for every further request to a site that is paused."""
        if site_of(request.url) in self._paused:
            raise NamedProblem(FetchProblem.POSTPONED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer; NamedProblem when it says that the site wants to be left alone for longer."""
        said = response.headers.get("Retry-After")
        if response.status != _TOO_MANY and not (response.status == _UNAVAILABLE and said):
            return response
        spider = self._crawler.spider
        wait = retry_after((said or b"").decode("latin-1"), spider.now())  # type: ignore[union-attr]
        if wait is not None and wait <= _SHORT and not request.meta.get("waited"):
            self._hold(request, wait)
            request.meta["waited"] = True
            return response
        site = site_of(request.url)
        self._paused.add(site)
        spider.pause(site, min(wait, LONGEST_PAUSE) if wait is not None else None)  # type: ignore[union-attr]
        raise NamedProblem(FetchProblem.RATE_LIMITED, f"状态码{response.status}, 暂停访问")

    def _hold(self, request: Request, wait: timedelta) -> None:
        """Let the site rest: the next request, this one's retry among them, starts after the wait."""
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is None:
            return
        if slot.latercall:
            slot.latercall.cancel()
        slot.latercall = call_later(wait.total_seconds(), downloader._latercall, slot)


def retry_after(value: str, now: datetime) -> timedelta | None:
    """How long a Retry-After header asks to wait: seconds or a date (RFC 9110, 10.2.3); None when it says neither."""
    digits = value.strip()
    if digits.isascii() and digits.isdecimal():
        return timedelta(seconds=int(digits)) if len(digits) <= _MOST_DIGITS else LONGEST_PAUSE
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(timedelta(0), aware - now)
