"""Lists that stopped a reader once: found by benchmarks/crawl/fuzz.py, or by thinking what an attacker would write."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from scrapy.http import HtmlResponse, XmlResponse

from crawlers.articles.parts import next_part
from crawlers.declaring.source import SourceSpec, make_source
from crawlers.platforms import PLATFORMS
from crawlers.platforms.listing import Listing
from tests.crawlers.test_spider import DECLARATION, answered, declared, spider_of

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ADDRESS = "http://a.invalid/xw/"


def listing(body: str | bytes, kind: type = HtmlResponse, **more: Any) -> Listing:
    content = {**yaml.safe_load(DECLARATION), "start": [ADDRESS], **more}
    spec: SourceSpec = make_source("test", content, Path("test.yml"))
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return PLATFORMS[spec.platform].listing(kind(ADDRESS, body=raw), spec, NOW)


def test_markup_that_looks_like_data_holds_no_links():
    found = listing('{"html": "{}"}', platform="script_list", embedded={"items": "html", "markup": True})

    assert found.articles == ()


def test_a_feed_in_an_unheard_of_character_set_holds_nothing():
    head = b'<?xml version="1.0" encoding="\x01\x00f-8"?>'
    feed = head + b'<rss version="2.0"><channel><item><link>/1</link></item></channel></rss>'

    assert listing(feed, XmlResponse, platform="rss") == Listing()


def test_a_link_of_a_paper_that_cannot_be_taken_apart_is_no_page_of_it():
    found = listing('<a href="http://[">1</a><a href="n2.html">2</a>', platform="epaper", select={"pages": "a"})

    assert found.inner == ("n2.html",)


def test_an_element_with_odd_attributes_does_not_hide_the_next_page_of_an_article():
    body = "<p><a {x=1 href='t1_2.html'>下一页</a></p>".encode()

    assert next_part(body, "http://a.invalid/t1.html", "http://a.invalid/t1.html") == "http://a.invalid/t1_2.html"


@pytest.mark.parametrize("bad", ["/n/\ud800.html", "http://[", "http://a.invalid:99999/n/2.html", "\x00\x1f"])
def test_one_address_that_is_none_costs_no_other_of_its_list(tmp_path: Path, bad: str):
    spec = declared('platform: script_list\nstart: ["http://a.invalid/list.json"]')
    with spider_of(tmp_path, spec) as spider:
        asked = spider.list_request(spec.start[0])
        rows = json.dumps([{"url": bad}, {"url": "/n/1.html"}])
        requests = list(asked.callback(answered(asked, rows)))

    assert "http://a.invalid/n/1.html" in [request.url for request in requests]
