"""How gently sites are asked: politeness first, nothing that phones home."""

from typing import Any
from urllib.parse import urlsplit

from crawlers.source import SourceSpec

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_LEAST_DELAY = 1.0
"""Seconds between two requests to any site but our own loopback example."""


def settings_for(spec: SourceSpec) -> dict[str, Any]:
    """Scrapy settings of one source."""
    local = all(urlsplit(address).hostname in _LOOPBACK for address in spec.start)
    delay = spec.politeness.delay_seconds if local else max(_LEAST_DELAY, spec.politeness.delay_seconds)
    return {
        "USER_AGENT": f"qianshao/0.1 ({spec.contact})",
        "ROBOTSTXT_OBEY": spec.politeness.obey_robots,
        "DOWNLOAD_DELAY": delay,
        "CONCURRENT_REQUESTS": 4 if local else 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4 if local else 1,
        "AUTOTHROTTLE_ENABLED": not local,
        "DOWNLOAD_TIMEOUT": spec.politeness.timeout_seconds,
        "DOWNLOAD_MAXSIZE": spec.politeness.max_bytes,
        "RETRY_TIMES": 2,
        "COOKIES_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "REDIRECT_MAX_TIMES": 5,
    }
