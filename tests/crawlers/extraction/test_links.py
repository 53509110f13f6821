"""The next page of an article is not the next article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extraction.links import next_page


@pytest.mark.parametrize(
    ("url", "link", "text"),
    [
        ("http://a/n/12_345.html", "12_345_2.html", "下一页"),
        ("http://a/n/t20260903_188484.html", "t20260903_188484_1.html", "下一页 >"),
        ("http://a/n/t20260903_188484_1.html", "t20260903_188484_2.html", "下页"),
        ("http://a/n/5.shtml", "/n/5_2.shtml", "[下一页]"),
        ("http://a/view.php?id=5", "view.php?id=5&page=2", "下一页"),
    ],
)
def test_the_rest_of_an_article_is_followed(url: str, link: str, text: str):
    assert next_page(f"<a href='{link}'>{text}</a>", url) is not None


@pytest.mark.parametrize(
    ("url", "link", "text"),
    [
        ("http://a/n/12_345.html", "12_346.html", "下一页"),
        ("http://a/n/345.html", "346.html", "下一篇"),
        ("http://a/n/5_2.html", "5_1.html", "下一页"),
        ("http://a/n/5.html", "http://b/n/5_2.html", "下一页"),
        ("http://a/n/5.html", "javascript:void(0)", "下一页"),
        ("http://a/n/5.html", "5.html", "下一页"),
        ("http://a/n/5.html", "http://[", "下一页"),
    ],
)
def test_another_article_is_not(url: str, link: str, text: str):
    assert next_page(f"<a href='{link}'>{text}</a>", url) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_address_makes_it_fail(url: str, link: str):
    next_page(f"<a href='{link}'>下一页</a>", url)
