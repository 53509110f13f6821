"""Invented sites of each platform: their pages by path, and the declaration by which they are crawled.

A platform is added with one entry in PLATFORMS. `{site}` in a page or a declaration is the server's address.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.crawl.pages import article, frame, links, message

_PER_LIST = 20
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

Parts = Sequence[Sequence[str]]
"""The paths of a site's articles, list by list."""


@dataclass(frozen=True, slots=True)
class LoopbackSite:
    """One source: what the server answers, and its YAML with `{site}` for the server's address."""

    name: str
    pages: dict[str, bytes]
    declaration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopbackPlatform:
    """How the site of a platform is made."""

    name: str
    """Of the source."""
    platform: str
    address: str
    """Path of an article, with `{number}`, and `{month}` where the site has a folder for each."""
    lists: Callable[[Parts], Mapping[str, bytes]]
    """The list pages by path."""
    declared: str
    """What of the declaration is this platform's own."""
    page: Callable[[str, random.Random], bytes] = article

    def site(self, articles: int, dice: random.Random) -> LoopbackSite:
        """A site with so many articles."""
        paths = [self.address.format(number=number, month=202601 + number % 11) for number in range(articles)]
        pages = {path: self.page(path, dice) for path in paths}
        parts = [paths[start : start + _PER_LIST] for start in range(0, len(paths), _PER_LIST)]
        return LoopbackSite(self.name, {**pages, **self.lists(parts)}, _declaration(self.platform, self.declared))


def numbered_lists(parts: Parts) -> dict[str, bytes]:
    """Numbered list pages: index.html, then index_1.html and so on."""
    pages = {}
    for number, part in enumerate(parts):
        following = (
            f'<a class="next" href="/news/index_{number + 1}.html">下一页</a>' if number + 1 < len(parts) else ""
        )
        pages[f"/news/index{f'_{number}' if number else ''}.html"] = frame("列表", f"<ul>{links(part)}</ul>{following}")
    return pages


def feed(parts: Parts) -> dict[str, bytes]:
    """One RSS feed."""
    paths = (path for part in parts for path in part)
    items = "".join(f"<item><title>{number}</title><link>{path}</link></item>" for number, path in enumerate(paths))
    return {"/rss.xml": f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()}


def issue(parts: Parts) -> dict[str, bytes]:
    """An issue whose first page names the others, each with its articles."""
    nodes = "".join(f'<a class="node" href="/paper/node_{number}.html">版{number}</a>' for number in range(len(parts)))
    return {
        f"/paper/node_{number}.html": frame("版面", f"{nodes}<ul>{links(part)}</ul>")
        for number, part in enumerate(parts)
    }


def message_lists(parts: Parts) -> dict[str, bytes]:
    """Lists of messages that go on by a link."""
    pages = {}
    for number, part in enumerate(parts):
        following = f'<a class="n" href="/wz/{number + 1}.html">下一页</a>' if number + 1 < len(parts) else ""
        pages[f"/wz/{number}.html"] = frame("留言", f"<ul>{links(part)}</ul>{following}")
    return pages


def script_literals(parts: Parts) -> dict[str, bytes]:
    """Lists as literals in a script of the page."""
    pages = {}
    for number, part in enumerate(parts):
        rows = ",".join(f"{{title:'{path[-10:]}',url:'{path}'}}" for path in part)
        pages[f"/js/list_{number}.html"] = frame("列表", f"<script>var newsList = {{rows:[{rows}]}};</script>")
    return pages


def markup_in_json(parts: Parts) -> dict[str, bytes]:
    """Fragments of markup inside JSON answers, one after another."""
    return {
        f"/more/more_list_3_{number}.json": json.dumps({"html": f"<ul>{links(part)}</ul>"}).encode()
        for number, part in enumerate(parts, start=1)
    }


def news_sitemaps(parts: Parts) -> dict[str, bytes]:
    """A sitemap index with news sitemaps inside."""
    pages = {}
    for number, part in enumerate(parts):
        urls = "".join(
            f"<url><loc>{{site}}{path}</loc><news:news><news:publication_date>2026-11-20T08:00:00+08:00"
            "</news:publication_date></news:news></url>"
            for path in part
        )
        pages[f"/map/news_{number}.xml"] = f'<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">{urls}</urlset>'.encode()
    inside = "".join(f"<sitemap><loc>{{site}}{name}</loc></sitemap>" for name in pages)
    return {**pages, "/map/index.xml": f'<sitemapindex xmlns="{_SITEMAP}">{inside}</sitemapindex>'.encode()}


def json_feeds(parts: Parts) -> dict[str, bytes]:
    """A JSON feed of several pages."""
    pages = {}
    for number, part in enumerate(parts):
        content: dict[str, object] = {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"url": path} for path in part],
        }
        if number + 1 < len(parts):
            content["next_url"] = f"/feed2/{number + 1}.json"
        pages[f"/feed2/{number}.json"] = json.dumps(content).encode()
    return pages


def trs_lists(parts: Parts) -> dict[str, bytes]:
    """Lists of a government site of TRS: paging is a call in a script."""
    pages = {}
    for number, part in enumerate(parts):
        script = f'<script>createPageHTML({len(parts)}, {number}, "index", "shtml");</script>'
        name = f"/zwgk/index{f'_{number}' if number else ''}.shtml"
        pages[name] = frame("政务公开", f"<ul>{links(part)}</ul>{script}")
    return pages


PLATFORMS = (
    LoopbackPlatform(
        name="list_news",
        platform="article_list",
        address="/news/{month}/t{number:05}.html",
        lists=numbered_lists,
        declared='start: ["{site}/news/index.html"]\narticles: "/t[0-9]+"\n'
        'select: {links: "ul.items a, ul a", next: "a.next"}\npaging: {depth: 500}',
    ),
    LoopbackPlatform(
        name="feed_news",
        platform="rss",
        address="/feed/a{number:05}.html",
        lists=feed,
        declared='start: ["{site}/rss.xml"]\narticles: "/feed/"',
    ),
    LoopbackPlatform(
        name="paper_news",
        platform="epaper",
        address="/paper/con/c{number:05}.html",
        lists=issue,
        declared='start: ["{site}/paper/node_0.html"]\narticles: "/con/"\n'
        'select: {links: "ul a", pages: "a.node"}\npaging: {depth: 500}',
    ),
    LoopbackPlatform(
        name="board",
        platform="board",
        address="/wz/show-{number:05}.html",
        page=message,
        lists=message_lists,
        declared='start: ["{site}/wz/0.html"]\narticles: "/wz/show-"\n'
        'select: {links: "ul a", next: "a.n", title: h1}\n'
        "board: {question: div.q, asked: span.t, answer: div.a p, answerer: div.a b, answered: div.a i}\n"
        "paging: {depth: 500}",
    ),
    LoopbackPlatform(
        name="script_news",
        platform="script_list",
        address="/js/a{number:05}.html",
        lists=script_literals,
        declared='start: ["{site}/js/list_0.html"]\narticles: "/js/a"\n'
        'embedded: {marker: "var newsList =", items: rows, address: url}\n'
        'paging: {template: "list_{page}.html", depth: 500}',
    ),
    LoopbackPlatform(
        name="more_news",
        platform="script_list",
        address="/more/a{number:05}.html",
        lists=markup_in_json,
        declared='start: ["{site}/more/more_list_3_1.json"]\narticles: "/more/a"\n'
        "embedded: {items: html, markup: true}\n"
        'paging: {template: "more_list_{column}_{page}.json", depth: 500}',
    ),
    LoopbackPlatform(
        name="map_news",
        platform="sitemap",
        address="/map/a{number:05}.html",
        lists=news_sitemaps,
        # `within_days` is wide, for the benchmark is run at any time.
        declared='start: ["{site}/map/index.xml"]\narticles: "/map/a"\nwithin_days: 36500\npaging: {depth: 500}',
    ),
    LoopbackPlatform(
        name="json_news",
        platform="rss",
        address="/feed2/a{number:05}.html",
        lists=json_feeds,
        declared='start: ["{site}/feed2/0.json"]\narticles: "/feed2/a"\npaging: {depth: 500}',
    ),
    LoopbackPlatform(
        name="trs_news",
        platform="trs",
        address="/zwgk/{month}/t20261120_{number:07}.shtml",
        lists=trs_lists,
        declared='start: ["{site}/zwgk/index.shtml"]\npaging: {depth: 500}',
    ),
)


def loopback_sites(pages: int, seed: int) -> Iterator[LoopbackSite]:
    """A site of each platform, together about `pages` pages, lists included."""
    share = pages // len(PLATFORMS)
    for platform in PLATFORMS:
        yield platform.site(share * _PER_LIST // (_PER_LIST + 1), random.Random(seed))


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
