"""What is taken from a site's answer, and what is said to it when it is asked again."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from scrapy.http import Response, TextResponse

from crawlers.archiving.archive import KEPT_HEADERS, ArchivedPage
from crawlers.archiving.redaction import kept_body, kept_list
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.article import Article
from crawlers.extraction.kinds import PageKind
from crawlers.spooling.spool import SpoolRecord
from domain.media.crawl import FetchProblem, SeenPage

_SHORTEST_BODY = 20
_PDF = b"%PDF-"
_START = 1024
_NO_ARTICLES = {PageKind.LOGIN: FetchProblem.LOGIN, PageKind.ERROR: FetchProblem.ERROR_PAGE}


def conditions(known: SeenPage | None) -> dict[str, str]:
    """Headers by which an unchanged page is answered with 304 (RFC 9110, 13.1)."""
    if known is None:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def header(response: Response, name: str) -> str:
    """A header's value; empty when it is not there."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""


def joined(response: Response, address: str) -> str:
    """The address as seen from the page; empty when it cannot be taken apart."""
    try:
        return response.urljoin(address)
    except ValueError:
        return ""


def is_page(response: Response) -> bool:
    """False for pictures, documents and other files, whatever the site calls them."""
    start = response.body[:_START]
    return isinstance(response, TextResponse) and not start.startswith(_PDF) and b"\0" not in start


def incomplete(article: Article) -> FetchProblem | None:
    """What an article lacks, or what the page is instead; None when it has a text: `headlines` finds missing titles."""
    if article.kind in _NO_ARTICLES:
        return _NO_ARTICLES[article.kind]
    if len(article.text) >= _SHORTEST_BODY:
        return None
    return FetchProblem.NO_BODY if article.title else FetchProblem.NO_TITLE


def archived_page(
    response: Response, spec: SourceSpec, address: str, at: datetime, article: Article | None
) -> ArchivedPage:
    """The answer as the archive keeps it: what was read of it; without an article what may be kept of such a page.

    Of what is no page nothing is kept but its hash and its length.
    """
    body = kept_body(response.body, spec, header(response, "Content-Type"), article) if is_page(response) else b""
    return _archived(response, spec, address, at, body)


def archived_list(
    response: Response, spec: SourceSpec, address: str, at: datetime, named: Mapping[str, str]
) -> ArchivedPage:
    """The same of a list, which names these articles: their addresses with what it calls them."""
    body = kept_list(response.body, spec, header(response, "Content-Type"), named) if is_page(response) else b""
    return _archived(response, spec, address, at, body)


def _archived(response: Response, spec: SourceSpec, address: str, at: datetime, body: bytes) -> ArchivedPage:
    return ArchivedPage(
        source=spec.name,
        url=response.url,
        address=address,
        status=response.status,
        fetched_at=at,
        headers={name: header(response, name) for name in KEPT_HEADERS if name in response.headers},
        body=body,
        sha256=page_hash(response.body),
        length=len(response.body),
    )


def page_hash(body: bytes) -> str:
    """What a page is recognised by, as it came: SHA-256; empty where nothing came."""
    return hashlib.sha256(body).hexdigest() if body else ""


def content_digest(title: str, text: str) -> str:
    """What the content of an article is recognised by when its page is asked for, or read, again."""
    return hashlib.sha256(json.dumps([title, text]).encode()).hexdigest()


def spool_record(page_sha256: str, source: str, state: SeenPage, article: Article, at: datetime) -> SpoolRecord:
    """The article as the spool keeps it; `page_sha256` is that of its page, of several the last."""
    return SpoolRecord(
        source=source,
        url=state.url,
        title=article.title,
        text=article.text,
        published_at=article.published_at,
        origin=article.origin,
        author=article.author,
        fetched_at=at,
        etag=state.etag,
        last_modified=state.last_modified,
        content_sha256=state.content_sha256,
        editor=article.editor,
        captions=article.captions,
        attachments=article.attachments,
        original_text=article.original_text,
        how=article.how,
        page_sha256=page_sha256,
        awaits_reply=article.awaits_reply,
    )
