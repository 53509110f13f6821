"""What readers wrote is in no article and in no archive, whatever its elements are called; all pages are invented."""

import pytest

from crawlers.archiving.redaction import kept_body
from crawlers.extraction.article import Article, extract
from tests.crawlers.test_spider import declared

URL = "http://a.invalid/n/1.html"
NEWS = declared('platform: article_list\nstart: ["http://a.invalid/"]\n')
LINES = (
    "本报讯，连日来试验镇遭遇强降雨，多处窑洞出现裂缝，镇里组织干部连夜转移群众。",
    "据了解，受灾的红枣面积约八百亩，部分农户全年的收入受到影响，镇里正在逐户核实。",
    "镇里负责人表示，将尽快把救助物资发放到位，确保受灾群众有饭吃、有衣穿、有住处。",
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
NICKNAME, COMMENT = "爱枣的老汉甲", "我家后窑也裂了缝，没人来看过，娃们晚上不敢睡。"
OTHER = "别的网名乙"


def page(below: str, body: str = f"<div class=content>{BODY}</div>") -> bytes:
    head = "<head><title>试验镇转移群众</title></head>"
    return f"<html>{head}<body><div><h1>试验镇转移群众</h1>{body}</div>{below}</body></html>".encode()


def read(content: bytes) -> Article:
    return extract(content, URL)


def two(one: str) -> str:
    return one.format(NICKNAME) + one.format(OTHER)


@pytest.mark.parametrize(
    "below",
    [
        two(f"<div class=item><div>{{}}</div><div>{COMMENT}</div><div>IP属地:山西 08-12 回复 点赞</div></div>"),
        two(f"<div><span>1楼</span> <span>{{}}</span> 2021-08-12</div><div>{COMMENT}</div>"),
        "<table>" + two(f"<tr><td>{{}} 发表于 2021-8-12 13:01</td></tr><tr><td>{COMMENT}</td></tr>") + "</table>",
        two(f"<div class=x><a>{{}}</a><p>{COMMENT}</p><span>赞(3)</span><span>回复</span><span>举报</span></div>"),
        f"<div class=y><span class=nicheng>{NICKNAME}</span><div>{COMMENT}</div></div>",
        f"<div class=l_post><a class=p_author_name>{NICKNAME}</a><div>{COMMENT}</div></div>",
        f"<bbs-post><user-name>{NICKNAME}</user-name><post-text>{COMMENT}</post-text></bbs-post>",
        f"<div itemprop=comment><span>{NICKNAME}</span><p>{COMMENT}</p></div>",
        f"<div><h3>热评</h3><ul><li>{NICKNAME}<p>{COMMENT}</p></li></ul></div>",
        f"<div>网易试验市网友 [{NICKNAME}]</div><p>{COMMENT}</p>" * 2,
    ],
)
def test_comments_are_known_by_what_stands_beside_them(below: str):
    content = page(below)

    kept, article = kept_body(content, NEWS), read(content)

    assert article.text == "\n".join(LINES)
    assert [one for one in (NICKNAME, OTHER, COMMENT) if one in kept.decode("utf-8-sig")] == []
    assert [line for line in LINES if line not in kept.decode("utf-8-sig")] == []
    assert read(kept).text == article.text


@pytest.mark.parametrize(
    "below",
    [
        "<b>网友评论</b><span>{0}<b>网友评论</b>{1}</span>",
        "<p><b>网友评论</b><i>{0}<b>网友评论</b></i>{1}</p>",
        "<strong>网友评论</strong><em><b>网友评论</b></em><p>{0}：{1}</p>",
    ],
)
def test_a_heading_of_comments_in_a_line_below_another_one_stops_nothing(below: str):
    content = page(below.format(NICKNAME, COMMENT))

    article, kept = read(content), kept_body(content, NEWS).decode("utf-8-sig")

    assert article.text == "\n".join(LINES)
    assert [one for one in (NICKNAME, COMMENT) if one in kept] == []


def test_a_headline_with_commas_hides_no_post_that_follows_it():
    title = "大伯摔断腿半年了，特困供养怎么申请"
    post = "<table id=post_{0}><tr><td><em>发表于 2026-5-15 20:1{0}</em><div class=t_f>{1}</div></td></tr></table>"
    posts = post.format(1, "<br>".join(LINES)) + post.format(2, COMMENT) + post.format(3, COMMENT + COMMENT)
    content = f"<html><body><h1>{title}</h1>{posts}</body></html>".encode()

    article = read(content)

    assert (article.title, article.text) == (title, "\n".join(LINES))


def test_comments_in_the_element_of_the_article_end_it_at_their_heading():
    body = f"<div>{'<br>'.join(LINES)}<br>-------- 网友跟帖 --------<br>{NICKNAME} 08-12 15:20<br>{COMMENT}</div>"

    assert read(page("", body)).text == "\n".join(LINES)
    assert COMMENT not in kept_body(page("", body), NEWS).decode("utf-8-sig")


def test_two_hundred_comments_below_a_short_report_are_none_of_it():
    below = "".join(f"<li class=comment><b>{NICKNAME}</b><p>{COMMENT}{number}。</p></li>" for number in range(200))

    assert read(page(f"<ul class=list>{below}</ul>")).text == "\n".join(LINES)


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=content>{BODY}<p>村民们住在3楼，楼道里有人值班。</p><p>网友“过路人”说，大家都在帮忙。</p></div>",
        f"<div class='content has-comments'>{BODY}</div>",
        f"<div class=content><p>{LINES[0]}</p></div><div class=more><img class=avatar>{BODY * 2}</div>",
    ],
)
def test_an_article_loses_nothing_for_a_word_that_comments_use_too(body: str):
    content = page("<div class=foot>回复 举报 留言 网友</div>", body)

    kept = kept_body(content, NEWS).decode("utf-8-sig")

    assert [line for line in LINES if line not in kept or line not in read(content).text] == []
    assert "值班" not in body or "值班" in read(content).text


def test_the_official_reply_to_a_message_stays_whatever_it_is_called():
    reply = "您反映的道路问题已经收悉，我局将在本月底以前完成修复，感谢您的监督。"
    content = page(f"<div class=reply-list><div class=reply>{reply}</div></div><div>回复 网友</div>")

    assert reply in kept_body(content, NEWS).decode("utf-8-sig")


TOLD = "镇里回应说，后窑的裂缝已经派人看过，本周内搬到安置点居住。"
MORE_TOLD = "县住建局表示，其余农户的窑洞将在月底以前全部鉴定完毕，结果逐户告知。"
SAID = f"<p>{NICKNAME}：{COMMENT}</p><p>{OTHER}：说得对，支持一下。</p>"


@pytest.mark.parametrize(
    "below",
    [
        f"<p><b>网友留言</b></p>{SAID}<p><b>记者调查</b></p><p>{TOLD}</p>",
        f"<p><b>网友评论</b></p><p>{NICKNAME}</p><p>{COMMENT}</p><p><b>再访窑洞</b></p><p>{TOLD}</p><p>{MORE_TOLD}</p>",
        f"<p>网友留言</p>{SAID}<p>{TOLD}</p><p>{MORE_TOLD}</p>",
        f"<b>网友留言</b><br>{NICKNAME}：{COMMENT}<br><b>部门说法</b><br>{TOLD}",
        f"网友评论<br>{NICKNAME}：{COMMENT}<br>{TOLD}<br>{MORE_TOLD}",
        f"<div class=box><h4>网友评论</h4><ul><li>{NICKNAME}</li><li>{COMMENT}</li></ul></div><p>{TOLD}</p>",
        f"<table><tr><td>网友留言</td></tr><tr><td>{NICKNAME}</td><td>{COMMENT}</td></tr></table><p>{TOLD}</p>",
    ],
)
def test_an_article_that_shows_comments_in_its_midst_goes_on_below_them(below: str):
    found = read(page("", f"<div class=content>{BODY}{below}</div>"))

    assert TOLD in found.text
    assert not [one for one in (NICKNAME, OTHER, COMMENT) if one in found.text]


@pytest.mark.parametrize(
    "below",
    [
        f"<p><b>网友留言</b></p><p><b>{NICKNAME}</b></p><p>{COMMENT}</p><p><b>{OTHER}</b></p><p>{COMMENT}</p>",
        f"<p>网友留言</p><p>{NICKNAME} 08-12 15:20</p><p>{COMMENT}</p><p>{COMMENT}</p>",
        f"<p>网友留言</p><p>{NICKNAME}：{COMMENT}</p><p>{COMMENT}</p><p>{OTHER}：{COMMENT}</p><p>{COMMENT}</p>",
        f"<p>网友留言</p><p>{NICKNAME}：{COMMENT}</p><p>{COMMENT}</p>",
    ],
    ids=["names as headings", "names with a time", "comments of two lines", "a last comment of two lines"],
)
def test_comments_are_not_taken_for_the_rest_of_the_article(below: str):
    assert COMMENT not in read(page("", f"<div class=content>{BODY}{below}</div>")).text


@pytest.mark.parametrize("answer", ["官方回复：", "【试验镇政府答复】", "回复单位：县住建局"])
def test_a_message_that_an_article_tells_of_with_its_answer_stays(answer: str):
    asked = f"<h3>网友留言</h3><p>[试验县网友]</p><p>{COMMENT}</p>"
    told = f"{asked}<h3>{answer}</h3><p>镇里已派人查看，两户搬到了安置点。</p>"

    found = read(page("", body=f"<div class=content>{BODY}{told}</div>"))

    assert COMMENT in found.text
    assert "两户搬到了安置点" in found.text


def test_a_comment_that_asks_for_an_answer_is_a_comment():
    found = read(page(f"<h3>网友留言</h3><p>镇政府回复了吗</p><p>{COMMENT}</p>"))

    assert COMMENT not in found.text


def test_lists_of_other_pages_and_the_editor_stay():
    links = "".join(f"<li><a href=/n/{number}.html>别的新闻{number}</a></li>" for number in range(20))
    below = f"<div><p>责任编辑：试验丙</p><div class=user_pic></div><ul>{links}</ul></div>"
    content = page(below)

    kept = kept_body(content, NEWS)

    assert "/n/19.html" in kept.decode("utf-8-sig")
    assert read(content).editor == read(kept).editor == "试验丙"


def test_data_in_strings_under_a_key_of_comments_is_not_kept():
    script = (
        f"""<script>var cmtdata=JSON.parse('{{"list":["{COMMENT}"]}}'); var commentUrl="http://a.invalid/"</script>"""
    )

    kept = kept_body(page(script), NEWS).decode("utf-8-sig")

    assert COMMENT not in kept
