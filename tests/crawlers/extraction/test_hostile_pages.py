"""Pages made to break a reader end in an article or in none, and soon."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.extraction.article import extract

PROSE = "<p>近日，克虎镇某村的枣农发愁地说，今年的木枣没有客商来收。</p>"
_SECONDS = 20
"""Of processor time, for pages a hundred times larger than any article; a page that hangs takes minutes."""

HOSTILE = {
    "nested a hundred thousand deep": "<div>" * 100_000 + PROSE,
    "nested formatting": "<b><i><font>" * 30_000 + PROSE,
    "nested tables": "<table><tr><td>" * 10_000 + PROSE,
    "five megabytes in one line": "<p>" + "字，" * 2_500_000,
    "unclosed tags": "<p><a href='x'>" * 100_000 + PROSE,
    "unclosed attribute": '<a href="' * 100_000 + PROSE,
    "fifty thousand attributes": "<div " + " ".join(f"a{n}=1" for n in range(50_000)) + ">" + PROSE,
    "attributes that look like tags": "<div " + " ".join(f"<a{n}" for n in range(50_000)) + ">" + PROSE,
    "null bytes": "<p>\x00" * 100_000 + PROSE,
    "entities in entities": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    + "&b;" * 100_000
    + PROSE,
    "opening brackets": "<" * 1_000_000 + PROSE,
    "comments that do not end": "<!--" * 200_000 + PROSE,
    "brackets in a script": "<script>" + '{"content":"' * 50_000 + "</script>" + PROSE,
    "quotes in a script": '<script>"' + '\\"' * 500_000 + "<p></script>" + PROSE,
    "data that nests": '<script type="application/ld+json">' + "[" * 200_000 + "</script>" + PROSE,
    "spaces before a label": "<div>" + " " * 500_000 + "来源" + " " * 500_000 + "</div>" + PROSE,
    "a title of a megabyte": "<title>" + "枣-" * 300_000 + "</title><h1>" + "枣_" * 300_000 + "</h1>" + PROSE,
    "digits without end": "<div>" + "2026-09-" * 100_000 + "</div>" + PROSE,
    "brackets of names": "<p>" + "（记者 " * 100_000 + "</p>" + PROSE,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_read_in_time(html: str):
    started = time.process_time()

    extract(html.encode(), "http://a.invalid/")

    assert time.process_time() - started < _SECONDS


@pytest.mark.parametrize("kind", ["application/ld+json", "text/javascript"])
def test_half_a_character_in_the_data_of_a_page_leaves_an_article_that_can_be_written(kind: str):
    data = {"@type": "NewsArticle", "headline": "枣农盼客商\ud83d", "author": {"name": "王\udc00"}}
    script = json.dumps({**data, "articleBody": PROSE * 12 + "\ud83d"}).replace("</", "<\\/")
    html = f'<script type="{kind}">{script}</script><div id="app"></div>'

    article = extract(html.encode(), "http://a.invalid/")

    assert "没有客商来收" in article.text
    "".join((article.title, article.text, article.author)).encode()


def test_a_page_of_a_megabyte_is_read_at_once():
    html = "<html><body><h1>枣农盼客商</h1><div>" + PROSE * 11_000 + "</div></body></html>"
    extract(html[:100].encode(), "http://a.invalid/")
    started = time.process_time()

    article = extract(html.encode(), "http://a.invalid/")

    assert len(article.text) > 20_000
    assert time.process_time() - started < 2


def test_prose_below_the_depth_that_others_give_up_at_is_found():
    html = "<div>" * 400 + PROSE * 5 + "</div>" * 400

    assert "枣农" in extract(html.encode(), "http://a.invalid/").text


# fmt: off
_PIECES = st.sampled_from([
    "<div class='nav'>", "<p>", "</p>", "</div>", "<a href='/1.html'>", "</a>", "<td>", "<table>", "<pre>\n", "<br>",
    "<img alt='来源：'>", "<script>", "</script>", "<title>", "<h1>", "<!--", "-->", "2026-09-03", "来源：", "，", "。",
    "记者 甄某", "今年的木枣没有客商来收，村民很着急。", "&nbsp;", "&#0;", "<", ">", "\x00", "相关阅读", "昨天",
    "<meta name=author content=", '<script type="application/ld+json">{"@type":"Article","author":[[]],"headline":1}',
    "棗農盼客商來收棗",
])
# fmt: on


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_no_mixture_of_pieces_makes_the_extraction_fail(pieces: list[str], encoding: str):
    extract("".join(pieces).encode(encoding, errors="replace"), "http://a.invalid/")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_bytes_and_no_address_make_the_extraction_fail(content: bytes, url: str):
    extract(content, url)
