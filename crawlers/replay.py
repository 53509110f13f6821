"""Extraction run again over the archived pages of a source: what its selectors and the extractors read in them now.

No request is made. Of each article the newest archived page that can be read counts; the pages of an article that goes
on are joined as in a crawl.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawlers.addresses import normalise_address
from crawlers.archive import ArchivedPage, read_archive
from crawlers.extraction.article import Article
from crawlers.parts import join, next_part
from crawlers.reading import ReadArticle, read_page
from crawlers.source import SourceSpec

_OK = 200
_PACKING = "Content-Encoding"
"""The archive keeps bodies unpacked."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """An article of the archive; None where no archived page of this address can be read as one."""

    address: str
    article: Article | None
    body: bytes = b""
    """Of its last page."""
    fetched_at: datetime | None = None


@dataclass(slots=True)
class _Parts:
    """What was read of an article so far, and which page comes next."""

    last: ArchivedPage
    articles: list[Article] = field(default_factory=list)
    following: str | None = None


def read_again(
    files: Sequence[Path], spec: SourceSpec, read: ReadArticle, addresses: Container[str]
) -> Iterator[ReadAgain]:
    """Every one of the addresses that the archive files hold, once; the files are given oldest first.

    FileError when a page is not what its head says.
    """
    done, unreadable = set[str](), set[str]()
    for path in reversed(files):
        found: dict[str, _Parts] = {}
        for page in read_archive(path):
            if page.status == _OK and page.address in addresses and page.address not in done:
                _take(page, spec, read, found)
                unreadable.add(page.address)
        for address, parts in found.items():
            done.add(address)
            yield ReadAgain(address, join(parts.articles), parts.last.body, parts.last.fetched_at)
    yield from (ReadAgain(address, None) for address in sorted(unreadable - done))


def _take(page: ArchivedPage, spec: SourceSpec, read: ReadArticle, found: dict[str, _Parts]) -> None:
    problem, article = read_page(_response(page), spec, read, page.fetched_at)
    if problem or article is None:
        return
    parts = found.get(page.address)
    goes_on = parts is not None and parts.following == normalise_address(page.url, spec.fetch)
    if parts is None or not goes_on:
        parts = found[page.address] = _Parts(page)
    parts.last = page
    parts.articles.append(article)
    following = next_part(page.body, page.url, page.address)
    parts.following = following if len(parts.articles) < spec.fetch.max_parts else None


def _response(page: ArchivedPage) -> Response:
    headers = Headers({name: value for name, value in page.headers.items() if name != _PACKING})
    kind = responsetypes.from_args(headers=headers, url=page.url, body=page.body)
    return kind(url=page.url, status=page.status, headers=headers, body=page.body)
