"""robots.txt is obeyed: what it forbids, the delay it asks for, and silence while it cannot be had.

RFC 9309, 2.3.1.3 and 2.3.1.4: a 4xx answer means that there are no rules; while the file is unreachable (5xx, no
answer) everything is forbidden.
"""

from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from crawlers.middlewares.named_problem import NamedProblem
from domain.media.crawl import FetchProblem

if TYPE_CHECKING:
    from protego import Protego

_LARGEST = 512 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5 asks for at least 500 KiB)."""
_KNOWN: dict[type[BaseException], FetchProblem] = {
    DownloadTimeoutError: FetchProblem.TIMEOUT,
    CannotResolveHostError: FetchProblem.NAME_UNKNOWN,
}
NAME = "qianshao"
"""The product token by which a robots.txt may address this crawler."""


class Unavailable(RobotParser):
    """Stands for the rules of a site while its robots.txt cannot be had."""

    def __init__(self, because: str) -> None:
        """Keep for people why it cannot."""
        self.because = because

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        """What Scrapy asks of every parser; no file is read here."""
        return cls("")

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Nothing is."""
        return False


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware with named outcomes, and with the delay that the file asks for."""

    def __init__(self, crawler: Crawler) -> None:
        """Obey for the product token."""
        super().__init__(crawler)
        crawler.signals.connect(self._keep_delay, signal=signals.robots_parsed)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Nothing when the request is allowed; NamedProblem when it is not."""
        if isinstance(rp, Unavailable):
            raise NamedProblem(FetchProblem.ROBOTS_UNAVAILABLE, rp.because)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as exc:
            raise NamedProblem(FetchProblem.ROBOTS) from exc

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._settle(netloc, Unavailable(f"状态码{response.status}"))
            return
        if not 200 <= response.status < 300:
            response = response.replace(body=b"")
        await super()._parse_robots(response.replace(body=response.body[:_LARGEST]), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        known = (problem for kind, problem in _KNOWN.items() if isinstance(exc, kind))
        self._settle(netloc, Unavailable(next(known, FetchProblem.REFUSED).label))

    def _settle(self, netloc: str, rules: RobotParser) -> None:
        waiting, self._parsers[netloc] = self._parsers[netloc], rules
        waiting.callback(rules)  # type: ignore[union-attr]

    def _keep_delay(self, robotparser: RobotParser, request: Request) -> None:
        if not isinstance(robotparser, ProtegoRobotParser):
            return
        rules: Protego = robotparser.rp
        delay = rules.crawl_delay(NAME)
        downloader = self.crawler.engine.downloader
        if delay is None or delay <= downloader._delay:
            return
        downloader._delay = delay
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is not None:
            slot.delay, slot.jitter, slot.concurrency = max(slot.delay, delay), 0.0, 1
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, delay)
            throttle.maxdelay = max(throttle.maxdelay, delay)
