"""How lists go on, and what hostile pages make of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Response, XmlResponse

from crawlers.platforms import PLATFORMS
from crawlers.platforms.listing import Listing
from crawlers.platforms.paging import numbered_page, scripted_page
from crawlers.platforms.script_list import embedded_listing
from tests.crawlers.platforms.test_pages import CASES, NOW, PAGES, Case

BASE = "http://site.invalid/xw/"


@pytest.mark.parametrize(
    ("url", "template", "second", "following"),
    [
        pytest.param(BASE, "index_{page}.html", 1, BASE + "index_1.html", id="first page"),
        pytest.param(BASE + "index.html", "index_{page}.html", 2, BASE + "index_2.html", id="counted from two"),
        pytest.param(BASE + "index_9.html", "index_{page}.html", 1, BASE + "index_10.html", id="counted up"),
        pytest.param(BASE + "list_7_2.html", "list_{column}_{page}.html", 2, BASE + "list_7_3.html", id="column kept"),
        pytest.param(BASE, "list_{column}_{page}.html", 2, None, id="column not known"),
        pytest.param(BASE + "?id=3&page=2", "?id={column}&page={page}", 2, BASE + "?id=3&page=3", id="parameter"),
        pytest.param(BASE + "myindex_1.html", "index_{page}.html", 1, BASE + "index_1.html", id="not a part of a name"),
    ],
)
def test_a_numbered_address_is_counted_up(url: str, template: str, second: int, following: str | None):
    assert numbered_page(url, template, second) == following


@pytest.mark.parametrize(
    ("script", "following"),
    [
        pytest.param('createPageHTML(3, 0, "index", "shtml")', BASE + "index_1.shtml", id="first"),
        pytest.param("createPageHTML(3,1,'index','html')", BASE + "index_2.html", id="second"),
        pytest.param('createPageHTML(3, 2, "index", "shtml")', None, id="last"),
        pytest.param("createPageHTML('page_div',3, 1,'list','shtml',40)", BASE + "list_2.shtml", id="newer form"),
        pytest.param("createPageHTML('page_div',3, 3,'list','shtml',40)", None, id="newer form, last"),
        pytest.param("createPageHTML(1, 0, 'index', 'shtml')", None, id="only one"),
        pytest.param("var pages = 3;", None, id="no call"),
    ],
)
def test_the_call_of_a_script_is_read_and_not_executed(script: str, following: str | None):
    assert scripted_page(script, BASE + "index.shtml") == following


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"a":' * 100_000, "var x = [", "[1, 2", '{"rows": {"rows": 3}}', "", "[null, {}, 7, [[]]]"],
    ids=["deep", "deep keys", "open", "cut", "other", "empty", "odd"],
)
def test_data_that_is_no_list_gives_nothing(text: str):
    [case] = [case for case in CASES if case.folder.name == "script_json"]

    assert embedded_listing(text, case.spec) == Listing()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
@given(cut=st.integers(0, 4000), noise=st.binary(max_size=60))
def test_no_list_page_however_broken_stops_the_reader(case: Case, cut: int, noise: bytes):
    whole = case.response()
    broken = whole.replace(body=whole.body[:cut] + noise + whole.body[cut + 40 :])

    listing = PLATFORMS[case.spec.platform].listing(broken, case.spec, NOW)

    assert all(isinstance(address, str) for address in (*listing.articles, *listing.inner))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
@pytest.mark.parametrize(
    "response", [Response(BASE, body=b"\x00\xff"), HtmlResponse(BASE, body=b"")], ids=["bytes", "empty"]
)
def test_an_answer_that_is_no_page_holds_nothing(case: Case, response: Response):
    listing = PLATFORMS[case.spec.platform].listing(response, case.spec, NOW)

    assert listing.articles == ()


def test_entities_of_a_sitemap_are_not_resolved():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&f;http://a/</loc></url></urlset>'
    [case] = [case for case in CASES if case.folder.name == "sitemap_index"]

    listing = PLATFORMS["sitemap"].listing(Response(BASE, body=bomb), case.spec, NOW)

    assert not any("root:" in address for address in listing.articles)


def test_a_feed_cannot_make_us_open_a_file_of_ours(tmp_path: Path):
    path = tmp_path / "feed.xml"
    path.write_bytes((PAGES / "rss" / "list.xml").read_bytes())
    [case] = [case for case in CASES if case.folder.name == "rss"]

    listing = PLATFORMS["rss"].listing(XmlResponse(BASE, body=str(path).encode()), case.spec, NOW)

    assert listing.articles == ()
