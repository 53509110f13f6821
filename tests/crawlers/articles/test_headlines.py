"""What an article is called whose page shows its headline only as a picture."""

from pathlib import Path

import pytest
from parsel import Selector
from scrapy import Request
from scrapy.http import HtmlResponse

from crawlers.articles.headlines import as_headlines, headline_of
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.article import Article, extract
from crawlers.platforms import PLATFORMS
from crawlers.platforms.listing import link_texts
from domain.media.crawl import SeenPage
from tests.crawlers.platforms.test_board import spooled
from tests.crawlers.test_spider import declared, learned, spider_of
from tests.fakes import NOON

TEXT = "连日阴雨使试验村枣林裂果超过六成，许多枣农今年没有收成。村里请求减免化肥欠款。"
NAMES = ("试验县新闻网", "试验县融媒体中心")
LIST, ADDRESS = "http://a.invalid/xw/", "http://a.invalid/n/1.html"


def page(head: str, *, above: str = "", below: str = "") -> bytes:
    body = f"<div class=zw><p>{TEXT}</p></div>"
    return f"<html><head><title>{head}</title></head><body>{above}{body}{below}</body></html>".encode()


@pytest.mark.parametrize(
    ("head", "above", "below"),
    [
        pytest.param("试验县新闻网", "", "", id="the site's name"),
        pytest.param("试验县新闻网-欢迎您", "", "", id="the site's name and a greeting"),
        pytest.param("试验县新闻网首页", "", "", id="the site's name and what page it is"),
        pytest.param("试验县融媒体中心", "", "", id="the publisher's name"),
        pytest.param("试验县新闻网", "<h1>试验县新闻网</h1>", "", id="the site's name as a heading, too"),
        pytest.param("本地要闻_试验县新闻网", "<a href=/>首页</a> <a href=/xw/>本地要闻</a>", "", id="a column's name"),
        pytest.param("试验县新闻网", "", "<div class=title>民生视点播报</div>", id="what a block beside is called"),
        pytest.param("", "<h1><img src=t.jpg></h1>", "", id="nothing"),
    ],
)
def test_a_page_that_shows_its_headline_as_a_picture_has_no_title(head: str, above: str, below: str):
    article = extract(page(head, above=above, below=below), ADDRESS, site_names=NAMES)

    assert (article.title, article.text) == ("", TEXT)


@pytest.mark.parametrize(
    ("head", "above"),
    [
        pytest.param("枣林裂果过半_试验县新闻网", "", id="before the site's name"),
        pytest.param("试验县新闻网-枣林裂果过半", "", id="behind the site's name"),
        pytest.param("试验县新闻网", "<h1>枣林裂果过半</h1>", id="only a heading"),
        pytest.param(
            "试验县新闻网", "<h1>试验县新闻网</h1><h2>枣林裂果过半</h2>", id="a heading below the site's name"
        ),
    ],
)
def test_a_title_in_letters_is_found_beside_the_name_of_the_site(head: str, above: str):
    assert extract(page(head, above=above), ADDRESS, site_names=NAMES).title == "枣林裂果过半"


def test_a_headline_that_ends_like_the_name_of_a_site_stays_one():
    for title in ("织密防返贫监测网", "我县建成矛盾纠纷调处中心", "试验县融媒体中心招聘公告"):
        assert extract(page(title), ADDRESS, site_names=NAMES).title == title


@pytest.mark.parametrize("name", ["试验县人民政府", "试验日报", "试验新闻网"])
def test_a_site_is_known_by_its_ending_where_nobody_declared_its_name(name: str):
    assert extract(page(name), ADDRESS).title == ""


def untitled(text: str) -> Article:
    return Article(title="", text=text, published_at=None, origin="", author="")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, "连日阴雨使试验村枣林裂果超过六成，许多枣农今年没有收成"),
        ("村里断水六天，" * 9, ("村里断水六天，" * 9)[:30]),
        ("【留言】\n村里已经断水六天！请派人来看看。", "村里已经断水六天"),
        ("。。", "。。"),
    ],
)
def test_without_a_list_the_first_sentence_is_the_headline(text: str, expected: str):
    assert headline_of(untitled(text), "", NAMES) == expected
    assert headline_of(untitled(text), "试验县新闻网", NAMES) == expected
    assert headline_of(untitled(text), "枣林裂果过半", NAMES) == "枣林裂果过半"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<a href=1>· 枣林裂果过半</a>", "枣林裂果过半"),
        ("<a href=1>枣林裂果过半 2026-11-20</a>", "枣林裂果过半"),
        ("<a href=1><span>[11-20]</span>枣林裂果过半</a>", "枣林裂果过半"),
        ("<a href=1 title='枣林裂果过半枣农盼减免'>枣林裂果过…</a>", "枣林裂果过半枣农盼减免"),
        ("<a href=1><img src=a alt='枣林裂果过半'></a>", "枣林裂果过半"),
        ("<a href=1><img src=a></a><a href=1>枣林裂果过半</a><a href=1>查看全文详情</a>", "枣林裂果过半"),
        ("<a href=1><b>枣林</b><!--注释--><script>var a</script>裂果过半</a>", "枣林裂果过半"),
        ("<a href=1>更多</a>", None),
        ("<a href=1>2026年枣林裂果过半 5天内上报</a>", "2026年枣林裂果过半 5天内上报"),
    ],
)
def test_the_text_of_a_link_is_taken_as_a_headline(link: str, expected: str | None):
    assert link_texts(Selector(text=f"<html>{link}</html>", type="html"), "a").get("1") == expected


def test_feeds_call_their_articles_by_name():
    feed = f"<rss version='2.0'><channel><item><title>枣林裂果过半</title><link>{ADDRESS}</link></item></channel></rss>"
    spec = declared(f'platform: rss\nstart: ["{LIST}"]')

    listing = PLATFORMS["rss"].listing(HtmlResponse(LIST, body=feed.encode()), spec, NOON)

    assert listing.headlines == {ADDRESS: "枣林裂果过半"}


def test_of_several_texts_of_one_address_the_first_that_may_be_a_headline_counts():
    assert as_headlines([("1", "图"), ("1", "枣林裂果过半"), ("1", "试验村")]) == {"1": "枣林裂果过半"}


SPEC = declared(f'platform: article_list\nstart: ["{LIST}"]\narticles: "^/n/"\n').model_copy(update={"title": NAMES[0]})


def visit(folder: Path, spec: SourceSpec, listed: str, body: bytes, *known: SeenPage) -> None:
    """One run: the list, where it is not unchanged, then the article."""
    with spider_of(folder, spec, *known) as spider:
        asked = spider.list_request(LIST)
        found = list(asked.callback(HtmlResponse(LIST, body=listed.encode(), request=asked))) if listed else []
        for request in found or spider.due_requests():
            list(request.callback(HtmlResponse(ADDRESS, body=body, request=request), **request.cb_kwargs))


def test_the_list_names_the_article_and_a_later_visit_without_the_list_changes_nothing(tmp_path: Path):
    listed = "<html><ul><li><a href='/n/1.html'>枣林裂果过半</a></li></ul></html>"
    visit(tmp_path / "1", SPEC, listed, page(NAMES[0]))
    [first] = spooled(tmp_path / "1")
    state = learned(tmp_path / "1")[ADDRESS]

    visit(tmp_path / "2", SPEC, "", page(NAMES[0]), state)
    visit(tmp_path / "3", SPEC, "", page(NAMES[0]).replace("六成".encode(), "七成".encode()), state)

    assert (first.title, first.text) == ("枣林裂果过半", TEXT)
    assert spooled(tmp_path / "2") == []
    [corrected] = spooled(tmp_path / "3")
    assert corrected.title == "连日阴雨使试验村枣林裂果超过七成，许多枣农今年没有收成"


def test_lists_of_boards_name_nobody(tmp_path: Path):
    board = declared(f'platform: board\nstart: ["{LIST}"]\nboard: {{question: div.q, answer: div.a}}')
    response = HtmlResponse(LIST, body="<a href='/n/1.html'>晴天小雨问：村里断水</a>".encode(), request=Request(LIST))

    listing = PLATFORMS["board"].listing(response, board, NOON)

    assert (listing.articles, dict(listing.headlines)) == (("/n/1.html",), {})
