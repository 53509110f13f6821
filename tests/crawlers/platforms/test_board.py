"""Message boards: a message is asked for again until its reply is there."""

from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawlers.platforms.board import read_board_page
from crawlers.platforms.listing import ListingSpider
from crawlers.spooling.spool import SpoolRecord, read_spool, spool_files
from domain.media.crawl import PageKind, SeenPage
from pipeline.crawling.collect import seen_page
from tests.crawlers.test_spider import declared, learned, spider_of

SPEC = declared(
    'platform: board\nstart: ["http://a.invalid/wz/"]\n'
    'board: {question: "div.q", answer: "div.a", asked: "i.t", answerer: "b.dept"}\n'
)
ADDRESS = "http://a.invalid/wz/7.html"
REPLY = "水泵已经修好，供水已经恢复，我们会继续跟进。"


def page(reply: str) -> bytes:
    asked = "<h1>反映试验村断水</h1><i class=t>2026-03-01 08:00</i><div class=q>村里已经断水六天，请派人来看看。</div>"
    return (
        f"<html><head><title>反映试验村断水-留言</title></head>{asked}<b class=dept>水利局</b>{reply}</html>".encode()
    )


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "<div class=a></div>",
        "<div class=a>暂无回复</div>",
        "<div class=a><p>【官方回复】</p><p>暂无</p></div>",
        "<div class=a>尚未答复。</div>",
        "<div class=a>正在办理中，请耐心等待！</div>",
        "<div class=a>等待相关部门回复...</div>",
        "<div class=a>该留言待处理</div>",
        "<div class=a>已受理</div>",
    ],
)
def test_a_place_for_the_reply_is_no_reply(reply: str):
    article = read_board_page(page(reply), ADDRESS, SPEC)

    assert article.awaits_reply
    assert article.text == "【留言】\n村里已经断水六天，请派人来看看。"


@pytest.mark.parametrize(
    "reply", [REPLY, "已办结。", "您的留言已转水利局办理，预计3日内修好水泵。", "不予受理。", "情况属实。"]
)
def test_what_says_more_is_a_reply(reply: str):
    article = read_board_page(page(f"<div class=a>{reply}</div>"), ADDRESS, SPEC)

    assert not article.awaits_reply
    assert article.text.endswith(f"【答复】水利局\n{reply}")


def test_a_page_without_a_message_awaits_nothing():
    assert not read_board_page(b"<html><p>404</p></html>", ADDRESS, SPEC).awaits_reply


def read(spider: ListingSpider, request: Request, reply: str) -> None:
    answer = HtmlResponse(ADDRESS, body=page(reply), headers={"ETag": '"1"'}, request=request)
    assert list(request.callback(answer, **request.cb_kwargs)) == []


def spooled(folder: Path) -> list[SpoolRecord]:
    lines = [line.content for path in spool_files(folder / "spool") for line in read_spool(path, 0)]
    return [line for line in lines if isinstance(line, SpoolRecord)]


def test_a_message_is_remembered_as_waiting_until_its_reply_makes_a_new_version(tmp_path: Path):
    with spider_of(tmp_path / "1", SPEC) as spider:
        [asked] = spider.articles(HtmlResponse(SPEC.start[0], request=Request(SPEC.start[0])), [ADDRESS])
        read(spider, asked, "")
    waiting = learned(tmp_path / "1")[ADDRESS]
    with spider_of(tmp_path / "2", SPEC, waiting) as spider:
        [again] = spider.due_requests()
        read(spider, again, f"<div class=a>{REPLY}</div>")
    done = learned(tmp_path / "2")[ADDRESS]

    assert (waiting.kind, done.kind) == (PageKind.QUESTION, PageKind.ARTICLE)
    assert again.headers["If-None-Match"] == b'"1"'
    assert [record.text.endswith(REPLY) for folder in ("1", "2") for record in spooled(tmp_path / folder)] == [
        False,
        True,
    ]
    # A run that was killed before it noted the visit: its spool says that the message waits.
    assert [seen_page(record).kind for record in spooled(tmp_path / "1")] == [PageKind.QUESTION]


def test_a_message_that_did_not_change_still_waits(tmp_path: Path):
    waiting = SeenPage(url=ADDRESS, kind=PageKind.QUESTION, etag='"1"')
    with spider_of(tmp_path, SPEC, waiting) as spider:
        [again] = spider.due_requests()
        list(again.callback(HtmlResponse(ADDRESS, status=304, request=again), **again.cb_kwargs))

    assert learned(tmp_path)[ADDRESS].kind is PageKind.QUESTION
