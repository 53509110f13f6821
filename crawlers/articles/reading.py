"""Reads an article's page, from a site or again from the archive: the article, or what the page is instead."""

from collections.abc import Callable
from datetime import datetime

from scrapy.http import Response

from crawlers.asking.answers import incomplete, is_page
from crawlers.asking.refusals import load_refusals, problem_of_page
from crawlers.declaring.addresses import is_home
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.article import Article
from crawlers.extraction.encoding import decode_page
from domain.media.crawl import FetchProblem

ReadArticle = Callable[[Response, SourceSpec, datetime], Article]
"""How a platform reads the page of an article: the answer, its source, and when it was fetched."""


def read_page(
    response: Response, spec: SourceSpec, read: ReadArticle, fetched_at: datetime
) -> tuple[FetchProblem | None, Article | None]:
    """The article and what it lacks; without an article the problem says what the page is instead."""
    if not is_page(response):
        return FetchProblem.NOT_A_PAGE, None
    if is_home(response.url):
        return FetchProblem.REDIRECT_HOME, None
    try:
        article = read(response, spec, fetched_at)
    except Exception:  # noqa: BLE001 - one page that cannot be read must not end the run
        return FetchProblem.UNREADABLE, None
    if len(article.text) <= load_refusals().longest_text:
        refusal = problem_of_page(decode_page(response.body))
        if refusal:
            return refusal, None
    return incomplete(article), article
