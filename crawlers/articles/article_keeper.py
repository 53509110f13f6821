"""What becomes of the page of an article: it is read, archived, spooled, and remembered by its address."""

from collections import Counter
from dataclasses import replace

from scrapy.http import Response

from crawlers.articles.headlines import headline_of
from crawlers.articles.reading import ReadArticle, read_page
from crawlers.asking.answers import archived_page, content_digest, header, is_page, page_hash, spool_record
from crawlers.declaring.addresses import is_home, page_name
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.article import Article
from crawlers.spooling.run_files import RunFiles
from crawlers.spooling.seen import SeenMemory
from crawlers.spooling.tally import Tally
from domain.clock import Clock
from domain.media.crawl import FetchProblem, PageKind, SeenPage

_SAME_BODIES = 3
"""Addresses with the very same bytes, from which on they are no articles. Two may be one article in two columns."""
_SELECTED = ("title", "body", "published", "origin", "author")


class ArticleKeeper:
    """Keeps what a run brings of articles, and counts it."""

    def __init__(self, spec: SourceSpec, seen: SeenMemory, files: RunFiles, tally: Tally, clock: Clock) -> None:
        """Keep articles of `spec` in `files`."""
        self._spec = spec
        self._seen = seen
        self._files = files
        self._tally = tally
        self._clock = clock
        self._bodies: Counter[str] = Counter()
        self._headlines: dict[str, str] = {}

    def listed_as(self, name: str, headline: str) -> None:
        """Remember what a list calls the page of that name; what it was called first stays."""
        self._headlines.setdefault(name, headline)

    def read(self, response: Response, address: str, read: ReadArticle) -> tuple[FetchProblem | None, Article | None]:
        """The article on the page and what is wrong with it; the archive keeps of the page what was read."""
        digest = page_hash(response.body)
        self._bodies[digest] += 1
        problem, article = self._read(response, digest, read)
        self.archive(response, address, None if problem else article)
        return problem, article

    def archive(self, response: Response, address: str, article: Article | None = None) -> None:
        """Keep of the answer what was read in it; without an article what stands on the page, as far as it may be."""
        self._files.archive(archived_page(response, self._spec, address, self._clock.now(), article))

    def keep(
        self, response: Response, address: str, article: Article, problem: FetchProblem | None, detail: str = ""
    ) -> None:
        """Spool the article and remember its page; one that cannot be written has failed and is named again.

        What is there of an article of which something is missing is kept, too, and asked for again.
        """
        try:
            self._spool(response, address, article, problem, detail)
        except Exception as exc:  # noqa: BLE001 - one article that cannot be written must not be lost without a word
            self._tally.complete = False
            self.failed(address, FetchProblem.UNREADABLE, type(exc).__name__)

    def unchanged(self, address: str) -> None:
        """The site says that the page is as it was."""
        self._tally.unchanged += 1
        self._visited(address, replace(self._seen.get(address) or SeenPage(url=address), problem=None, failures=0))

    def failed(self, address: str, problem: FetchProblem, detail: str = "") -> None:
        """Nothing came of the article; it is asked for again."""
        self._tally.article_problem(problem, address, detail)
        if problem is FetchProblem.POSTPONED:
            self._tally.complete = False
            return
        known = self._seen.get(address) or SeenPage(url=address)
        self._visited(address, replace(known, problem=problem, failures=known.failures + 1))

    def _read(self, response: Response, digest: str, read: ReadArticle) -> tuple[FetchProblem | None, Article | None]:
        if self._bodies[digest] >= _SAME_BODIES and is_page(response) and not is_home(response.url):
            return FetchProblem.SAME_BODY, None
        problem, article = read_page(response, self._spec, read, self._clock.now())
        if article is not None:
            chosen = {name: getattr(self._spec.select, name) for name in _SELECTED}
            self._tally.page_read(article, {name: bool(response.css(css)) for name, css in chosen.items() if css})
        return problem, article

    def _spool(
        self, response: Response, address: str, article: Article, problem: FetchProblem | None, detail: str
    ) -> None:
        # A title that the page itself does not say is no part of the digest: the next visit may have it from elsewhere.
        digest = content_digest(article.title, article.text)
        listed = self._headlines.get(page_name(address, self._spec.fetch), "")
        article = replace(article, title=headline_of(article, listed, self._spec.site_names))
        known = self._seen.get(address)
        state = SeenPage(
            url=address,
            etag="" if problem else header(response, "ETag"),
            last_modified="" if problem else header(response, "Last-Modified"),
            content_sha256=digest,
            kind=PageKind.QUESTION if article.awaits_reply else PageKind.ARTICLE,
            published_at=article.published_at,
            first_seen_at=known.first_seen_at if known else None,
        )
        if known is not None and known.content_sha256 == digest:
            self._tally.unchanged += 1
        else:
            now = self._clock.now()
            self._files.keep(spool_record(page_hash(response.body), self._spec.name, state, article, now))
            self._tally.fetched += 1
        if problem:
            self._tally.note(problem, address, detail)
            state = replace(state, problem=problem, failures=(known.failures if known else 0) + 1)
        self._visited(address, state)

    def _visited(self, address: str, state: SeenPage) -> None:
        now = self._clock.now()
        self._files.visit(replace(state, url=address, asked_at=now, first_seen_at=state.first_seen_at or now))
