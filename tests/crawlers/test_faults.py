"""A site that goes wrong in every way: each ends under its name, the run completes, the good pages all come."""

import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from crawlers.declaring.fetch_rules import FetchRules
from crawlers.spooling.report import read_report
from crawlers.spooling.seen import write_seen
from crawlers.spooling.spool import SpoolRecord, read_spool, spool_files
from crawlers.spooling.visits import Visit, read_visits, visit_files
from domain.media.crawl import CrawlOutcome, CrawlReport, FetchProblem, SeenPage, SitePause
from tests.crawlers.faulty_site import (
    Answer,
    answer,
    bomb,
    drip,
    faulty_site,
    gigabyte,
    gigabyte_unannounced,
    hang,
    huge_headers,
    nonsense,
    packed,
    page,
    promise_less,
    promise_more,
    redirect,
    reset,
)
from tests.fakes import NOON

DECLARATION = """
title: 试验
summary: test
publisher: {{name: 试验, level: county, official: true}}
region: "141124"
platform: article_list
start: ["{{site}}/list.html"]
articles: "^/n/"
select: {{links: "li a", next: "a.next", body: "#c", title: h1}}
politeness: {{delay_seconds: 0.0, timeout_seconds: 2, max_bytes: 200000}}
fetch: {rules}
every_minutes: 60
expect: {{per_day: {{min: 0, max: 9}}, stale_after_days: 3}}
contact: qianshao@example.invalid
robots: {{note: test}}
"""
WEIGHED = """
import runpy
runpy.run_module("crawlers", run_name="__main__", alter_sys=True)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""A crawl that says how many KiB it held at most; the peak that the parent is told begins at the parent's own."""
CHALLENGE = b"<html><script>var a='__jsl_clearance_s=1';location.reload()</script></html>"
NOTICE = "<h1>提示信息</h1><p>{}，三秒后返回，谢谢您的支持</p>"
FAULTS: dict[str, tuple[Answer, FetchProblem]] = {
    "hang": (hang, FetchProblem.TIMEOUT),
    "drip": (drip, FetchProblem.TIMEOUT),
    "reset": (reset, FetchProblem.CONNECTION_LOST),
    "promise-more": (promise_more, FetchProblem.INCOMPLETE),
    "loop": (redirect("/n/loop.html"), FetchProblem.REDIRECT_LOOP),
    "pair": (redirect("/other/pair.html"), FetchProblem.REDIRECT_LOOP),
    "gigabyte": (gigabyte, FetchProblem.TOO_LARGE),
    "gigabyte-unannounced": (gigabyte_unannounced, FetchProblem.TOO_LARGE),
    "bad-gzip": (answer(b"\x1f\x8b\x08\0\0\0\0\0\0\3no gzip", Content_Encoding="gzip"), FetchProblem.BAD_COMPRESSION),
    "cut-gzip": (answer(packed(page("断"))[:-30], Content_Encoding="gzip"), FetchProblem.INCOMPLETE),
    "bomb": (bomb, FetchProblem.COMPRESSION_BOMB),
    "huge-headers": (huge_headers, FetchProblem.CONNECTION_LOST),
    "nonsense": (nonsense, FetchProblem.BAD_ANSWER),
    "abroad": (redirect("http://localhost:{port}/n/good1.html"), FetchProblem.REDIRECT_ABROAD),
    "file": (redirect("file:///etc/hostname"), FetchProblem.BAD_ANSWER),
    "home": (redirect("/"), FetchProblem.REDIRECT_HOME),
    "login-page": (redirect("/user/login.jsp?back=/n/1.html"), FetchProblem.LOGIN),
    "gone": (answer(b"", "404 Not Found"), FetchProblem.GONE),
    "forbidden": (answer(b"", "403 Forbidden"), FetchProblem.FORBIDDEN),
    "waf-412": (answer(CHALLENGE, "412 Precondition Failed"), FetchProblem.FIREWALL),
    "waf-521": (answer(CHALLENGE, "521 Web Server Is Down"), FetchProblem.FIREWALL),
    "script": (answer(CHALLENGE), FetchProblem.SCRIPT_CHALLENGE),
    "captcha": (answer("<title>安全验证</title>请输入验证码".encode()), FetchProblem.CAPTCHA),
    "login": (answer(NOTICE.format("您还没有登录，请登录后再阅读本文").encode()), FetchProblem.LOGIN),
    "error-page": (answer(NOTICE.format("您访问的页面不存在或已被删除").encode()), FetchProblem.ERROR_PAGE),
    "broken": (answer(b"oops", "500 Internal Server Error"), FetchProblem.SERVER_ERROR),
    "picture": (answer(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, Content_Type="image/png"), FetchProblem.NOT_A_PAGE),
    "empty": (answer(b""), FetchProblem.NO_TITLE),
}


def list_page(*names: str, following: str = "") -> bytes:
    """A list page that names the articles, and a further list."""
    links = "".join(f'<li><a href="/n/{name}.html">{name}</a></li>' for name in names)
    more = f'<a class="next" href="{following}">下一页</a>' if following else ""
    return f"<html><body><ul>{links}</ul>{more}</body></html>".encode()


def crawl(folder: Path, address: str, *, rules: str = "{}", seen: Sequence[SeenPage] = ()) -> CrawlReport:
    """Crawl the site once in a process of its own."""
    source, report = folder / "paper.yml", folder / "report.json"
    source.write_text(DECLARATION.format(rules=rules), encoding="utf-8")
    write_seen(folder / "seen", seen, {}, FetchRules(), NOON)
    command = [sys.executable, "-c", WEIGHED, str(source), "--spool", str(folder / "spool")]
    command += ["--seen", str(folder / "seen"), "--report", str(report), "--variable", f"site={address}"]
    finished = subprocess.run(command, check=True, capture_output=True, timeout=100)
    (folder / "peak").write_bytes(finished.stdout)
    return read_report(report)


def spooled(folder: Path) -> list[SpoolRecord]:
    """The articles in the spool."""
    lines = [line.content for path in spool_files(folder / "spool") for line in read_spool(path, 0)]
    return [line for line in lines if isinstance(line, SpoolRecord)]


def visited(folder: Path) -> list[Visit]:
    """What was learned of pages and sites."""
    return [visit for path in visit_files(folder / "visits", "paper") for visit in read_visits(path)]


@pytest.fixture(scope="module")
def fault_run(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[CrawlReport, list[SpoolRecord], list[Visit], float, int]:
    """One run over all faults, with good articles among them; its seconds, and the KiB that it held at most."""
    folder = tmp_path_factory.mktemp("faults")
    good = [f"good{number}" for number in range(8)]
    answers: dict[str, Answer] = {f"/n/{name}.html": fault for name, (fault, _) in FAULTS.items()}
    answers |= {f"/n/{name}.html": answer(page(f"{name}的枣子")) for name in good}
    answers |= {
        "/other/pair.html": redirect("/n/pair.html"),
        "/n/promise-less.html": promise_less,
        "/n/charset.html": answer(
            page("枣农盼客商").decode().encode("gb18030"), Content_Type="text/html; charset=iso-8859-1"
        ),
        "/list.html": answer(list_page(*good[:4], *FAULTS, "promise-less", "charset", *good[4:])),
    }
    started = time.perf_counter()
    with faulty_site(answers) as site:
        report = crawl(folder, site.address)
    seconds = time.perf_counter() - started
    return report, spooled(folder), visited(folder), seconds, int((folder / "peak").read_text())


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_ends_under_its_name(fault_run, name: str):
    pages = {visit.url: visit for visit in fault_run[2] if isinstance(visit, SeenPage)}
    [page] = [page for url, page in pages.items() if url.endswith(f"/n/{name}.html")]

    assert page.problem is FAULTS[name][1]
    assert page.failures == 1


def test_the_run_with_faults_completes_and_brings_every_good_article(fault_run):
    report, records, _, seconds, _ = fault_run

    titles = {record.title for record in records}
    assert {f"good{number}的枣子" for number in range(8)} <= titles
    assert "枣农盼客商" in titles
    assert report.outcome is CrawlOutcome.BLOCKED
    assert report.fetched + report.unchanged + report.blocked + report.failed == len(FAULTS) + 10
    assert seconds < 60


def test_a_page_of_which_less_was_promised_than_there_is_is_kept_named_and_asked_for_again(fault_run):
    report, records, visits, _, _ = fault_run

    [kept] = [record for record in records if record.url.endswith("promise-less.html")]
    [state] = [one for one in visits if isinstance(one, SeenPage) and one.url.endswith("promise-less.html")]
    assert kept.text.startswith("长今年枣子熟了")
    assert (state.problem, state.failures) == (FetchProblem.INCOMPLETE, 1)
    assert any("promise-less" in message for message in report.messages)


def test_a_fault_run_needs_little_memory(fault_run):
    assert fault_run[4] < 250 * 1024


def test_robots_that_fail_forbid_everything_and_say_so(tmp_path: Path):
    answers = {
        "/robots.txt": answer(b"", "500 Oops"),
        "/list.html": answer(list_page("a")),
        "/n/a.html": answer(page("a")),
    }
    with faulty_site(answers) as site:
        report = crawl(tmp_path, site.address)

    assert report.outcome is CrawlOutcome.UNREACHABLE
    assert set(report.problems) == {FetchProblem.ROBOTS_UNAVAILABLE}
    assert "(状态码500)" in report.messages[0]
    assert set(site.asked) == {"/robots.txt"}


def test_an_article_named_like_the_robots_leads_nowhere_abroad_as_the_robots_may(tmp_path: Path):
    abroad = "http://localhost:{port}/abroad"
    answers = {
        "/robots.txt": redirect(f"{abroad}/robots.txt"),
        "/abroad/robots.txt": answer(b"User-agent: *\nDisallow: /n/b.html\n"),
        "/list.html": answer(b'<ul><li><a href="/n/1/robots.txt">a</a><li><a href="/n/b.html">b</a></ul>'),
        "/n/1/robots.txt": redirect(f"{abroad}/secret.html"),
        "/abroad/secret.html": answer(page("内部")),
    }
    with faulty_site(answers) as site:
        report = crawl(tmp_path, site.address)

    assert report.problems == {FetchProblem.REDIRECT_ABROAD: 1, FetchProblem.ROBOTS: 1}
    assert "/abroad/secret.html" not in site.asked


def test_the_delay_that_robots_ask_for_is_kept(tmp_path: Path):
    names = ["a", "b", "c"]
    answers = {"/robots.txt": answer(b"User-agent: *\nCrawl-delay: 1\n"), "/list.html": answer(list_page(*names))}
    answers |= {f"/n/{name}.html": answer(page(name * 4)) for name in names}
    with faulty_site(answers) as site:
        report = crawl(tmp_path, site.address)

    assert report.fetched == 3
    waits = [later - earlier for earlier, later in zip(site.moments[1:], site.moments[2:], strict=False)]
    assert min(waits) >= 0.9


def test_a_calendar_without_end_is_left(tmp_path: Path):
    answers = {"/n/a.html": answer(page("枣农盼客商"))}
    answers |= {
        f"/list{number or ''}.html": answer(list_page(f"a{number}", following=f"/list{number + 1}.html"))
        for number in range(60)
    }
    with faulty_site(answers) as site:
        report = crawl(tmp_path, site.address, rules="{max_list_pages: 5}")

    assert sum(path.startswith("/list") for path in site.asked) <= 6
    assert report.problems[FetchProblem.LIST_LIMIT] == 1


def test_a_list_that_leads_to_itself_is_read_once(tmp_path: Path):
    answers = {
        "/list.html": answer(list_page("a", following="/list.html?spm=7")),
        "/n/a.html": answer(page("枣农盼客商")),
    }
    with faulty_site(answers) as site:
        crawl(tmp_path, site.address)

    assert sum(path.startswith("/list") for path in site.asked) == 1


def test_a_site_that_asks_for_an_hour_is_asked_for_nothing_more(tmp_path: Path):
    names = [f"a{number}" for number in range(30)]
    answers = {f"/n/{name}.html": answer(b"", "429 Too Many Requests", Retry_After="3600") for name in names}
    answers["/list.html"] = answer(list_page(*names))
    with faulty_site(answers) as site:
        report = crawl(tmp_path, site.address)

    assert report.outcome is CrawlOutcome.BLOCKED
    assert sum(path.startswith("/n/") for path in site.asked) <= 4
    [pause, *_] = [visit for visit in visited(tmp_path) if isinstance(visit, SitePause)]
    waited = pause.until - datetime.fromisoformat(report.started_at.isoformat())
    assert 3590 <= waited.total_seconds() <= 3660


def test_a_short_wait_is_sat_out(tmp_path: Path):
    turns: list[float] = []

    def once_busy(connection, site) -> None:
        turns.append(time.perf_counter())
        busy = answer(b"", "503 Busy", Retry_After="1")
        (busy if len(turns) == 1 else answer(page("枣农盼客商")))(connection, site)

    with faulty_site({"/list.html": answer(list_page("a")), "/n/a.html": once_busy}) as site:
        report = crawl(tmp_path, site.address)

    assert (report.outcome, report.fetched) == (CrawlOutcome.FINISHED, 1)
    assert turns[1] - turns[0] >= 0.9


def test_the_same_bytes_under_many_addresses_are_no_articles(tmp_path: Path):
    names = [f"a{number}" for number in range(6)]
    answers = {f"/n/{name}.html": answer(page("系统升级公告")) for name in names}
    answers["/list.html"] = answer(list_page(*names))
    with faulty_site(answers) as site:
        report = crawl(tmp_path, site.address)

    assert report.outcome is CrawlOutcome.BLOCKED
    assert report.problems == {FetchProblem.SAME_BODY: 4}


def test_pages_of_one_article_are_joined(tmp_path: Path):
    first = page("连载").replace(b"</body>", '<a href="a_2.html">下一页</a></body>'.encode())
    second = page("连载").replace("枣子熟了".encode(), "井水干了".encode())
    answers = {"/list.html": answer(list_page("a")), "/n/a.html": answer(first), "/n/a_2.html": answer(second)}
    with faulty_site(answers) as site:
        report = crawl(tmp_path, site.address)

    [record] = spooled(tmp_path)
    assert report.fetched == 1
    assert record.url.endswith("/n/a.html")
    assert "枣子熟了" in record.text
    assert "井水干了" in record.text


def test_an_article_whose_second_page_is_lost_is_kept_and_tried_again(tmp_path: Path):
    first = page("连载").replace(b"</body>", '<a href="a_2.html">下一页</a></body>'.encode())
    with faulty_site({"/list.html": answer(list_page("a")), "/n/a.html": answer(first)}) as site:
        report = crawl(tmp_path, site.address)

    assert (report.fetched, report.problems) == (1, {FetchProblem.PART_MISSING: 1})
    [state] = [visit for visit in visited(tmp_path) if isinstance(visit, SeenPage) and visit.url.endswith("/n/a.html")]
    assert (state.problem, state.etag) == (FetchProblem.PART_MISSING, "")


def test_what_did_not_change_costs_one_conditional_request(tmp_path: Path):
    def unchanged(connection, site) -> None:
        matched = 'If-None-Match: "v1"' in site.headers[-1]
        (answer(b"", "304 Not Modified") if matched else answer(page("枣农盼客商"), ETag='"v1"'))(connection, site)

    published = NOON.replace(day=20)
    with faulty_site({"/list.html": answer(list_page()), "/n/a.html": unchanged}) as site:
        seen = [SeenPage(url=f"{site.address}/n/a.html", etag='"v1"', published_at=published, asked_at=published)]
        report = crawl(tmp_path, site.address, seen=seen)

    assert (report.fetched, report.unchanged) == (0, 1)
    assert site.asked.count("/n/a.html") == 1
