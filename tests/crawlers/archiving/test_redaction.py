"""What the archive keeps of pages on which strangers wrote or are named. All pages and names are invented."""

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.archiving.comment_data import without_comment_data
from crawlers.archiving.redaction import kept_body, kept_list
from crawlers.articles.parts import next_part
from crawlers.declaring.source import SourceSpec
from crawlers.extraction.article import Article, extract
from crawlers.extraction.cut_off import is_cut_off
from crawlers.platforms.board import read_board_page
from tests.crawlers.test_spider import declared

URL = "http://a.invalid/n/1.html"
NEWS = declared('platform: article_list\nstart: ["http://a.invalid/"]\n')
BOARD = declared(
    'platform: board\nstart: ["http://a.invalid/wz/"]\nboard: {question: "div.q", answer: "div.reply div.a", '
    'asked: "i.t", answerer: "b.dept", answered: "div.reply i", asker: "span.nick"}\n'
)
BODY = "村里的水井修好了，家家户户都用上了自来水，大家都说好。" * 6
REPORT = (
    "本报讯，入冬以来试验镇的老井逐口检修，打井队先到地势最高的几个村。"
    "镇水利站的技术员说，水泵换过以后每天能供水四个小时，管子埋到了冻土层以下。"
    "为了让老人少走路，村里在戏台旁边又装了三个龙头，钥匙由值班的村干部保管。"
)
NICKNAME, COMMENT = "爱枣的老汉甲", "我家也没有水吃，电话没人接"


def news(comments: str, head: str = "", ending: str = "</body></html>") -> bytes:
    return (
        f"<html><head><title>水井修好了</title>{head}</head><body class='comments-open'><h1>水井修好了</h1>"
        f"<p>2026-11-20 08:00 来源：试验日报</p><div class='content'><p>{BODY}</p></div>{comments}{ending}"
    ).encode()


def written(content: bytes) -> str:
    return content.decode("utf-8-sig")


def read(content: bytes) -> Article:
    """What the page says, whatever its header says of its encoding; the extractors agree better without comments."""
    return replace(extract(content, URL, content_type="text/html; charset=gb2312"), agreement=0.0)


@pytest.mark.parametrize(
    "comments",
    [
        f"<div class='news-comment'><b>{NICKNAME}</b><p>{COMMENT}</p></div>",
        f"<div class='COMMENT'><b>{NICKNAME}</b><p>{COMMENT}</p></div>",
        f"<div id='CMTS'>{NICKNAME}：{COMMENT}</div>",
        f"<ul id='commentList'><li>{NICKNAME}：{COMMENT}</li></ul>",
        f"<section class='pinglunqu'><p>{NICKNAME}：{COMMENT}</p></section>",
        f"<h3>网友评论（2）</h3>{NICKNAME}：{COMMENT}<br>{NICKNAME}：{COMMENT}<p>{COMMENT}</p>",
        f"<h3>网友评论</h3>{NICKNAME}：{COMMENT}",
        f"<div><h3>全部评论</h3></div><div>{NICKNAME}：{COMMENT}</div>",
        f"<script>window.state = {{commentList: [{{'nick': '{NICKNAME}', 'text': '{COMMENT}]'}}]}}</script>",
        f'<script>var comments = [{{"user":"{NICKNAME}","text":"{COMMENT}"}}',
        f"<!-- comment {NICKNAME} {COMMENT} -->",
    ],
)
def test_comments_below_an_article_are_not_kept_and_the_article_reads_the_same(comments: str):
    page = news(comments)

    kept = kept_body(page, NEWS)

    assert NICKNAME not in written(kept)
    assert COMMENT not in written(kept)
    assert read(kept) == read(page)


@pytest.mark.parametrize(
    ("heading", "encoding"), [("网友评论", "utf-16"), ("&#32593;&#21451;&#35780;&#35770;", "utf-8")]
)
def test_comments_below_a_heading_in_unusual_bytes_are_not_kept(heading: str, encoding: str):
    page = news(f"<h3>{heading}</h3><p>{NICKNAME}：{COMMENT}</p>").replace(b" class='comments-open'", b"")

    kept = kept_body(page.decode().encode(encoding), NEWS)

    assert BODY in written(kept)
    assert NICKNAME not in written(kept)
    assert COMMENT not in written(kept)


def test_comments_are_not_kept_where_a_line_with_their_time_is_all_that_tells_of_them():
    lists = "".join(f"<li>{NICKNAME} 2026-11-20 09:{minute} 发表<br>{COMMENT}</li>" for minute in (10, 20))
    page = news(f"<ul>{lists}</ul>").replace(b" class='comments-open'", b"")

    kept = written(kept_body(page, NEWS))

    assert BODY in kept
    assert NICKNAME not in kept
    assert COMMENT not in kept


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        (r"""{"text": "say \"no\"", 'b': "}"}; after""", "{}; after"),
        (r"""[\"one\"]; after""", "[]; after"),
        ("""{"text": '""" + COMMENT + """}; after""", "{}; after"),
        ("""{"text": """ + COMMENT, "{}"),
    ],
)
def test_data_of_comments_ends_where_it_is_closed(data: str, rest: str):
    assert without_comment_data(f"var comments = {data}") == f"var comments = {rest}"


@pytest.mark.parametrize(
    "hostile",
    [
        '<script>var comments={"' + '\\"' * 200_000 + "</script>",
        "<script>" + 'comments:[\\"]' * 60_000 + "</script>",
        "<p>网友评论</p>" * 12_000,
    ],
    ids=["quotes that never close", "data in pieces", "headings"],
)
def test_a_page_made_to_be_slow_is_read_in_seconds(hostile: str):
    began = time.process_time()

    kept_body(news(hostile), NEWS)

    assert time.process_time() - began < 15


def test_what_an_electronic_paper_says_of_its_article_stays_and_nothing_else_of_the_comment():
    said = f"<!--enpproperty <date>2026-11-20</date><title>水井修好了</title><x>{COMMENT}</x>/enpproperty-->"
    page = news(f"<div class='comment-list'><p>{COMMENT}</p></div>", said)

    kept = written(kept_body(page, NEWS))

    assert "<!--enpproperty <date>2026-11-20</date><title>水井修好了</title>/enpproperty-->" in kept
    assert COMMENT not in kept


def test_comments_that_no_name_tells_are_declared():
    spec = declared('platform: article_list\nstart: ["http://a.invalid/"]\nselect: {comments: "div.x9"}\n')

    kept = kept_body(news(f"<div class='x9'>{NICKNAME}：{COMMENT}</div>"), spec)

    assert COMMENT not in written(kept)
    assert BODY in written(kept)


def test_of_a_page_that_was_read_the_article_stays_and_reads_the_same():
    stranger = f"<dl><dt>{NICKNAME}</dt><dd>{COMMENT}</dd></dl><script>var x=[{{n:'{NICKNAME}'}}]</script>"
    links = "<ul class=side><li><a href=/n/2.html>别的新闻</a></li></ul><p>（责任编辑：试验丙）</p>"
    page = news(stranger + links, f"<meta name=keywords content='{NICKNAME}'>").replace(BODY.encode(), REPORT.encode())
    page = page.replace(b"<body", b"<body title='\xe7\x94\xb2'")

    kept = kept_body(page, NEWS, article=read(page))

    assert read(kept) == read(page)
    assert read(kept).editor == "试验丙"
    assert '<div class="content">' in written(kept)
    assert not [one for one in (NICKNAME, COMMENT, "别的新闻", "甲") if one in written(kept)]


def test_an_article_that_scripts_carry_stays_without_the_comments_beside_it():
    said = "".join(f"<p>{BODY}</p>" for _ in range(2))
    state = json.dumps({"title": "水井修好了", "html": said, "talk": [{"name": NICKNAME, "says": COMMENT}]})
    page = f"<html><head><title>水井修好了</title></head><body><script>var s={state}</script></body></html>".encode()

    kept = kept_body(page, NEWS, article=read(page))

    assert BODY in read(page).text
    assert read(kept) == read(page)
    assert NICKNAME not in json.loads(f'"{written(kept).replace(chr(34), chr(39))}"', strict=False)


@pytest.mark.parametrize("is_read", [True, False])
def test_a_day_that_a_script_writes_stays_where_it_is_read(is_read: bool):
    writer = b"<script>document.write('2026-11-20 08:00:00')</script>"
    page = news("").replace(b"2026-11-20 08:00", writer).replace(BODY.encode(), REPORT.encode())

    kept = kept_body(page, NEWS, article=read(page) if is_read else None)

    assert read(page).published_at is not None
    assert read(kept) == read(page)


def test_files_and_the_next_page_of_an_article_stay():
    links = "<p><a href=/f/mingdan.pdf>名单附件</a></p><p><a href=/u/7>某网友</a> <a href=1_2.html>下一页</a></p>"
    page = news("").replace(b"</div>", f"{links}</div>".encode())

    kept = kept_body(page, NEWS, article=read(page))

    assert [file.url for file in read(kept).attachments] == ["http://a.invalid/f/mingdan.pdf"]
    assert next_part(kept, URL, URL) == "http://a.invalid/n/1_2.html"
    assert "/u/7" not in written(kept)


def test_of_a_letter_to_an_office_who_wrote_it_is_not_kept():
    fields = {
        "信件标题": "村里断水六天",
        "来信人": NICKNAME,
        "联系电话": "不公开",
        "来信时间": "2026-03-01",
        "信件内容": BODY,
    }
    answer = {"回复单位": "水利局", "回复时间": "2026-03-03", "回复内容": "水泵已经修好，明日恢复供水，请放心使用。"}
    rows = "".join(f"<tr><td>{label}：</td><td>{value}</td></tr>" for label, value in (fields | answer).items())
    page = f"<html><body><h1>村里断水六天</h1><table>{rows}</table></body></html>".encode()

    kept = kept_body(page, NEWS, article=read(page))

    assert NICKNAME not in written(kept)
    assert read(kept) == read(page)
    assert BODY in read(kept).text


def test_a_page_that_is_read_in_two_ways_stays_as_it_stands_for_a_better_reading():
    spec = declared('platform: article_list\nstart: ["http://a.invalid/"]\nselect: {body: "div.side"}\n')
    page = news("<div class=side>本站为您提供天气与出行提示，请注意查收，祝您生活愉快。</div>")
    article = extract(page, URL, spec.select)

    kept = kept_body(page, spec, article=article)

    assert BODY not in article.text
    assert BODY in written(kept)


def test_a_page_in_which_no_article_was_found_stays_as_it_stands_without_scripts_and_attributes():
    script = f"<script>var pl=[['{NICKNAME}','{COMMENT}']]; var source='试验日报';</script>"
    page = news(f"<div data-list='{COMMENT}'>正在加载</div>{script}<textarea>{COMMENT}</textarea>", ending="")

    kept = kept_body(page, NEWS)

    assert (BODY in written(kept), "正在加载" in written(kept)) == (True, True)
    assert not [one for one in (NICKNAME, COMMENT) if one in written(kept)]
    assert read(kept) == read(page)


def test_a_page_that_begins_like_xml_is_a_page():
    page = b'<?xml version="1.0"?><!DOCTYPE html>' + news(f"<div class=comment>{COMMENT}</div>")

    assert COMMENT not in written(kept_body(page, NEWS))


def test_a_selector_that_also_fits_comments_keeps_the_first_it_fits_alone():
    spec = declared('platform: article_list\nstart: ["http://a.invalid/"]\nselect: {author: "b.name"}\n')
    page = news(f"<b class=name>作者：试验</b><div class=comment><b class=name>{NICKNAME}</b>{COMMENT}</div>")

    kept = written(kept_body(page, spec))

    assert NICKNAME not in kept
    assert "作者：试验" in kept


def test_an_article_in_an_element_that_is_called_a_comment_stays_where_it_is_declared():
    spec = declared('platform: article_list\nstart: ["http://a.invalid/"]\nselect: {body: "div.content"}\n')
    page = f"<html><body><div class='comment'><div class='content'>{BODY}</div></div></body></html>".encode()

    assert BODY in written(kept_body(page, spec))


def test_a_page_in_another_encoding_is_read_the_same_after_its_comments_went():
    page = news(f"<div class=comment>{COMMENT}</div>", "<meta charset=gb2312>").decode().encode("gb18030")

    kept = kept_body(page, NEWS)

    assert read(kept) == read(page)


def test_a_page_that_was_cut_off_stays_one():
    cut = news(f"<div class=comment>{COMMENT}</div><p>还有", ending="")

    assert is_cut_off(cut)
    assert is_cut_off(kept_body(cut, NEWS))
    assert not is_cut_off(kept_body(news(f"<div class=comment>{COMMENT}</div>"), NEWS))


def test_nothing_is_kept_of_an_answer_that_is_data():
    assert kept_body(f'{{"items": [{{"nick": "{NICKNAME}"}}]}}'.encode(), NEWS) == b""


def test_of_a_list_its_articles_are_kept_and_nothing_else():
    page = f"<li><a href=/n/1.html>水井修好了</a>{NICKNAME}：{COMMENT}</li>".encode()

    kept = written(kept_list(page, NEWS, "", {"http://a.invalid/n/1.html?a=1&b=2": "水井<修好>了"}))

    assert '<li><a href="http://a.invalid/n/1.html?a=1&amp;b=2">水井&lt;修好&gt;了</a></li>' in kept
    assert NICKNAME not in kept


def test_a_list_that_names_no_article_stays_as_it_stands():
    assert "请输入验证码" in written(kept_list("<html><p>请输入验证码</p></html>".encode(), NEWS, "", {}))


def message(asker: str, more: str = "") -> bytes:
    return (
        f"<html><head><title>{NICKNAME}反映断水</title><meta name=author content='{NICKNAME}'></head><body>"
        f"<h1>{NICKNAME}反映断水</h1>{asker}<i class=t>2026-03-01 08:00</i>"
        f"<div class=q>我是{NICKNAME}，村里已经断水六天，请派人来看看，网友：都来看。</div><div class='reply comment'>"
        f"<b class=dept>水利局</b><i>2026-03-03</i><div class=a>{NICKNAME}您好，水泵已经修好。</div></div>"
        f"<a href='/user/{NICKNAME}'><img alt='{NICKNAME}'></a><script>var u='{NICKNAME}'</script>{more}</body></html>"
    ).encode()


@pytest.mark.parametrize(
    "asker",
    [
        f"<span class=nick>网友：{NICKNAME}</span>",
        f"<span class=nick title='{NICKNAME}'><em>{NICKNAME}</em></span>",
        f"<span class=nick>留言人:<b>{NICKNAME}</b></span>",
    ],
)
def test_a_nickname_goes_wherever_it_stands_and_the_message_reads_the_same(asker: str):
    page = message(asker)

    kept = kept_body(page, BOARD, article=read_board_page(page, URL, BOARD))

    assert NICKNAME not in written(kept)
    assert read_board_page(kept, URL, BOARD) == read_board_page(page, URL, BOARD)


@pytest.mark.parametrize(
    "beside", ["<p>留言人：{} 来自某村</p>", "<td>昵称：</td><td>{}</td>", "<b>提问者：</b>{} 来自"]
)
def test_other_askers_on_the_page_go_by_their_label(beside: str):
    kept = kept_body(message(f"<span class=nick>{NICKNAME}</span>", beside.format("梁峁乙")), BOARD)

    assert "梁峁乙" not in written(kept)


def test_nothing_is_kept_of_a_board_page_on_which_the_declared_asker_is_not_found():
    assert kept_body(message(f"<em>{NICKNAME}</em>"), BOARD) == b""


def test_nothing_is_kept_of_the_lists_of_a_board():
    assert kept_list(f"<li>断水<em>{NICKNAME}</em></li>".encode(), BOARD, "", {URL: NICKNAME}) == b""


@given(st.binary(max_size=200), st.sampled_from([NEWS, BOARD]))
def test_no_page_is_too_strange(content: bytes, spec: SourceSpec):
    page = content + b"<div class=comment>1</div>"

    for article in (None, read(page)):
        assert isinstance(kept_body(page, spec, article=article), bytes)
