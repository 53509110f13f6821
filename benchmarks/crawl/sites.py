"""Invented sites of each platform: their pages by path, and the declaration by which they are crawled.

A platform is added with one function in PLATFORMS.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

_SUBJECTS = ("枣农", "养羊户", "搬迁户", "村医", "小学", "护林员", "果农", "放羊人", "合作社", "卫生室")
_EVENTS = ("等来了收购商", "担心今年的收成", "修好了院墙", "领到了补贴", "说水管又冻了", "办起了小作坊", "盼着路早些通")
_SENTENCES = (
    "入冬以后，村里的路比往年难走，拉货的车要绕到河对岸才能上来。",
    "他算了一笔账，一亩地的投入不算人工也要四百来块，卖得出去才有盼头。",
    "村干部每隔几天来看一次，问药还够不够，炕烧得热不热。",
    "孩子在镇上念书，一个月回来一趟，车费是邻居帮着垫的。",
    "合作社的冷库已经装满，再收就只能堆在院子里。",
    "去年这个时候每斤能卖一块八，今年收购的人还没有露面。",
    "水是从沟底的井里抽上来的，管子旧了，一冻就裂。",
)
_NAVIGATION = (
    "首页",
    "要闻",
    "乡镇",
    "民生",
    "三农",
    "教育",
    "卫生",
    "公告",
    "视频",
    "专题",
    "图片",
    "便民",
    "招聘",
    "天气",
)
_PER_LIST = 20


@dataclass(frozen=True, slots=True)
class LoopbackSite:
    """One source: what the server answers, and its YAML with `{site}` for the server's address."""

    name: str
    pages: dict[str, bytes]
    declaration: str


def article_list(articles: int, dice: random.Random) -> LoopbackSite:
    """Numbered list pages: index.html, then index_1.html and so on."""
    paths = [f"/news/{202601 + number % 11}/t{number:05}.html" for number in range(articles)]
    pages = {path: _article(path, dice) for path in paths}
    lists = [paths[start : start + _PER_LIST] for start in range(0, len(paths), _PER_LIST)]
    for number, part in enumerate(lists):
        following = (
            f'<a class="next" href="/news/index_{number + 1}.html">下一页</a>' if number + 1 < len(lists) else ""
        )
        pages[f"/news/index{f'_{number}' if number else ''}.html"] = _frame(
            "列表", f"<ul>{_links(part)}</ul>{following}"
        )
    more = (
        'start: ["{site}/news/index.html"]\narticles: "/t[0-9]+"\nselect: {links: "ul.items a, ul a", next: "a.next"}\n'
        "paging: {depth: 500}"
    )
    return LoopbackSite("list_news", pages, _declaration("article_list", more))


def feed(articles: int, dice: random.Random) -> LoopbackSite:
    """One RSS feed."""
    paths = [f"/feed/a{number:05}.html" for number in range(articles)]
    items = "".join(f"<item><title>{number}</title><link>{path}</link></item>" for number, path in enumerate(paths))
    pages = {path: _article(path, dice) for path in paths}
    pages["/rss.xml"] = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()
    return LoopbackSite("feed_news", pages, _declaration("rss", 'start: ["{site}/rss.xml"]\narticles: "/feed/"'))


def epaper(articles: int, dice: random.Random) -> LoopbackSite:
    """An issue whose first page names the others, each with its articles."""
    paths = [f"/paper/con/c{number:05}.html" for number in range(articles)]
    pages = {path: _article(path, dice) for path in paths}
    parts = [paths[start : start + _PER_LIST] for start in range(0, len(paths), _PER_LIST)]
    nodes = "".join(f'<a class="node" href="/paper/node_{number}.html">版{number}</a>' for number in range(len(parts)))
    for number, part in enumerate(parts):
        pages[f"/paper/node_{number}.html"] = _frame("版面", f"{nodes}<ul>{_links(part)}</ul>")
    more = (
        'start: ["{site}/paper/node_0.html"]\narticles: "/con/"\nselect: {links: "ul a", pages: "a.node"}\n'
        "paging: {depth: 500}"
    )
    return LoopbackSite("paper_news", pages, _declaration("epaper", more))


PLATFORMS: Sequence[Callable[[int, random.Random], LoopbackSite]] = (article_list, feed, epaper)


def loopback_sites(pages: int, seed: int) -> Iterator[LoopbackSite]:
    """A site of each platform, together about `pages` pages, lists included."""
    for make in PLATFORMS:
        share = pages // len(PLATFORMS)
        yield make(share * _PER_LIST // (_PER_LIST + 1), random.Random(seed))


def _article(path: str, dice: random.Random) -> bytes:
    title = f"{dice.choice(_SUBJECTS)}{dice.choice(_EVENTS)}（{path.rsplit('/', 1)[1].split('.')[0]}）"
    paragraphs = "".join(
        f"<p>　　{''.join(dice.choices(_SENTENCES, k=dice.randint(2, 4)))}</p>" for _ in range(dice.randint(4, 12))
    )
    day = f"2026-{dice.randint(1, 11):02}-{dice.randint(1, 28):02} {dice.randint(6, 20):02}:{dice.randint(0, 59):02}"
    body = (
        f'<h1>{escape(title)}</h1><div class="info">{day} 来源：湫川新闻网</div><div class="content">{paragraphs}</div>'
    )
    return _frame(title, body)


def _frame(title: str, body: str) -> bytes:
    """A page with what surrounds articles: navigation, further links, a footer, styles."""
    menu = "".join(f'<li><a href="/{number}/">{name}</a></li>' for number, name in enumerate(_NAVIGATION))
    aside = "".join(f'<li><a href="/hot/{number}.htm">{name}的消息</a></li>' for number, name in enumerate(_NAVIGATION))
    style = "<style>" + "".join(f".c{number}{{margin:{number}px;color:#333}}" for number in range(80)) + "</style>"
    foot = "<p>湫川新闻网版权所有 联系我们 网站地图</p>"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}-湫川新闻网</title>{style}</head>'
        f'<body><div class="menu"><ol>{menu}</ol></div><div class="main">{body}</div>'
        f'<div class="aside"><ol>{aside}</ol></div><div class="foot">{foot}</div></body></html>'
    ).encode()


def _links(paths: Sequence[str]) -> str:
    return "".join(f'<li><a href="{path}">{path[-10:]}</a></li>' for path in paths)


def _declaration(platform: str, more: str) -> str:
    return f"""title: 试验
summary: loopback
publisher: {{name: 试验, level: county, official: true}}
region: "141124"
platform: {platform}
{more}
politeness: {{delay_seconds: 0.0, max_pages: 100000}}
every_minutes: 60
expect: {{per_day: {{min: 0, max: 100000}}, stale_after_days: 3}}
contact: benchmark@example.invalid
robots: {{note: loopback}}
"""
