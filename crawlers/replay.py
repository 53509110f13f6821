"""Extraction run again over the archived pages of a source: what its selectors and the extractors read in them now.

No request is made. Of each article the newest archived page that is whole and can be read counts, the newest one that
is not whole only where there is no whole one; the pages of an article that goes on are joined as in a crawl.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawlers.archiving.archive import ArchivedPage, PageDamage, read_archive
from crawlers.archiving.members import OpenFile
from crawlers.articles.parts import join, next_part
from crawlers.articles.reading import ReadArticle, read_page
from crawlers.declaring.addresses import normalise_address
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.article import Article
from crawlers.extraction.cut_off import is_cut_off
from domain.media.crawl import FetchProblem

_OK = 200
_PACKING = "Content-Encoding"
"""The archive keeps bodies unpacked."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """An article of the archive; None where no archived page of this address can be read as one."""

    address: str
    article: Article | None
    page_sha256: str = ""
    """Of its last page, as it came."""
    fetched_at: datetime | None = None
    problem: FetchProblem | None = None
    """What is missing of it, as in a crawl."""


@dataclass(slots=True)
class _Parts:
    """What was read of an article so far, and which page comes next."""

    last: ArchivedPage
    articles: list[Article] = field(default_factory=list)
    following: str | None = None
    is_cut: bool = False

    @property
    def problem(self) -> FetchProblem | None:
        """What is missing."""
        if self.following is not None:
            return FetchProblem.PART_MISSING
        return FetchProblem.INCOMPLETE if self.is_cut else None

    def read(self, address: str) -> ReadAgain:
        """The article."""
        return ReadAgain(address, join(self.articles), self.last.sha256, self.last.fetched_at, self.problem)


def read_again(
    files: Sequence[Path],
    spec: SourceSpec,
    read: ReadArticle,
    addresses: Container[str],
    on_damage: Callable[[PageDamage], None],
    open_file: OpenFile | None = None,
) -> Iterator[ReadAgain]:
    """Every one of the addresses that the archive files hold, once; the files are given oldest first.

    What cannot be read in a file is told to `on_damage`; everything else in it is read all the same.
    """
    done, unreadable, not_whole = set[str](), set[str](), dict[str, ReadAgain]()
    for path in reversed(files):
        found: dict[str, _Parts] = {}
        for page in read_archive(path, open_file):
            if isinstance(page, PageDamage):
                on_damage(page)
            elif page.status == _OK and page.body and page.address in addresses and page.address not in done:
                _take(page, spec, read, found)
                unreadable.add(page.address)
        for address, parts in found.items():
            if parts.problem is not None:
                not_whole.setdefault(address, parts.read(address))
                continue
            done.add(address)
            yield parts.read(address)
    yield from (again for address, again in sorted(not_whole.items()) if address not in done)
    yield from (ReadAgain(address, None) for address in sorted(unreadable - done - not_whole.keys()))


def _take(page: ArchivedPage, spec: SourceSpec, read: ReadArticle, found: dict[str, _Parts]) -> None:
    problem, article = read_page(_response(page), spec, read, page.fetched_at)
    if problem or article is None:
        return
    parts, is_cut = found.get(page.address), is_cut_off(page.body)
    goes_on = parts is not None and parts.following == normalise_address(page.url, spec.fetch)
    if parts is None or not goes_on:
        if parts is not None and is_cut:
            return
        parts = found[page.address] = _Parts(page)
    parts.last, parts.is_cut = page, parts.is_cut or is_cut
    parts.articles.append(article)
    following = next_part(page.body, page.url, page.address)
    parts.following = following if len(parts.articles) < spec.fetch.max_parts else None


def _response(page: ArchivedPage) -> Response:
    headers = Headers({name: value for name, value in page.headers.items() if name != _PACKING})
    kind = responsetypes.from_args(headers=headers, url=page.url, body=page.body)
    return kind(url=page.url, status=page.status, headers=headers, body=page.body)
