"""Electronic editions of printed papers (数字报): an issue has pages, a page has articles.

Also the base of Founder's digital newspaper (方正数字报).
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from string import Formatter
from typing import ClassVar

from scrapy import Request
from scrapy.http import Response

from crawlers.asking.answers import joined
from crawlers.declaring.source import DATE_PLACEHOLDERS, SourceSpec
from crawlers.platforms.listing import Listing, ListingSpider, link_texts, linked, selector_of
from crawlers.platforms.paging import following_page
from crawlers.spooling.start_pages import ISSUE, START
from domain.clock import china_date


class EpaperSpider(ListingSpider):
    """Reads the first page of each issue, the other pages it names, and the articles of each.

    An older issue whose first page is all known was caught up before: articles of the first page are fetched last.
    """

    reads_inner_again: ClassVar[bool] = False

    async def start(self) -> AsyncIterator[Request]:
        """First pages of today's issue and of those that may have been missed; a day without a paper is no error."""
        for issue in issue_addresses(self.spec, self._clock.now()):
            request = self.list_request(issue.address)
            missing = {} if issue.address in self.spec.start else {"handle_httpstatus_list": [404]}
            # Today's issue may not be out yet: what it lacks says nothing while there are older ones.
            told = {} if missing and not issue.back and self.spec.issues.back_days else {START: issue.start}
            meta = {**request.meta, **missing, **told, ISSUE: issue.back, "list_latest": not issue.back}
            yield request.replace(meta=meta)

    @staticmethod
    def listing(response: Response, spec: SourceSpec, now: datetime) -> Listing:
        """The articles of the page, also those that are areas of its map, and the issue's other pages."""
        selector = selector_of(response)
        if selector is None or response.status == 404:
            return Listing()
        links = spec.select.links if spec.select.links != "a" else "a, area"
        pages = linked(selector, spec.select.pages) if spec.select.pages else ()
        return Listing(
            articles=linked(selector, links),
            headlines=link_texts(selector, links),
            inner=tuple(page for page in pages if joined(response, page) not in {"", response.url}),
            following=following_page(selector, response.url, spec) if spec.select.next else None,
        )


@dataclass(frozen=True, slots=True)
class Issue:
    """The first page of an issue."""

    address: str
    start: str
    """The declared start address."""
    back: int = 0
    """Days before today; 0 where the address names no day."""


def issue_addresses(spec: SourceSpec, now: datetime) -> Iterator[Issue]:
    """The issues of every start address, newest first; an address without a day stays as it is."""
    for template in spec.start:
        names = {name for _, name, _, _ in Formatter().parse(template)}
        if not names & DATE_PLACEHOLDERS:
            yield Issue(template, template)
            continue
        for back in range(spec.issues.back_days + 1):
            day = china_date(now) - timedelta(days=back)
            parts = {"yyyy": f"{day:%Y}", "mm": f"{day:%m}", "dd": f"{day:%d}", "m": str(day.month), "d": str(day.day)}
            yield Issue(template.format_map(parts), template, back)
