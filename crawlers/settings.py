"""How gently sites are asked: politeness first, nothing that phones home."""

from typing import Any
from urllib.parse import urlsplit

from crawlers.declaring.source import SourceSpec
from crawlers.memory import MemoryNow
from crawlers.middlewares.compression import Compression
from crawlers.middlewares.due_pages import DuePages
from crawlers.middlewares.redirects import MetaRedirects, StatusRedirects
from crawlers.middlewares.robots import NAME, Robots
from crawlers.middlewares.site_pause import SitePauses

LONGEST_RUN_SECONDS = 3000
"""A run ends in order after this long; what it did not get to is left for the next one."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_LEAST_DELAY = 1.0
"""Seconds between two requests to any site but our own loopback example."""
_MOST_LOCAL_DELAY = 0.05
"""Seconds between two requests to a site on this machine, which is nobody else's."""
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_SCRAPY = "scrapy.downloadermiddlewares"
GUARDS: dict[Any, int | None] = {
    f"{_SCRAPY}.redirect.MetaRefreshMiddleware": None,
    MetaRedirects: 580,
    f"{_SCRAPY}.httpcompression.HttpCompressionMiddleware": None,
    Compression: 590,
    f"{_SCRAPY}.redirect.RedirectMiddleware": None,
    StatusRedirects: 600,
}
"""What keeps every request, of a crawl or of a look, on the declared sites and its answer small."""
OBEDIENCE: dict[Any, int | None] = {f"{_SCRAPY}.robotstxt.RobotsTxtMiddleware": None, Robots: 100}
"""What makes every request, of a crawl or of a look, obey robots.txt and say so when it cannot be had."""
_MIDDLEWARES: dict[Any, int | None] = {
    f"{_SCRAPY}.offsite.OffsiteMiddleware": None,
    **OBEDIENCE,
    SitePauses: 560,
    **GUARDS,
}
"""At the places of those that they stand for, see Scrapy's DOWNLOADER_MIDDLEWARES_BASE."""


def settings_for(spec: SourceSpec) -> dict[str, Any]:
    """Scrapy settings of one source."""
    local = all(urlsplit(address).hostname in _LOOPBACK for address in spec.start)
    asked = spec.politeness.delay_seconds
    delay = min(asked, _MOST_LOCAL_DELAY) if local else max(_LEAST_DELAY, asked)
    return {
        "USER_AGENT": f"{NAME}/0.1 ({spec.contact})",
        "DEFAULT_REQUEST_HEADERS": {"Accept": _ACCEPT, "Accept-Language": "zh-CN,zh;q=0.9"},
        "ROBOTSTXT_OBEY": spec.politeness.obey_robots,
        "ROBOTSTXT_USER_AGENT": NAME,
        "DOWNLOAD_DELAY": delay,
        "CONCURRENT_REQUESTS": 4 if local else 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4 if local else 1,
        "AUTOTHROTTLE_ENABLED": not local,
        "DOWNLOAD_TIMEOUT": spec.politeness.timeout_seconds,
        "DOWNLOAD_MAXSIZE": spec.politeness.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "CLOSESPIDER_TIMEOUT": LONGEST_RUN_SECONDS,
        "EXTENSIONS": {"scrapy.extensions.memusage.MemoryUsage": None, MemoryNow: 0},
        "MEMUSAGE_LIMIT_MB": 512,
        "MEMUSAGE_CHECK_INTERVAL_SECONDS": 10,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [408, 500, 502, 503, 504, 522, 524],
        "COOKIES_ENABLED": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
        "REFERRER_POLICY": "no-referrer",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "CRITICAL",
        "REDIRECT_MAX_TIMES": 5,
        "DOWNLOADER_MIDDLEWARES": _MIDDLEWARES,
        "SPIDER_MIDDLEWARES": {DuePages: 500},
    }
