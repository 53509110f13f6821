"""Invented sites of each platform: their pages by path, and the declaration by which they are crawled.

A platform is added with one function in PLATFORMS. `{site}` in a page or a declaration is the server's address.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.crawl.pages import article, frame, links, message

_PER_LIST = 20
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True, slots=True)
class LoopbackSite:
    """One source: what the server answers, and its YAML with `{site}` for the server's address."""

    name: str
    pages: dict[str, bytes]
    declaration: str


def article_list(articles: int, dice: random.Random) -> LoopbackSite:
    """Numbered list pages: index.html, then index_1.html and so on."""
    paths = [f"/news/{202601 + number % 11}/t{number:05}.html" for number in range(articles)]
    pages = {path: article(path, dice) for path in paths}
    lists = [paths[start : start + _PER_LIST] for start in range(0, len(paths), _PER_LIST)]
    for number, part in enumerate(lists):
        following = (
            f'<a class="next" href="/news/index_{number + 1}.html">下一页</a>' if number + 1 < len(lists) else ""
        )
        pages[f"/news/index{f'_{number}' if number else ''}.html"] = frame("列表", f"<ul>{links(part)}</ul>{following}")
    more = (
        'start: ["{site}/news/index.html"]\narticles: "/t[0-9]+"\nselect: {links: "ul.items a, ul a", next: "a.next"}\n'
        "paging: {depth: 500}"
    )
    return LoopbackSite("list_news", pages, _declaration("article_list", more))


def feed(articles: int, dice: random.Random) -> LoopbackSite:
    """One RSS feed."""
    paths = [f"/feed/a{number:05}.html" for number in range(articles)]
    items = "".join(f"<item><title>{number}</title><link>{path}</link></item>" for number, path in enumerate(paths))
    pages = {path: article(path, dice) for path in paths}
    pages["/rss.xml"] = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()
    return LoopbackSite("feed_news", pages, _declaration("rss", 'start: ["{site}/rss.xml"]\narticles: "/feed/"'))


def epaper(articles: int, dice: random.Random) -> LoopbackSite:
    """An issue whose first page names the others, each with its articles."""
    paths = [f"/paper/con/c{number:05}.html" for number in range(articles)]
    pages = {path: article(path, dice) for path in paths}
    parts = [paths[start : start + _PER_LIST] for start in range(0, len(paths), _PER_LIST)]
    nodes = "".join(f'<a class="node" href="/paper/node_{number}.html">版{number}</a>' for number in range(len(parts)))
    for number, part in enumerate(parts):
        pages[f"/paper/node_{number}.html"] = frame("版面", f"{nodes}<ul>{links(part)}</ul>")
    more = (
        'start: ["{site}/paper/node_0.html"]\narticles: "/con/"\nselect: {links: "ul a", pages: "a.node"}\n'
        "paging: {depth: 500}"
    )
    return LoopbackSite("paper_news", pages, _declaration("epaper", more))


def board(articles: int, dice: random.Random) -> LoopbackSite:
    """Messages with replies; the list goes on by a link."""
    paths = [f"/wz/show-{number:05}.html" for number in range(articles)]
    pages = {path: message(path, dice) for path in paths}
    parts = list(_parts(paths))
    for number, part in enumerate(parts):
        following = f'<a class="n" href="/wz/{number + 1}.html">下一页</a>' if number + 1 < len(parts) else ""
        pages[f"/wz/{number}.html"] = frame("留言", f"<ul>{links(part)}</ul>{following}")
    more = (
        'start: ["{site}/wz/0.html"]\narticles: "/wz/show-"\nselect: {links: "ul a", next: "a.n", title: h1}\n'
        "board: {question: div.q, asked: span.t, answer: div.a p, answerer: div.a b, answered: div.a i}\n"
        "paging: {depth: 500}"
    )
    return LoopbackSite("board", pages, _declaration("board", more))


def script_embedded(articles: int, dice: random.Random) -> LoopbackSite:
    """Lists as literals in a script of the page."""
    paths = [f"/js/a{number:05}.html" for number in range(articles)]
    pages = {path: article(path, dice) for path in paths}
    for number, part in enumerate(_parts(paths)):
        rows = ",".join(f"{{title:'{path[-10:]}',url:'{path}'}}" for path in part)
        pages[f"/js/list_{number}.html"] = frame("列表", f"<script>var newsList = {{rows:[{rows}]}};</script>")
    more = (
        'start: ["{site}/js/list_0.html"]\narticles: "/js/a"\n'
        'embedded: {marker: "var newsList =", items: rows, address: url}\n'
        'paging: {template: "list_{page}.html", depth: 500}'
    )
    return LoopbackSite("script_news", pages, _declaration("script_list", more))


def more_list(articles: int, dice: random.Random) -> LoopbackSite:
    """Fragments of markup inside JSON answers, one after another."""
    paths = [f"/more/a{number:05}.html" for number in range(articles)]
    pages = {path: article(path, dice) for path in paths}
    for number, part in enumerate(_parts(paths), start=1):
        pages[f"/more/more_list_3_{number}.json"] = json.dumps({"html": f"<ul>{links(part)}</ul>"}).encode()
    more = (
        'start: ["{site}/more/more_list_3_1.json"]\narticles: "/more/a"\nembedded: {items: html, markup: true}\n'
        'paging: {template: "more_list_{column}_{page}.json", depth: 500}'
    )
    return LoopbackSite("more_news", pages, _declaration("script_list", more))


def news_sitemap(articles: int, dice: random.Random) -> LoopbackSite:
    """A sitemap index with news sitemaps inside; `within_days` is wide, for the benchmark is run at any time."""
    paths = [f"/map/a{number:05}.html" for number in range(articles)]
    pages = {path: article(path, dice) for path in paths}
    names = []
    for number, part in enumerate(_parts(paths)):
        urls = "".join(
            f"<url><loc>{{site}}{path}</loc><news:news><news:publication_date>2026-11-20T08:00:00+08:00"
            "</news:publication_date></news:news></url>"
            for path in part
        )
        names.append(f"/map/news_{number}.xml")
        pages[names[-1]] = f'<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">{urls}</urlset>'.encode()
    inside = "".join(f"<sitemap><loc>{{site}}{name}</loc></sitemap>" for name in names)
    pages["/map/index.xml"] = f'<sitemapindex xmlns="{_SITEMAP}">{inside}</sitemapindex>'.encode()
    more = 'start: ["{site}/map/index.xml"]\narticles: "/map/a"\nwithin_days: 36500\npaging: {depth: 500}'
    return LoopbackSite("map_news", pages, _declaration("sitemap", more))


def json_feed(articles: int, dice: random.Random) -> LoopbackSite:
    """A JSON feed of several pages."""
    paths = [f"/feed2/a{number:05}.html" for number in range(articles)]
    pages = {path: article(path, dice) for path in paths}
    parts = list(_parts(paths))
    for number, part in enumerate(parts):
        feed: dict[str, object] = {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"url": path} for path in part],
        }
        if number + 1 < len(parts):
            feed["next_url"] = f"/feed2/{number + 1}.json"
        pages[f"/feed2/{number}.json"] = json.dumps(feed).encode()
    more = 'start: ["{site}/feed2/0.json"]\narticles: "/feed2/a"\npaging: {depth: 500}'
    return LoopbackSite("json_news", pages, _declaration("rss", more))


def trs(articles: int, dice: random.Random) -> LoopbackSite:
    """A government site of TRS: paging is a call in a script."""
    paths = [f"/zwgk/{202601 + number % 11}/t20261120_{number:07}.shtml" for number in range(articles)]
    pages = {path: article(path, dice) for path in paths}
    parts = list(_parts(paths))
    for number, part in enumerate(parts):
        script = f'<script>createPageHTML({len(parts)}, {number}, "index", "shtml");</script>'
        name = f"/zwgk/index{f'_{number}' if number else ''}.shtml"
        pages[name] = frame("政务公开", f"<ul>{links(part)}</ul>{script}")
    more = 'start: ["{site}/zwgk/index.shtml"]\npaging: {depth: 500}'
    return LoopbackSite("trs_news", pages, _declaration("trs", more))


def _parts(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(paths), _PER_LIST):
        yield paths[start : start + _PER_LIST]


PLATFORMS: Sequence[Callable[[int, random.Random], LoopbackSite]] = (
    article_list,
    feed,
    epaper,
    board,
    script_embedded,
    more_list,
    news_sitemap,
    json_feed,
    trs,
)


def loopback_sites(pages: int, seed: int) -> Iterator[LoopbackSite]:
    """A site of each platform, together about `pages` pages, lists included."""
    for make in PLATFORMS:
        share = pages // len(PLATFORMS)
        yield make(share * _PER_LIST // (_PER_LIST + 1), random.Random(seed))


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
