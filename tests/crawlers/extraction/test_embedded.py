"""Articles that stand in scripts and fields, and what is said beside them."""

import json

import pytest

from crawlers.extraction.article import Article, extract
from crawlers.extraction.choice import Extractor

LINES = [
    "近日，某村的枣农发愁地说，今年的木枣没有客商来收，一斤六毛也没人要。",
    "镇里的干部说，已经联系了外地的加工厂，下周就会派车上门收购，请大家不要着急。",
    "县农业农村局提醒，对因此收入下降的脱贫户，要及时上报，按程序纳入监测，防止返贫。",
]
MARKUP = "".join(f"<p>{line}</p>" for line in LINES) * 3


def read(script: str, body: str = "<div id=app></div>") -> Article:
    """A page that shows nothing without its script."""
    html = f"<title>湫川融媒</title>{body}<script>{script}</script>"
    return extract(html.encode(), "http://a.invalid/1")


def test_title_and_day_are_those_of_the_object_around_the_text():
    other = {"title": "明日停水通知", "publishTime": "2026-09-20 08:00:00"}
    article = {"title": "枣农盼客商", "publishTime": "2026-09-03 08:15:00", "author": "甄枣花", "content": MARKUP}

    found = read(f"var state = {json.dumps({'top': [other], 'article': article, 'hot': [other]}, ensure_ascii=False)}")

    assert (found.title, found.author) == ("枣农盼客商", "甄枣花")
    assert found.published_at
    assert found.published_at.isoformat() == "2026-09-03T08:15:00+08:00"


def test_a_text_between_single_quotes_is_read():
    found = read(f"var info = {{title: '枣农盼客商', time: '2026-09-03 08:15', content: '{MARKUP}'}}")

    assert found.how is Extractor.EMBEDDED
    assert found.title == "枣农盼客商"


def test_a_short_report_in_a_script_is_read():
    lines = [f"<p>{line}</p>" for line in LINES]
    content = "".join(lines)[:170] + "</p>"

    assert "外地的加工厂" in read(f"var state = {json.dumps({'content': content}, ensure_ascii=False)}").text


def test_paragraphs_that_a_script_lists_are_one_article():
    listed = [{"content": line} for line in LINES]

    found = read(f"data = {json.dumps({'title': '枣农盼客商', 'content_list': listed}, ensure_ascii=False)}")

    assert found.text.split("\n") == LINES


@pytest.mark.parametrize("name", ["content", "text"])
def test_a_list_of_articles_is_no_article(name: str):
    listed = [{"title": f"枣农盼客商之{number}", name: line} for number, line in enumerate(LINES)]

    assert read(f"data = {json.dumps({'contents': listed}, ensure_ascii=False)}").text == ""


@pytest.mark.parametrize("listed", [{"nick": "山里人"}, {"user": {"name": "山里人"}}, {"likes": 3}])
def test_what_readers_wrote_into_a_list_is_no_article(listed: dict[str, object]):
    words = [{"content": line, **listed} for line in LINES]

    assert read(f"data = {json.dumps({'contents': words}, ensure_ascii=False)}").text == ""


@pytest.mark.parametrize("name", ["comments", "commentList", "cmt_list", "replies", "hotComments", "list"])
def test_a_list_named_like_comments_is_no_article(name: str):
    words = [{"content": line} for line in LINES]

    assert read(f"data = {json.dumps({name: words}, ensure_ascii=False)}").text == ""


def test_a_page_that_hands_its_article_over_in_fields_is_read():
    fields = f"<textarea class=article-content>{MARKUP}</textarea><textarea class=article-time>1788394500000</textarea>"

    found = read("", fields)

    assert found.how is Extractor.EMBEDDED
    assert found.published_at
    assert found.published_at.isoformat() == "2026-09-03T08:15:00+08:00"


def test_a_form_with_a_prefilled_field_is_none():
    assert read("", f"<form><textarea name=advice>{LINES[0]}</textarea></form>").text == ""
