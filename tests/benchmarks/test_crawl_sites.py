"""Every site of the crawl benchmark is read to its end by its platform."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from scrapy.http import HtmlResponse, XmlResponse

from benchmarks.crawl.sites import LoopbackSite, loopback_sites
from crawlers.articles.reading import read_page
from crawlers.asking.answers import joined
from crawlers.declaring.source import SourceSpec, make_source
from crawlers.platforms import PLATFORMS

NOW = datetime(2026, 11, 21, tzinfo=UTC)
HOME = "http://127.0.0.1:9"
SITES = list(loopback_sites(9 * 63, 1))


def response_of(site: LoopbackSite, address: str) -> HtmlResponse | XmlResponse:
    body = site.pages[address.removeprefix(HOME)].replace(b"{site}", HOME.encode())
    return (XmlResponse if address.endswith(".xml") else HtmlResponse)(
        address, body=body, headers={"Content-Type": "text/html; charset=utf-8"}
    )


def declared(site: LoopbackSite) -> SourceSpec:
    spec = make_source(site.name, yaml.safe_load(site.declaration), Path(f"{site.name}.yml"))
    return spec.with_variables({"site": HOME})


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_walk_over_the_lists_of_a_site_finds_all_its_articles(site: LoopbackSite):
    spec = declared(site)
    waiting, lists, articles = list(spec.start), set[str](), set[str]()
    while waiting:
        address = waiting.pop()
        if address in lists or address.removeprefix(HOME) not in site.pages:
            continue
        lists.add(address)
        response = response_of(site, address)
        listing = PLATFORMS[spec.platform].listing(response, spec, NOW)
        found = (joined(response, one) for one in listing.articles)
        articles.update(one for one in found if re.search(spec.articles, one.removeprefix(HOME)))
        following = [listing.following] if listing.following else []
        waiting += [joined(response, one) for one in (*listing.inner, *following)]

    assert {one.removeprefix(HOME) for one in articles | lists} == set(site.pages)
    assert len(lists) > 1 or site.name == "feed_news"


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_an_article_of_a_site_can_be_read(site: LoopbackSite):
    spec = declared(site)
    path = next(path for path in site.pages if re.search(spec.articles, path))

    problem, article = read_page(response_of(site, HOME + path), spec, PLATFORMS[spec.platform].read_article, NOW)

    assert problem is None
    assert article is not None
    assert article.title
