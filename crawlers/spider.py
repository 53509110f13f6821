"""What the spiders of all platforms share: articles are fetched once, counted, extracted and spooled."""

import hashlib
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawlers.addresses import normalise_address, same_site
from crawlers.extraction.article import Article, extract
from crawlers.source import SourceSpec
from crawlers.spool import SpoolRecord, SpoolWriter
from domain.clock import Clock
from domain.crawl import CrawlOutcome, SeenPage

_BLOCKED_STATUSES = frozenset({401, 403, 407, 429})
_CHALLENGE = re.compile(r"验证码|captcha|人机验证|访问过于频繁|安全验证|请登录后|enable javascript", re.IGNORECASE)
_CHALLENGE_LENGTH = 3000
"""A challenge page is short; a long article may well speak of captchas."""
_SHORTEST_BODY = 20
_MESSAGES = 20


@dataclass(slots=True)
class Tally:
    """What a run has seen so far."""

    fetched: int = 0
    unchanged: int = 0
    blocked: int = 0
    failed: int = 0
    lists: int = 0
    listed: int = 0
    unreachable: int = 0
    messages: list[str] = field(default_factory=list)

    def say(self, message: str) -> None:
        """Keep a message for the operator, up to a number that a person reads."""
        if len(self.messages) < _MESSAGES:
            self.messages.append(message)

    def outcome(self) -> CrawlOutcome:
        """How the run ended, by the most alarming thing it saw."""
        if self.blocked:
            return CrawlOutcome.BLOCKED
        if not self.lists:
            return CrawlOutcome.UNREACHABLE if self.unreachable else CrawlOutcome.FAILED
        if not self.listed:
            return CrawlOutcome.LAYOUT_CHANGED
        return CrawlOutcome.FINISHED


class SourceSpider(Spider):
    """Base of the platforms: a platform says how lists are read."""

    name = "source"

    def __init__(
        self,
        *,
        spec: SourceSpec,
        seen: Mapping[str, SeenPage],
        writer: SpoolWriter,
        tally: Tally,
        clock: Clock,
        **keywords: Any,
    ) -> None:
        """Crawl what `spec` declares; pages in `seen` are asked for conditionally."""
        super().__init__(**keywords)
        self.spec = spec
        self._seen = seen
        self._writer = writer
        self._tally = tally
        self._clock = clock
        self._asked: set[str] = set()
        self._article = re.compile(spec.articles)

    async def start(self) -> AsyncIterator[Request]:
        """The start pages."""
        for address in self.spec.start:
            yield self.list_request(address)

    def list_request(self, url: str) -> Request:
        """A request for a page that lists articles."""
        return Request(url, callback=self._read_list, errback=self._list_failed, dont_filter=True)

    def read_list(self, response: Response) -> Iterator[Request]:
        """What to fetch next; each platform has its own way."""
        raise NotImplementedError

    def read_article_page(self, response: Response) -> Article:
        """What an article's page says; a platform overrides it where a page is no plain article."""
        return extract(response.body, response.url, self.spec.select)

    def articles(self, response: Response, addresses: list[str]) -> Iterator[Request]:
        """Requests for the articles among the addresses, each once a run."""
        for address in addresses:
            url = normalise_address(response.urljoin(address))
            if url in self._asked or not same_site(url, response.url) or not self._article.search(urlsplit(url).path):
                continue
            self._tally.listed += 1
            if len(self._asked) >= self.spec.politeness.max_pages:
                self._tally.say(f"达到每次{self.spec.politeness.max_pages}页的上限, 其余下次再取")
                return
            self._asked.add(url)
            yield self._article_request(url)

    def _article_request(self, url: str) -> Request:
        known = self._seen.get(url)
        headers = {}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return Request(
            url,
            headers=headers,
            callback=self._read_article,
            errback=self._article_failed,
            meta={"handle_httpstatus_list": [304]},
            cb_kwargs={"address": url},
        )

    def _read_list(self, response: Response) -> Iterator[Request]:
        if self._is_challenge(response):
            self._blocked(response.url, "返回验证或登录页面")
            return
        self._tally.lists += 1
        yield from self.read_list(response)

    def _read_article(self, response: Response, address: str) -> None:
        if response.status == 304:
            self._tally.unchanged += 1
            return
        if self._is_challenge(response) or urlsplit(response.url).path in {"", "/"}:
            self._blocked(address, "返回验证、登录页面或跳回首页")
            return
        article = self.read_article_page(response)
        problem = _incomplete(article)
        if problem:
            self._failed(address, problem)
            return
        self._keep(response, address, article)

    def _keep(self, response: Response, address: str, article: Article) -> None:
        digest = hashlib.sha256(json.dumps([article.title, article.text]).encode()).hexdigest()
        known = self._seen.get(address)
        if known is not None and known.content_sha256 == digest:
            self._tally.unchanged += 1
            return
        self._writer.write(
            SpoolRecord(
                source=self.spec.name,
                url=address,
                title=article.title,
                text=article.text,
                published_at=article.published_at,
                origin=article.origin,
                author=article.author,
                fetched_at=self._clock.now(),
                etag=_header(response, "ETag"),
                last_modified=_header(response, "Last-Modified"),
                content_sha256=digest,
            )
        )
        self._tally.fetched += 1

    def _list_failed(self, failure: Failure) -> None:
        if not self._was_refused(failure):
            self._tally.unreachable += 1
            self._tally.say(f"列表页打不开: {failure.getErrorMessage()[:120]}")

    def _article_failed(self, failure: Failure) -> None:
        if not self._was_refused(failure):
            request: Request = failure.request  # type: ignore[attr-defined]
            self._failed(request.url, failure.getErrorMessage()[:120])

    def _was_refused(self, failure: Failure) -> bool:
        error = failure.value
        if not isinstance(error, HttpError) or error.response.status not in _BLOCKED_STATUSES:
            return False
        self._blocked(error.response.url, f"状态码{error.response.status}")
        return True

    def _is_challenge(self, response: Response) -> bool:
        text = getattr(response, "text", "")
        return len(text) < _CHALLENGE_LENGTH and bool(_CHALLENGE.search(text))

    def _blocked(self, url: str, why: str) -> None:
        self._tally.blocked += 1
        self._tally.say(f"被拦截 {url}: {why}")

    def _failed(self, url: str, why: str) -> None:
        self._tally.failed += 1
        self._tally.say(f"没有取到 {url}: {why}")


def _incomplete(article: Article) -> str:
    if not article.title:
        return "页面上没有标题"
    if len(article.text) < _SHORTEST_BODY:
        return f"正文只有{len(article.text)}个字"
    return ""


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""
