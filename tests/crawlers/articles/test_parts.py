import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.articles.parts import next_part

FIRST = "http://a.cn/n/t1.html"


@pytest.mark.parametrize(
    ("href", "following"),
    [
        ("t1_2.html", "http://a.cn/n/t1_2.html"),
        ("/n/t1-2.html", "http://a.cn/n/t1-2.html"),
        ("t2.html", None),
        ("t1_other.html", None),
        ("index_2.html", None),
        ("http://b.cn/n/t1_2.html", None),
        ("javascript:next()", None),
        ("http://[", None),
        ("#", None),
    ],
)
def test_only_a_numbered_page_of_the_same_article_goes_on(href: str, following: str | None):
    body = f'<p>正文</p><a href="{href}">[下一页]</a>'.encode("gb18030")

    assert next_part(body, FIRST, FIRST) == following


def test_a_page_parameter_goes_on_until_it_leads_to_itself():
    body = '<a href="?id=7&amp;page=2">下一页</a>'.encode()

    assert next_part(body, "http://a.cn/show?id=7", "http://a.cn/show?id=7") == "http://a.cn/show?id=7&page=2"
    assert next_part(body, "http://a.cn/show?id=7&page=2", "http://a.cn/show?id=7") is None


def test_the_next_article_is_no_part():
    assert next_part('<a href="t1_2.html">下一篇</a>'.encode(), FIRST, FIRST) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read(body: bytes):
    next_part(b"<a href=t1_2.html>" + "下一页".encode() + body, FIRST, FIRST)
