"""A medium that no label names is known by where it stands and how its name ends."""

import pytest

from crawlers.extraction.article import extract

_TEXT = "".join(
    f"<p>　　村里的井干了{number}个月，三百口人到沟里挑水，老人们走不动，靠邻居帮忙。</p>" for number in range(4, 8)
)


def origin_of(head: str, above: str = "") -> str:
    """The origin of an article with these lines below, or above, its headline."""
    page = f'<html><meta charset="utf-8"><body>{above}<h1>枣沟村停水十一天</h1>{head}{_TEXT}</body></html>'
    return extract(page.encode(), "http://page.invalid/").origin


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ("<div>2026-03-12 08:12:33　枣沟县融媒体中心　字号：大 中 小</div>", "枣沟县融媒体中心"),
        ("<div>(2026-03-12)　　湫川日报　　记者 安春</div>", "湫川日报"),
        ("<div><span>2026-05-10 11:02</span><i>·</i><a href='/u'>枣沟发布</a></div>", "枣沟发布"),
        ("<p><i>湫川日报客户端</i><em>05-19 16:33</em></p>", "湫川日报客户端"),
        ("<p><span>2026-06-10 11:11</span><span>河东青年报</span><a href='#c'>我要评论</a></p>", "河东青年报"),
        ("<div>枣沟融媒</div><div>2026年5月10日</div>", "枣沟融媒"),
        ("<div>二〇二六年五月十日　湫水河通讯</div>", "湫水河通讯"),
        ("<div>2026-05-10　来源：县水利局　枣沟发布</div>", "县水利局"),
    ],
)
def test_a_medium_beside_the_time_is_the_origin(head: str, origin: str):
    assert origin_of(head) == origin


@pytest.mark.parametrize(
    "head",
    [
        "<div>2026-05-10 社会新闻</div>",
        "<div>作者：办公室 发布于：2026/5/10</div>",
        "<div>2026-05-10 安春</div>",
        "<div>2026-05-10 扫码关注枣沟发布</div>",
        "<div>湫川日报</div>",
        "<div>2026-05-10 新闻中心</div>",
    ],
)
def test_columns_people_and_invitations_are_none(head: str):
    assert origin_of(head) == ""


def test_the_paper_of_an_issue_is_named_above_the_headline():
    assert origin_of("", "<div>湫川报 2026年5月26日 星期二 第2版</div>") == "湫川报"
    assert origin_of("", "<table><tr><td>湫川报 2026年5月26日</td><td>第2版 民生</td></tr></table>") == "湫川报"


def test_the_paper_that_the_head_of_an_issue_names_is_the_origin():
    issue = "<title>湫川法治报数字报-第3版</title><div>2026年11月25日 星期三</div>"

    assert origin_of("<p>□ 安春</p>", issue) == "湫川法治报"
    assert origin_of("<p>□ 安春</p>", "<title>湫川法治报</title>") == ""


def test_an_origin_in_the_cell_behind_its_label_is_read():
    box = "<table><tr><th>公开日期</th><td>2026-11-22</td><th>来　　源</th><td>县水务局</td></tr></table>"

    assert origin_of("", box) == "县水务局"


def test_a_name_that_ends_like_the_next_label_stays_whole():
    assert origin_of("<div>2026-05-16 07:45 <span>来源: 枣沟发布</span><span>发布于：本省</span></div>") == "枣沟发布"
