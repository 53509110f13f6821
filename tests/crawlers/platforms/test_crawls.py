"""Each platform crawls a site of our own, started as an operator starts it."""

import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.spooling.spool import SpoolRecord, read_spool, spool_files
from domain.clock import SystemClock, china_date
from storage.encryption.cipher import FieldCipher
from storage.encryption.file_seals import FileSeals
from storage.encryption.key_file import load_keyring
from tests.commands.in_process import qianshao
from tests.crawlers.loopback import Site, serving
from tests.crawlers.platforms.test_pages import PAGES

HEAD = """title: 试验媒体
summary: Invented, for tests.
publisher: {name: 试验, level: county, official: true}
region: "141124"
politeness: {delay_seconds: 0.0}
every_minutes: 60
expect: {per_day: {min: 0, max: 9}, stale_after_days: 3}
contact: "{contact}"
robots: {note: invented}
"""
TODAY = china_date(SystemClock().now())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert qianshao(folder, "init").returncode == 0
    return folder


def article(number: int) -> bytes:
    body = f"这是第{number}篇试验文章的正文，说的是村里的水井和道路。" * 6
    return f"<html><h1>第{number}篇试验文章的标题</h1><p>{TODAY} 08:00</p><div><p>{body}</p></div></html>".encode()


def links(*numbers: int) -> str:
    return "".join(f'<li><a href="/n/{number}.html">第{number}篇</a></li>' for number in numbers)


def crawl(home: Path, name: str, declaration: str, site: Site) -> list[SpoolRecord]:
    """What one crawl of the declaration left in the spool."""
    folder = home / "sources"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yml").write_text(HEAD + declaration, encoding="utf-8")
    variables = json.dumps({"site": site.address, "contact": "test@example.invalid"})

    finished = qianshao(home, "source", "crawl", name, QIANSHAO_SOURCE_VARIABLES=variables)

    assert finished.returncode == 0, finished.stdout + finished.stderr
    opened = FileSeals(FieldCipher(load_keyring(home / "keys" / "field.key"))).open_file
    paths = [path for path in spool_files(home / "spool") if path.parent.name == name]
    lines = [line.content for path in paths for line in read_spool(path, 0, opened)]
    return [record for record in lines if isinstance(record, SpoolRecord)]


def test_pinned_items_do_not_end_a_list_and_another_host_is_not_followed(home: Path):
    pages = {
        "/xw/": f"{links(1, 2)}<a class=next href=index_2.html>下一页</a>".encode(),
        # Nothing on the second page is new: what is pinned everywhere fills it.
        "/xw/index_2.html": f"{links(1, 2)}<a class=next href=index_3.html>下一页</a>".encode(),
        "/xw/index_3.html": f"{links(1, 3, 4)}<a class=next href=http://other.invalid/xw/>下一页</a>".encode(),
        **{f"/n/{number}.html": article(number) for number in range(1, 5)},
    }
    declaration = 'platform: article_list\nstart: ["{site}/xw/"]\narticles: "^/n/"\nselect: {next: a.next}\n'

    with serving(pages) as site:
        records = crawl(home, "lists", declaration, site)

    assert len(records) == 4


def test_articles_are_fetched_from_the_oldest(home: Path):
    numbers = range(1, 31)
    pages = {"/xw/": links(*numbers).encode(), **{f"/n/{number}.html": article(number) for number in numbers}}
    declaration = 'platform: article_list\nstart: ["{site}/xw/"]\narticles: "^/n/"\n'

    with serving(pages) as site:
        crawl(home, "order", declaration, site)

    asked = [path for path in site.asked if path.startswith("/n/")]
    # Loopback is asked by four requests at a time, which may overtake each other a little.
    oldest_first = [f"/n/{number}.html" for number in reversed(numbers)]
    assert all(abs(asked.index(path) - place) <= 8 for place, path in enumerate(oldest_first))


def test_a_list_is_left_where_it_brings_nothing_new_or_is_deep_enough(home: Path):
    pages = {
        f"/xw/index_{page}.html": f"{links(1)}<a class=next href=index_{page + 1}.html>下一页</a>".encode()
        for page in range(1, 40)
    }
    declaration = (
        'platform: article_list\nstart: ["{site}/xw/index_1.html"]\narticles: "^/n/"\nselect: {next: a.next}\n'
    )

    with serving({**pages, "/n/1.html": article(1)}) as site:
        crawl(home, "calendar", declaration, site)

    assert [path for path in site.asked if path.startswith("/xw/")] == [f"/xw/index_{page}.html" for page in (1, 2, 3)]


def test_headlines_that_are_pictures_come_from_the_list_else_from_the_text_and_never_from_the_site(home: Path):
    pictured = article(1).replace(
        "<h1>第1篇试验文章的标题</h1>".encode(), "<title>试验媒体</title><img src=t.jpg>".encode()
    )
    pages = {
        "/xw/": '<a href="/n/1.html">村里水井干涸</a><a href="/n/2.html"><img src=b.jpg></a>'.encode(),
        "/n/1.html": pictured,
        "/n/2.html": pictured.replace("第1篇".encode(), "第2篇".encode()),
    }
    declaration = 'platform: article_list\nstart: ["{site}/xw/"]\narticles: "^/n/"\n'

    with serving(pages) as site:
        records = crawl(home, "pictured", declaration, site)

    titles = {record.url.rpartition("/")[2]: record.title for record in records}
    assert titles == {"1.html": "村里水井干涸", "2.html": "这是第2篇试验文章的正文，说的是村里的水井和道路"}


def test_one_list_that_changes_among_healthy_ones_is_told_by_doctor_at_the_second_run(home: Path):
    pages = {
        "/one/": links(1, 2).encode(),
        "/two/": links(3, 4).encode(),
        **{f"/n/{number}.html": article(number) for number in range(1, 6)},
    }
    declaration = 'platform: article_list\nstart: ["{site}/one/", "{site}/two/"]\narticles: "^/n/"\n'

    with serving(pages) as site:
        crawl(home, "two_lists", declaration, site)
        pages["/two/"] = b'<ul><li><a href="/app/#/detail/5">5</a></li></ul>'
        pages["/one/"] = links(1, 2, 5).encode()
        crawl(home, "two_lists", declaration, site)
        once = qianshao(home, "doctor").stderr
        crawl(home, "two_lists", declaration, site)
        twice = qianshao(home, "doctor").stderr

    assert "启用的来源都正常" in once
    assert "栏目改版" in twice
    assert f"{site.address}/two/" in twice
    assert f"{site.address}/one/" not in twice


def test_missed_issues_of_a_paper_are_caught_up_and_a_day_without_one_is_no_error(home: Path):
    days = [TODAY - timedelta(days=back) for back in (1, 3)]
    pages: dict[str, bytes] = {}
    for place, day in enumerate(days):
        issue = f"/{day:%Y-%m/%d}"
        pages[f"{issue}/node_1.html"] = (
            f'<map><area href="content_{place}1.html"></map><a href="node_1.html">1</a><a href="node_2.html">2</a>'
        ).encode()
        pages[f"{issue}/node_2.html"] = f'<a href="content_{place}2.html">题</a><a href="node_1.html">1</a>'.encode()
        pages[f"{issue}/content_{place}1.html"] = article(place * 10 + 1)
        pages[f"{issue}/content_{place}2.html"] = article(place * 10 + 2)
    declaration = 'platform: founder_epaper\nstart: ["{site}/{yyyy}-{mm}/{dd}/node_1.html"]\nissues: {back_days: 4}\n'

    with serving(pages) as site:
        records = crawl(home, "paper", declaration, site)

    assert {record.title for record in records} == {f"第{number}篇试验文章的标题" for number in (1, 2, 11, 12)}


def test_a_sitemap_is_found_through_robots_and_unpacked(home: Path):
    pages = {"/n/1.html": article(1), "/n/2.html": article(2)}
    declaration = 'platform: sitemap\nstart: ["{site}/robots.txt"]\n'

    with serving(pages) as site:
        urls = "".join(f"<url><loc>{site.address}/n/{number}.html</loc></url>" for number in (1, 2))
        packed = gzip.compress(f"<urlset>{urls}</urlset>".encode())
        index = f"<sitemapindex><sitemap><loc>{site.address}/s1.xml.gz</loc></sitemap></sitemapindex>"
        pages["/robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {site.address}/s.xml\n".encode()
        pages["/s.xml"], pages["/s1.xml.gz"] = index.encode(), packed
        records = crawl(home, "map", declaration, site)

    assert len(records) == 2


def test_a_message_and_its_reply_are_one_document_without_the_nickname(home: Path):
    folder = PAGES / "board"
    declared = (folder / "source.yml").read_text(encoding="utf-8").split("platform: ")[1]
    page = (folder / "article.html").read_bytes()
    pages = {"/wz/": (folder / "list.html").read_bytes(), "/wz/show-12.html": page, "/wz/show-11.html": page}

    with serving(pages) as site:
        records = crawl(home, "board", f'start: ["{{site}}/wz/"]\nplatform: {declared}', site)

    assert records
    assert all("【答复】试验县水利局 2026-11-06" in record.text for record in records)
    assert not any("晴天小雨" in record.title + record.text + record.author for record in records)


def test_lists_in_scripts_and_feeds_are_crawled(home: Path):
    rows = json.dumps({"rows": [{"u": "/n/1.html"}, {"u": "/n/2.html"}]})
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "3", "url": "/n/3.html"}]})
    pages = {
        "/list.json": rows.encode(),
        "/feed.json": feed.encode(),
        **{f"/n/{n}.html": article(n) for n in (1, 2, 3)},
    }

    with serving(pages) as site:
        script = 'platform: script_list\nstart: ["{site}/list.json"]\nembedded: {items: rows, address: u}\n'
        listed = crawl(home, "script", script, site)
        fed = crawl(home, "feed", 'platform: rss\nstart: ["{site}/feed.json"]\n', site)

    assert (len(listed), len(fed)) == (2, 1)
