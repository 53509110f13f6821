"""What the spiders of all platforms share: which pages are asked for, each once, and where their answers go."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawlers.articles.article_keeper import ArticleKeeper
from crawlers.articles.parts import join, next_part
from crawlers.asking.answers import archived_list, conditions, header, joined
from crawlers.asking.refusals import problem_of_page
from crawlers.declaring.addresses import fits, is_on, normalise_address, page_name, sites_of
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.article import Article, extract
from crawlers.extraction.cut_off import is_cut_off
from crawlers.extraction.encoding import decode_page
from crawlers.failures import name_failure
from crawlers.spooling.run_files import RunFiles
from crawlers.spooling.schedule import pause_length
from crawlers.spooling.seen import SeenMemory
from crawlers.spooling.start_pages import START, StartPages
from crawlers.spooling.tally import Tally
from domain.clock import Clock
from domain.media.crawl import CrawlOutcome, FetchProblem, PageKind, SeenPage, SitePause, StartPageState

_NOT_MODIFIED = 304
_LATER = -1000
_LONGEST_ADDRESS = 2000
"""Scrapy drops longer addresses without a word; no medium has them."""
INNER = "list_inner"
"""Key in a list request's meta: the page belongs to the one that named it, such as a page of an issue."""
NUMBER = "list_number"
"""Key in a list request's meta: how many pages of the list come before it."""
GUESSED = "list_guessed"
"""Key in a list request's meta: no page named the address, it was counted up; a list ends where it is missing."""
_NAMED = "list_named"
"""Key in a list request's meta while its page is read: the articles that it names, by address, and their headlines."""


class SourceSpider(Spider):
    """Base of the platforms: a platform says how lists are read, and where need be how an article page is."""

    name = "source"
    handle_httpstatus_list: ClassVar[list[int]] = [_NOT_MODIFIED]

    def __init__(
        self, *, spec: SourceSpec, seen: SeenMemory, files: RunFiles, tally: Tally, clock: Clock, **keywords: Any
    ) -> None:
        """Crawl what `spec` declares; pages in `seen` are left alone, or asked for conditionally when they are due."""
        super().__init__(**keywords)
        self.spec = spec
        self.sites = sites_of(spec.start, spec.fetch)
        """Where requests and redirects may lead."""
        self._seen = seen
        self._files = files
        self._tally = tally
        self._clock = clock
        self._asked: set[str] = set()
        self._asked_again: set[str] = set()
        self._asked_lists: set[str] = set()
        self._list_states: list[tuple[SeenPage, dict[str, Any]]] = []
        self._start_pages = StartPages(spec.start)
        self._keeper = ArticleKeeper(spec, seen, files, tally, clock)

    async def start(self) -> AsyncIterator[Request]:
        """The start pages."""
        for address in self.spec.start:
            yield self.list_request(address, {START: address})

    def list_request(self, url: str, meta: dict[str, Any] | None = None) -> Request:
        """A request for a page that lists articles, conditional when it is known from an earlier run."""
        known = self._seen.get(url)
        return Request(
            url,
            headers=conditions(known if known and known.kind is PageKind.LIST else None),
            callback=self._read_list,
            errback=self._list_failed,
            dont_filter=True,
            meta=dict(meta or {}),
        )

    def read_list(self, response: Response) -> Iterator[Request]:
        """What to fetch next; each platform has its own way."""
        raise NotImplementedError

    def read_unchanged_list(self, response: Response, known: SeenPage) -> Iterator[Request]:
        """What to fetch next where a list page is as it was; a platform may ask for the pages inside it."""
        return iter(())

    @staticmethod
    def read_article(response: Response, spec: SourceSpec, fetched_at: datetime) -> Article:
        """What an article's page says; a platform overrides it where a page is no plain article."""
        return extract(
            response.body,
            response.url,
            spec.select,
            fetched_at=fetched_at,
            content_type=header(response, "Content-Type"),
            site_names=spec.site_names,
        )

    def articles(
        self, response: Response, addresses: Sequence[str], headlines: Mapping[str, str] = MappingProxyType({})
    ) -> Iterator[Request]:
        """Requests for the articles among the addresses: on the declared sites, not fetched before, each once a run.

        Of one page at most as many as the declaration allows. Known ones do not count: the new ones of a list that
        names the oldest first stand behind them. What `headlines` calls an address is kept for a page without a title.
        """
        asked = 0
        for address in addresses:
            url = normalise_address(joined(response, address), self.spec.fetch)
            if len(url) > _LONGEST_ADDRESS or not is_on(url, self.sites):
                continue
            if not fits(url, self.spec.articles):
                continue
            name = page_name(url, self.spec.fetch)
            self._start_pages.note(response.meta, StartPageState.NAMES)
            response.meta.setdefault(_NAMED, {})[url] = headlines.get(address, "")
            is_known = url in self._seen
            if not is_known and address in headlines:
                self._keeper.listed_as(name, headlines[address])
            if name in self._asked or name in self._asked_again:
                continue
            self._tally.listed += 1
            if is_known:
                self._tally.known += 1
                continue
            limit = self._limit(asked, len(addresses))
            if limit is not None:
                self._tally.note(limit[0], response.url, limit[1])
                self._tally.complete = False
                return
            asked += 1
            self._asked.add(name)
            yield self._article_request(url, self._seen.get(url))

    def _limit(self, asked: int, listed: int) -> tuple[FetchProblem, str] | None:
        """The limit that keeps one more article of a list page for the next run, and its size; None when none does."""
        if asked >= self.spec.fetch.max_links:
            return FetchProblem.LINK_LIMIT, f"{listed}条, 上限{self.spec.fetch.max_links}条"
        if len(self._asked) >= self.spec.politeness.max_pages:
            return FetchProblem.PAGE_LIMIT, f"{self.spec.politeness.max_pages}页"
        return None

    def due_requests(self) -> Iterator[Request]:
        """Requests for the articles that are to be asked for again, longest waiting first, after what is new.

        At most half as many as a run may ask for, and beside that number: corrections never keep news away.
        """
        waiting = sorted(self._seen.due(), key=lambda page: page.asked_at or self._clock.now())
        for page in waiting[: max(1, self.spec.politeness.max_pages // 2)]:
            name = page_name(page.url, self.spec.fetch)
            if name not in self._asked and name not in self._asked_again:
                self._asked_again.add(name)
                yield self._article_request(page.url, page).replace(priority=_LATER)

    def now(self) -> datetime:
        """The instant, for middlewares."""
        return self._clock.now()

    def pause(self, site: str, wait: timedelta | None) -> None:
        """Remember that the site wants to be left alone, for how long it says or as often as it had to say so."""
        times = self._seen.pauses.get(site, 0) + 1
        self._tally.complete = False
        until = self._clock.now() + (wait if wait is not None else pause_length(times))
        self._files.visit(SitePause(host=site, until=until, times=times))

    def closed(self, reason: str) -> None:
        """Remember the state of the lists, unless something that they name was left for a later run.

        Nor of a list that names no article: a wall or a new layout must not be "unchanged", and so well, the next time.
        """
        self._tally.start_pages = self._start_pages.states()
        for address, found in self._tally.start_pages.items():
            if found is StartPageState.BARREN:
                self._tally.say(f"列表页上{found.label}: {address}")
        if reason != "finished":
            self._tally.say(f"提前结束({reason}), 其余下次再取")
        elif self._tally.complete and self._tally.outcome() is not CrawlOutcome.LAYOUT_CHANGED:
            for state, meta in self._list_states:
                if not self._start_pages.is_barren(meta):
                    self._files.visit(state)

    def _article_request(self, url: str, known: SeenPage | None, parts: tuple[Article, ...] = ()) -> Request:
        address = known.url if known else url
        return Request(
            url,
            headers=conditions(known),
            callback=self._read_article,
            errback=self._article_failed,
            dont_filter=True,
            cb_kwargs={"address": address, "parts": parts},
        )

    def _read_list(self, response: Response) -> Iterator[Request]:
        if response.status == _NOT_MODIFIED:
            yield from self._list_unchanged(response)
            return
        self._asked_lists.add(page_name(response.url, self.spec.fetch))
        before, followed, inner = self._tally.listed, 0, list[str]()
        try:
            for request in self.read_list(response):
                if request.callback == self._read_list:
                    if not self._may_follow(request):
                        self._start_pages.note(request.meta, StartPageState.UNKNOWN)
                        continue
                    followed += 1
                    inner += [request.url] if request.meta.get(INNER) else []
                yield request
        except Exception as exc:  # noqa: BLE001 - one page that cannot be read must not end the run
            self._archive_list(response)
            self._list_problem(response.meta, FetchProblem.UNREADABLE, response.url, type(exc).__name__)
            return
        self._archive_list(response)
        if response.status >= 400:
            # A platform that asked for this page's error pages has its reasons: a day without a paper.
            self._start_pages.no_issue(response.meta)
            return
        problem = None if followed or self._tally.listed > before else problem_of_page(decode_page(response.body))
        if problem:
            self._list_problem(response.meta, problem, response.url)
            return
        self._tally.lists += 1
        is_cut = is_cut_off(response.body)
        self._start_pages.note(response.meta, StartPageState.UNKNOWN if is_cut else StartPageState.BARREN)
        if is_cut:
            self._tally.note(FetchProblem.INCOMPLETE, response.url)
        else:
            self._list_states.append((self._list_state(response, inner), response.meta))

    def _archive_list(self, response: Response) -> None:
        named: Mapping[str, str] = response.meta.pop(_NAMED, {})
        address = normalise_address(response.url, self.spec.fetch)
        self._files.archive(archived_list(response, self.spec, address, self._clock.now(), named))

    def _list_unchanged(self, response: Response) -> Iterator[Request]:
        self._tally.lists += 1
        self._tally.lists_unchanged += 1
        self._start_pages.note(response.meta, StartPageState.NAMES)
        known = self._seen.get(_asked_for(response))
        if known is None:
            return
        self._list_states.append((replace(known, asked_at=self._clock.now()), response.meta))
        yield from filter(self._may_follow, self.read_unchanged_list(response, known))

    def _list_state(self, response: Response, inner: Sequence[str]) -> SeenPage:
        return SeenPage(
            url=normalise_address(_asked_for(response), self.spec.fetch),
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
            kind=PageKind.LIST,
            asked_at=self._clock.now(),
            inner=tuple(inner),
        )

    def _may_follow(self, request: Request) -> bool:
        """Lists stay on the declared sites, are read once a run, and end somewhere."""
        name = page_name(request.url, self.spec.fetch)
        if name in self._asked_lists or not is_on(request.url, self.sites):
            return False
        if len(self._asked_lists) >= self.spec.fetch.max_list_pages:
            self._tally.note(FetchProblem.LIST_LIMIT, request.url, f"{self.spec.fetch.max_list_pages}页")
            return False
        self._asked_lists.add(name)
        return True

    def _read_article(self, response: Response, address: str, parts: tuple[Article, ...]) -> Iterator[Request]:
        if response.status == _NOT_MODIFIED:
            self._keeper.unchanged(address)
            return
        problem, article = self._keeper.read(response, address, self.read_article)
        if article is None or problem:
            self._give_up(response, address, problem or FetchProblem.UNREADABLE, parts)
            return
        read = (*parts, article)
        following = next_part(response.body, response.url, address)
        if following and len(read) < self.spec.fetch.max_parts:
            yield self._article_request(following, None, read).replace(cb_kwargs={"address": address, "parts": read})
            return
        missing = FetchProblem.INCOMPLETE if is_cut_off(response.body) else None
        self._keeper.keep(response, address, join(read), missing)

    def _list_failed(self, failure: Failure) -> Iterator[Request]:
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, HttpError) and failure.value.response.status == _NOT_MODIFIED:
            yield from self._list_unchanged(failure.value.response)
            return
        problem, detail = self._name(failure, request.url)
        if problem is not FetchProblem.GONE or not request.meta.get(GUESSED):
            self._list_problem(request.meta, problem, request.url, detail)
        elif request.meta.get(NUMBER) == 1:
            # A list of one page, or a template that does not fit: a person has to see which.
            self._tally.note(problem, request.url, detail)

    def _list_problem(self, meta: dict[str, Any], problem: FetchProblem, url: str, detail: str = "") -> None:
        self._start_pages.failed(meta, problem)
        self._tally.list_problem(problem, url, detail)

    def _article_failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        problem, detail = self._name(failure, request.cb_kwargs["address"])
        self._give_up(Response(request.url), request.cb_kwargs["address"], problem, request.cb_kwargs["parts"], detail)

    def _give_up(
        self, response: Response, address: str, problem: FetchProblem, parts: tuple[Article, ...], detail: str = ""
    ) -> None:
        """Keep what was read of an article whose further page did not come; one that did not come at all has failed."""
        if parts:
            self._keeper.keep(response, address, join(parts), FetchProblem.PART_MISSING, problem.label)
        else:
            self._keeper.failed(address, problem, detail)

    def _name(self, failure: Failure, address: str) -> tuple[FetchProblem, str]:
        """The class of a failure; what the site showed instead of the page is kept as evidence."""
        if isinstance(failure.value, HttpError) and failure.value.response.body:
            self._keeper.archive(failure.value.response, address)
        return name_failure(failure)


def _asked_for(response: Response) -> str:
    """The address that was asked for first, wherever redirects led."""
    addresses: list[str] = response.meta.get("redirect_urls", [response.url])
    return addresses[0]
