"""Real Scrapy against real pages on loopback."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from crawlers.declaring.fetch_rules import FetchRules
from crawlers.spooling.report import read_report
from crawlers.spooling.seen import write_seen
from crawlers.spooling.spool import SpoolRecord, read_spool, spool_files
from domain.media.crawl import CrawlOutcome, CrawlReport, SeenPage
from tests.fakes import NOON

ARTICLE = "<html><h1>枣农盼客商来收枣</h1><p>2026-09-03 08:15</p><div id=c><p>{}</p></div></html>".format(
    "枣没人收。" * 20
)
LIST = '<html><ul><li><a href="/n/1.html">一</a></li><li><a href="/n/2.html">二</a></li></ul></html>'
CHALLENGE = "<html>访问过于频繁，请输入验证码</html>"
DECLARATION = """
title: 试验
summary: test
publisher: {{name: 试验, level: county, official: true}}
region: "141124"
platform: article_list
start: ["{{site}}/list.html"]
articles: "/n/"
select: {{links: "li a", body: "#c", title: h1{more}}}
politeness: {{delay_seconds: 0.0, timeout_seconds: 3}}
every_minutes: 60
expect: {{per_day: {{min: 0, max: 9}}, stale_after_days: 3}}
contact: qianshao@example.invalid
robots: {{note: test}}
"""


@contextmanager
def site(pages: dict[str, tuple[int, str]]) -> Iterator[tuple[str, list[str]]]:
    """A site that answers these pages; the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, body = pages.get(self.path, (404, ""))
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def crawl(folder: Path, address: str, *, seen: Sequence[SeenPage] = (), more: str = "") -> CrawlReport:
    """Crawl the site once in a process of its own."""
    source, report = folder / "paper.yml", folder / "report.json"
    source.write_text(DECLARATION.format(more=more), encoding="utf-8")
    write_seen(folder / "seen", seen, {}, FetchRules(), NOON)
    command = [sys.executable, "-m", "crawlers", str(source), "--spool", str(folder / "spool")]
    command += ["--seen", str(folder / "seen"), "--report", str(report), "--variable", f"site={address}"]
    subprocess.run(command, check=True, capture_output=True)
    return read_report(report)


def test_articles_are_fetched_and_spooled_once_each(tmp_path: Path):
    pages = {"/list.html": (200, LIST), "/n/1.html": (200, ARTICLE), "/n/2.html": (200, ARTICLE)}
    with site(pages) as (address, asked):
        report = crawl(tmp_path, address)

    assert (report.outcome, report.fetched, report.failed) == (CrawlOutcome.FINISHED, 2, 0)
    assert asked.count("/n/1.html") == 1
    [path] = spool_files(tmp_path / "spool")
    assert {line.content.url for line in read_spool(path, 0)} == {f"{address}/n/1.html", f"{address}/n/2.html"}  # type: ignore[union-attr]


def test_robots_are_obeyed(tmp_path: Path):
    pages = {
        "/robots.txt": (200, "User-agent: *\nDisallow: /n/2.html\n"),
        "/list.html": (200, LIST),
        "/n/1.html": (200, ARTICLE),
        "/n/2.html": (200, ARTICLE),
    }
    with site(pages) as (address, asked):
        report = crawl(tmp_path, address)

    assert report.fetched == 1
    assert "/n/2.html" not in asked


@pytest.mark.parametrize(
    ("pages", "outcome"),
    [
        pytest.param({"/list.html": (403, "")}, CrawlOutcome.BLOCKED, id="refused"),
        pytest.param({"/list.html": (200, CHALLENGE)}, CrawlOutcome.BLOCKED, id="captcha"),
        pytest.param({"/list.html": (200, "<html>改版了</html>")}, CrawlOutcome.LAYOUT_CHANGED, id="no links"),
        pytest.param({}, CrawlOutcome.UNREACHABLE, id="gone"),
    ],
)
def test_a_site_that_gives_nothing_is_never_read_as_nothing_new(tmp_path: Path, pages, outcome: CrawlOutcome):
    with site(pages) as (address, _):
        report = crawl(tmp_path, address)

    assert report.outcome is outcome
    assert report.messages or outcome is CrawlOutcome.LAYOUT_CHANGED


def test_an_article_behind_a_captcha_makes_the_run_blocked(tmp_path: Path):
    pages = {"/list.html": (200, LIST), "/n/1.html": (200, ARTICLE), "/n/2.html": (200, CHALLENGE)}
    with site(pages) as (address, _):
        report = crawl(tmp_path, address)

    assert (report.outcome, report.fetched, report.blocked) == (CrawlOutcome.BLOCKED, 1, 1)


def test_an_article_without_body_is_counted_as_failed_and_named(tmp_path: Path):
    pages = {
        "/list.html": (200, LIST),
        "/n/1.html": (200, ARTICLE),
        "/n/2.html": (200, "<html><h1>只有标题</h1></html>"),
    }
    with site(pages) as (address, _):
        report = crawl(tmp_path, address)

    assert report.failed == 1
    assert "/n/2.html" in report.messages[0]


def test_a_page_that_did_not_change_is_not_spooled_again(tmp_path: Path):
    pages = {"/list.html": (200, LIST), "/n/1.html": (200, ARTICLE), "/n/2.html": (200, ARTICLE)}
    with site(pages) as (address, _):
        crawl(tmp_path, address)
        [path] = spool_files(tmp_path / "spool")
        records = [line.content for line in read_spool(path, 0)]
        published = NOON - timedelta(days=1)
        seen = [
            SeenPage(url=one.url, content_sha256=one.content_sha256, published_at=published, asked_at=published)
            for one in records
            if isinstance(one, SpoolRecord)
        ]
        again = crawl(tmp_path, address, seen=seen)

    assert (again.fetched, again.unchanged) == (0, 2)
    assert len(spool_files(tmp_path / "spool")) == 1


def test_a_page_fetched_before_is_not_asked_for_until_it_is_due(tmp_path: Path):
    pages = {"/list.html": (200, LIST), "/n/1.html": (200, ARTICLE), "/n/2.html": (200, ARTICLE)}
    with site(pages) as (address, asked):
        seen = [SeenPage(url=f"{address}/n/1.html", published_at=NOON, asked_at=NOON)]
        report = crawl(tmp_path, address, seen=seen)

    assert (report.listed, report.known, report.fetched) == (2, 1, 1)
    assert "/n/1.html" not in asked
