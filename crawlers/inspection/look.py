"""Fetches a handful of pages as politely as a crawl would, in a process of its own: a Twisted reactor runs once."""

import base64
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.responsetypes import responsetypes
from twisted.python.failure import Failure

from crawlers.declaring.addresses import sites_of
from crawlers.declaring.source import SourceSpec
from crawlers.failures import name_failure
from crawlers.middlewares.redirects import ROBOTS_REQUEST
from crawlers.settings import GUARDS, OBEDIENCE, settings_for
from domain.failures.errors import SourceUnreachable
from domain.media.crawl import FetchProblem

_COURTESY = (
    "USER_AGENT",
    "ROBOTSTXT_OBEY",
    "DOWNLOAD_DELAY",
    "CONCURRENT_REQUESTS",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "DOWNLOAD_TIMEOUT",
    "DOWNLOAD_MAXSIZE",
    "COOKIES_ENABLED",
    "REFERRER_POLICY",
    "TELNETCONSOLE_ENABLED",
    "REDIRECT_MAX_TIMES",
)
"""What a look has in common with a crawl; what a crawl keeps in memory and files is not needed."""
_MOST = 12
"""Pages of one look; a person waits for it, and the site did not ask for it."""
_SECONDS_A_PAGE = 45
_ROBOTS = "/robots.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address answered; status 0 and a problem in Chinese where nothing came."""

    asked: str
    url: str
    status: int
    content_type: str = ""
    body: bytes = b""
    problem: str = ""

    def response(self) -> Response:
        """The page as the platforms read it; bytes whose kind is not said are taken for HTML, as browsers do."""
        headers = {"Content-Type": self.content_type}
        kind = responsetypes.from_args(headers=headers, url=self.url, body=self.body)  # type: ignore[arg-type]
        chosen = HtmlResponse if kind is TextResponse else kind
        return chosen(self.url, status=self.status, headers=headers, body=self.body)


Look = Callable[[SourceSpec, Sequence[str]], dict[str, Page]]
"""Fetches addresses for a source; the pages by the address asked for."""


def look(spec: SourceSpec, addresses: Sequence[str]) -> dict[str, Page]:
    """The pages by the address asked for; SourceUnreachable when the process that fetches dies."""
    wanted = list(dict.fromkeys(addresses))[:_MOST]
    if not wanted:
        return {}
    given = json.dumps({"spec": spec.model_dump(mode="json"), "addresses": wanted})
    limit = (_SECONDS_A_PAGE + spec.politeness.delay_seconds) * (len(wanted) + 1)
    try:
        finished = subprocess.run(
            [sys.executable, "-m", "crawlers.inspection.look"],
            input=given,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise SourceUnreachable(f"来源 {spec.name}: {limit:.0f}秒内没有取完{len(wanted)}个网页, 请稍后再试") from exc
    if finished.returncode:
        raise SourceUnreachable(f"来源 {spec.name}: 取网页的进程意外结束: {finished.stderr.strip()[-300:]}")
    pages = (Page(**{**one, "body": base64.b64decode(one["body"])}) for one in json.loads(finished.stdout))
    return {page.asked: page for page in pages}


class _Onlooker(Spider):
    name = "onlooker"

    def __init__(self, *, spec: SourceSpec, addresses: Sequence[str], pages: list[Page], **keywords: Any) -> None:
        super().__init__(**keywords)
        self.sites = sites_of(spec.start, spec.fetch)
        """Where redirects may lead, as in a crawl."""
        self._addresses = addresses
        self._pages = pages

    async def start(self) -> AsyncIterator[Request]:
        for address in self._addresses:
            # Redirects are followed within the declared sites; every other status is a finding, not an error.
            statuses = {"handle_httpstatus_list": list(range(400, 600))}
            meta = {**statuses, ROBOTS_REQUEST: urlsplit(address).path == _ROBOTS}
            yield Request(
                address,
                callback=self._keep,
                errback=self._miss,
                dont_filter=True,
                meta=meta,
                cb_kwargs={"asked": address},
            )

    def _keep(self, response: Response, asked: str) -> None:
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        self._pages.append(
            Page(asked=asked, url=response.url, status=response.status, content_type=kind, body=response.body)
        )

    def _miss(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        named, detail = name_failure(failure)
        more = f"({detail})" if detail and detail != named.label else ""
        problem = named.label if named is FetchProblem.ROBOTS else f"取不到: {named.label}{more}"
        self._pages.append(Page(asked=request.cb_kwargs["asked"], url=request.url, status=0, problem=problem))


def _main() -> None:
    given = json.loads(sys.stdin.read())
    spec = SourceSpec.model_validate_json(json.dumps(given["spec"]))
    pages: list[Page] = []
    process = CrawlerProcess(_settings(settings_for(spec)))
    process.crawl(_Onlooker, spec=spec, addresses=given["addresses"], pages=pages)
    process.start()
    sys.stdout.write(json.dumps([{**asdict(page), "body": base64.b64encode(page.body).decode()} for page in pages]))


def _settings(polite: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {key: polite[key] for key in _COURTESY if key in polite}
    return {
        **chosen,
        "RETRY_ENABLED": False,
        "LOG_LEVEL": "CRITICAL",
        "DOWNLOADER_MIDDLEWARES": {**OBEDIENCE, **GUARDS},
    }


if __name__ == "__main__":
    _main()
