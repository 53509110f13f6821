"""Saved pages (invented, in the structure of the medium or system) and what a person says stands in them."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy.http import HtmlResponse, Response, XmlResponse

from crawlers.declaring.addresses import is_on, normalise_address, site_of
from crawlers.declaring.source import SourceSpec, load_source, load_sources, systems
from crawlers.extraction.article import Article, extract
from crawlers.platforms import PLATFORMS
from crawlers.platforms.board import read_board_page
from domain.clock import china_date
from tests.crawlers.declaring.test_source import SHIPPED

PAGES = Path(__file__).parent / "pages"
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
SOURCES = load_sources(SHIPPED)


@dataclass(frozen=True)
class Case:
    """One folder of saved pages."""

    spec: SourceSpec
    folder: Path
    expected: dict[str, Any]

    def response(self) -> Response:
        """The list page as it came from the site."""
        name, body = self.expected["list"], (self.folder / self.expected["list"]).read_bytes()
        kind = {".html": HtmlResponse, ".json": HtmlResponse, ".xml": XmlResponse}.get(Path(name).suffix, Response)
        return kind(self.expected["list_address"], body=body)

    def article(self) -> Article:
        """What the article's page says."""
        content, url = (self.folder / "article.html").read_bytes(), self.expected["article_address"]
        if self.spec.platform == "board":
            return read_board_page(content, url, self.spec)
        return extract(content, url, self.spec.select)


def load_case(folder: Path) -> Case:
    own = folder / "source.yml"
    spec = load_source(own) if own.exists() else SOURCES[folder.name][1]
    return Case(spec, folder, json.loads((folder / "expected.json").read_text(encoding="utf-8")))


CASES = [load_case(folder) for folder in sorted(PAGES.iterdir())]
WITH_ARTICLE = [case for case in CASES if "article_address" in case.expected]


def name_of(case: Case) -> str:
    return case.folder.name


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_list_page_gives_its_articles_and_what_comes_after(case: Case):
    response = case.response()

    listing = PLATFORMS[case.spec.platform].listing(response, case.spec, NOW)

    found = dict.fromkeys(normalise_address(response.urljoin(address)) for address in listing.articles)
    own = {site_of(response.url)}
    fitting = [url for url in found if is_on(url, own) and re.search(case.spec.articles, urlsplit(url).path)]
    assert fitting == case.expected["articles"]
    assert [response.urljoin(address) for address in listing.inner] == case.expected.get("inner", [])
    following = response.urljoin(listing.following) if listing.following else None
    assert following == case.expected["following"]


@pytest.mark.parametrize("case", WITH_ARTICLE, ids=name_of)
def test_an_article_gives_title_day_origin_and_body(case: Case):
    expected = case.expected

    article = case.article()

    assert article.title == expected["title"]
    assert article.published_at is not None
    assert china_date(article.published_at).isoformat() == expected["published_on"]
    assert "origin" not in expected or article.origin == expected["origin"]
    assert article.text.startswith(expected["begins"])
    assert article.text.endswith(expected["ends"])
    assert expected.get("contains", "") in article.text
    assert not [word for word in expected.get("lacks", []) if word in article.title + article.text + article.author]


def test_every_shipped_medium_that_may_be_crawled_has_saved_pages():
    named = {case.folder.name for case in WITH_ARTICLE}

    assert {name for name, (_, spec) in SOURCES.items() if spec.disabled is None} <= named


def test_every_platform_has_saved_pages():
    assert {case.spec.platform for case in CASES} == set(PLATFORMS)


def test_every_system_has_a_platform_and_says_from_where_it_is_known():
    for name, known in systems().items():
        assert name in PLATFORMS
        assert known["known_from"]
