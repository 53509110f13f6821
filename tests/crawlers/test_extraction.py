"""Title, time, origin and body of Chinese article pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.addresses import normalise_address
from crawlers.extraction.article import extract
from crawlers.extraction.dates import date_in_address, parse_date
from crawlers.extraction.encoding import decode_page
from crawlers.source import Selectors

BODY = "近日，克虎镇某村的枣农发愁地说，今年的木枣没有客商来收。" * 3
PAGE = f"""<html><head><meta charset="utf-8"><title>枣农盼客商_湫川新闻网</title></head><body>
<div class="nav"><a href="/">首页</a> 设为首页</div><h1>枣农盼客商</h1>
<div class="info">2026-09-03 08:15 来源：湫川日报 作者：某某</div>
<div class="content"><p>{BODY}</p><p>{BODY}</p><p>责任编辑：某某</p></div>
<div class="footer">版权所有</div></body></html>"""


def test_declared_selectors_find_title_and_body():
    article = extract(PAGE.encode(), "http://127.0.0.1/a.html", Selectors(title="h1", body="div.content"))

    assert article.title == "枣农盼客商"
    assert article.text == f"{BODY}\n{BODY}"


def test_a_page_without_selectors_is_understood():
    article = extract(PAGE.encode(), "http://127.0.0.1/a.html")

    assert article.title == "枣农盼客商"
    assert BODY in article.text
    assert "责任编辑" not in article.text
    assert article.origin == "湫川日报"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-09-03T08:15:00+08:00"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_declared_encoding_may_be_wrong(encoding: str):
    assert "枣农盼客商" in decode_page(PAGE.encode(encoding))


def test_a_page_that_is_nothing_gives_an_empty_article():
    assert extract(b"", "http://127.0.0.1/").title == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布时间：2026-09-03 08:15:20", "2026-09-03T08:15:00+08:00"),
        ("2026年9月3日 星期四", "2026-09-03T00:00:00+08:00"),
        ("2026/9/3 8:05", "2026-09-03T08:05:00+08:00"),
    ],
)
def test_dates_are_read_as_pages_write_them(text: str, expected: str):
    moment = parse_date(text)

    assert moment is not None
    assert moment.isoformat() == expected


def test_a_date_that_does_not_exist_is_passed_over():
    moment = parse_date("2026-13-45 更新，2026-09-03 发布")

    assert moment is not None
    assert moment.day == 3


@pytest.mark.parametrize(
    "url", ["http://a/202609/03/1.html", "http://a/2026-09/03/1.html", "http://a/t20260903_12.shtml"]
)
def test_a_day_in_the_address_is_read(url: str):
    moment = date_in_address(url)

    assert moment is not None
    assert (moment.year, moment.month, moment.day) == (2026, 9, 3)


@given(st.text(max_size=60))
def test_no_text_makes_the_date_reader_fail(text: str):
    parse_date(text)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_extraction_fail(content: bytes):
    extract(content, "http://127.0.0.1/a.html")


def test_tracking_and_index_files_are_dropped_from_addresses():
    assert normalise_address("http://A.cn/x/index.html?utm_source=w&id=3#top") == "http://a.cn/x/?id=3"
