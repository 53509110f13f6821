"""Crawls as the operator starts them: what earlier runs learned decides what is asked for, whatever killed them."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, literal_column, select, table

from crawlers.declaring.source import load_source
from crawlers.site_lock import site_locks
from crawlers.spooling.run_files import CrawlFolders
from crawlers.spooling.schedule import LONGEST_PAUSE
from crawlers.spooling.spool import SpoolRecord, read_spool, spool_files
from domain.clock import SystemClock
from domain.media.crawl import CrawlOutcome, CrawlReport, SitePause
from pipeline.crawling.collect import collect
from pipeline.crawling.crawl import by_site, crawl_sources, due_sources
from pipeline.crawling.take_over import take_over
from storage.schema import upgrade
from storage.store import Store, open_store
from tests.conftest import KEY
from tests.crawlers.faulty_site import FaultySite, answer, faulty_site, page
from tests.crawlers.test_faults import DECLARATION, list_page
from tests.databases import OPEN_FILE, PostgresServer
from tests.fakes import FakeClock

NAMES = [f"a{number}" for number in range(60)]


def declare(home: Path, name: str = "paper", rules: str = "{}") -> Path:
    path = home / f"{name}.yml"
    path.write_text(DECLARATION.format(rules=rules), encoding="utf-8")
    return path


def tagged(body: bytes, tag: str):
    def reply(connection, site: FaultySite) -> None:
        matched = f'If-None-Match: "{tag}"' in site.headers[-1]
        (answer(b"", "304 Not Modified") if matched else answer(body, ETag=f'"{tag}"'))(connection, site)

    return reply


def slowly(body: bytes):
    def reply(connection, site: FaultySite) -> None:
        time.sleep(0.03)
        answer(body)(connection, site)

    return reply


def crawl(store: Store, home: Path, site: FaultySite, clock: FakeClock, *names: str) -> list[CrawlReport]:
    sources = [(path, load_source(path)) for path in (home / f"{name}.yml" for name in names or ("paper",))]
    return crawl_sources(store, sources, home / "spool", {"site": site.address}, clock, at_once=2)


def spooled(home: Path) -> list[str]:
    lines = [line.content for path in spool_files(home / "spool") for line in read_spool(path, 0, OPEN_FILE)]
    return [line.url for line in lines if isinstance(line, SpoolRecord)]


def stored(url: str, told: str) -> Iterator[str]:
    """The tables in which these words stand, as text or as bytes."""
    engine = create_engine(url)
    with engine.connect() as connection:
        for name in inspect(engine).get_table_names():
            for row in connection.execute(select(literal_column("*")).select_from(table(name))):
                if any(told.encode() in (bytes(one) if isinstance(one, bytes) else str(one).encode()) for one in row):
                    yield name
    engine.dispose()


def test_a_second_crawl_of_a_site_that_did_not_change_is_one_conditional_request(tmp_path: Path, sqlite_store: Store):
    declare(tmp_path)
    clock = FakeClock(SystemClock().now())
    answers = {f"/n/{name}.html": answer(page(name * 3)) for name in NAMES[:5]}
    with faulty_site({**answers, "/list.html": tagged(list_page(*NAMES[:5]), "l1")}) as site:
        [first] = crawl(sqlite_store, tmp_path, site, clock)
        asked = len(site.asked)
        [second] = crawl(sqlite_store, tmp_path, site, clock)

    assert (first.outcome, first.fetched) == (CrawlOutcome.FINISHED, 5)
    assert (second.outcome, second.fetched, second.lists_unchanged) == (CrawlOutcome.FINISHED, 0, 1)
    assert site.asked[asked:] == ["/robots.txt", "/list.html"]


@pytest.mark.postgres
def test_what_a_crawl_brings_stands_in_no_table_in_clear(tmp_path: Path, postgres: PostgresServer):
    declare(tmp_path)
    clock = FakeClock(SystemClock().now())
    with postgres.database() as url, closing(open_store(url, KEY)) as store:
        with faulty_site({"/list.html": answer(list_page("a")), "/n/a.html": answer(page("窑洞塌了"))}) as site:
            crawl(store, tmp_path, site, clock)
        collected = collect(store, tmp_path / "spool", {}, clock, batch_size=100)
        again = collect(store, tmp_path / "spool", {}, clock, batch_size=100)

        assert (collected.done, again.seen, list(stored(url, "窑洞塌了"))) == (1, 0, [])
        # Of what is no secret the same search finds where it stands.
        assert "crawl_runs" in list(stored(url, "paper"))


def test_a_list_is_read_again_while_something_on_it_was_left(tmp_path: Path, sqlite_store: Store):
    path = declare(tmp_path)
    path.write_text(path.read_text().replace("max_bytes: 200000", "max_bytes: 200000, max_pages: 3"))
    clock = FakeClock(SystemClock().now())
    answers = {f"/n/{name}.html": answer(page(name * 3)) for name in NAMES[:5]}
    with faulty_site({**answers, "/list.html": tagged(list_page(*NAMES[:5]), "l1")}) as site:
        reports = [crawl(sqlite_store, tmp_path, site, clock)[0] for _ in range(3)]

    assert [report.fetched for report in reports] == [3, 2, 0]
    assert [report.lists_unchanged for report in reports] == [0, 0, 1]


def test_a_site_that_asked_for_an_hour_is_left_alone_by_later_runs(tmp_path: Path, sqlite_store: Store):
    declare(tmp_path)
    clock = FakeClock(SystemClock().now())
    with faulty_site({"/list.html": answer(b"", "503 Busy", Retry_After="3600")}) as site:
        [first] = crawl(sqlite_store, tmp_path, site, clock)
        asked = len(site.asked)
        clock.move(minutes=50)
        [second] = crawl(sqlite_store, tmp_path, site, clock)
        assert len(site.asked) == asked
        clock.move(minutes=15)
        [third] = crawl(sqlite_store, tmp_path, site, clock)

    assert first.outcome is CrawlOutcome.BLOCKED
    assert second.outcome is CrawlOutcome.PAUSED
    assert "网站要求暂停访问" in second.messages[0]
    assert third.outcome is CrawlOutcome.BLOCKED
    with sqlite_store.reading() as work:
        assert [run.outcome for run in work.sources.latest_runs(9)["paper"]] == [CrawlOutcome.BLOCKED] * 2
        kept = work.sources.runs_since(first.started_at)["paper"]
        [pause] = work.sources.pauses({f"127.0.0.1:{site.port}"}).values()
    # The runs themselves have the machine's own clock.
    assert [run for run in kept if run.outcome is CrawlOutcome.PAUSED] == [second]
    assert pause.times == 2


def test_a_pause_of_days_is_noted_twice_a_day_and_pushes_no_run_out(tmp_path: Path, sqlite_store: Store):
    declare(tmp_path)
    clock = FakeClock(SystemClock().now())
    with faulty_site({"/list.html": answer(b"", "503 Busy", Retry_After=str(6 * 24 * 3600))}) as site:
        [first] = crawl(sqlite_store, tmp_path, site, clock)
        for _ in range(50):
            clock.move(minutes=30)
            [last] = crawl(sqlite_store, tmp_path, site, clock)

    assert last.outcome is CrawlOutcome.PAUSED
    with sqlite_store.reading() as work:
        kept = work.sources.runs_since(first.started_at)["paper"]
        assert work.sources.last_run("paper") == kept[-1]
        assert work.sources.last_run("evening_paper") is None
    assert [run.outcome for run in kept] == [CrawlOutcome.BLOCKED, *[CrawlOutcome.PAUSED] * 3]
    assert clock.now() - kept[-1].started_at < timedelta(hours=12)


def test_a_pause_that_a_clock_noted_which_ran_ahead_is_ignored_when_it_is_put_back(tmp_path: Path, sqlite_store: Store):
    declare(tmp_path)
    clock = FakeClock(SystemClock().now())
    with faulty_site({"/list.html": answer(list_page())}) as site:
        with sqlite_store.unit_of_work() as work:
            until = clock.now() + LONGEST_PAUSE + timedelta(days=20)
            work.sources.pause(SitePause(host=f"127.0.0.1:{site.port}", until=until))
            work.commit()
        [ignored] = crawl(sqlite_store, tmp_path, site, clock)
        clock.move(seconds=(until - clock.now() - LONGEST_PAUSE).total_seconds())
        with sqlite_store.unit_of_work() as work:
            work.sources.pause(SitePause(host=f"127.0.0.1:{site.port}", until=until))
            work.commit()
        [paused] = crawl(sqlite_store, tmp_path, site, clock)

    assert ignored.outcome.began
    assert paused.outcome is CrawlOutcome.PAUSED


def test_two_sources_of_one_site_are_never_crawled_at_the_same_time(tmp_path: Path, sqlite_store: Store):
    sources = [(path, load_source(path)) for path in (declare(tmp_path, "paper"), declare(tmp_path, "evening_paper"))]
    variables = {"site": "http://m.news.example"}

    assert [len(group) for group in by_site(sources, variables)] == [2]
    with faulty_site({}) as site, site_locks(CrawlFolders(tmp_path / "spool").locks, [f"127.0.0.1:{site.port}"]):
        [report] = crawl(sqlite_store, tmp_path, site, FakeClock())

    assert report.outcome is CrawlOutcome.BUSY
    assert site.asked == []


def test_sites_that_have_nothing_in_common_are_crawled_beside_each_other(tmp_path: Path):
    first, second = declare(tmp_path, "paper"), declare(tmp_path, "evening_paper")
    second.write_text(second.read_text().replace("{site}", "http://evening.example"))

    groups = by_site([(path, load_source(path)) for path in (first, second)], {"site": "http://news.example"})

    assert [[spec.name for _, spec in group] for group in groups] == [["paper"], ["evening_paper"]]


def test_a_source_that_brings_nothing_is_asked_less_often(tmp_path: Path, sqlite_store: Store):
    path, clock = declare(tmp_path), FakeClock()
    quiet = [run(clock.now() - timedelta(hours=hours)) for hours in (9, 6, 4, 2)]
    with sqlite_store.unit_of_work() as work:
        for report in quiet:
            work.sources.add_run(report)
        work.commit()

    sources = {"paper": load_source(path)}
    assert due_sources(sqlite_store, sources, clock.now()) == []
    assert due_sources(sqlite_store, sources, clock.now() + timedelta(hours=2)) == ["paper"]


def test_a_source_that_a_clock_crawled_which_ran_ahead_is_due_when_it_is_put_back(tmp_path: Path, sqlite_store: Store):
    path, clock = declare(tmp_path), FakeClock()
    with sqlite_store.unit_of_work() as work:
        work.sources.add_run(run(clock.now() + timedelta(days=20)))
        work.commit()
    sources = {"paper": load_source(path)}
    assert due_sources(sqlite_store, sources, clock.now()) == ["paper"]

    with sqlite_store.unit_of_work() as work:
        work.sources.add_run(run(clock.now()))
        work.commit()
    assert due_sources(sqlite_store, sources, clock.now() + timedelta(minutes=5)) == []


def test_a_source_without_its_variable_fails_alone(tmp_path: Path, sqlite_store: Store):
    good, bad = declare(tmp_path), declare(tmp_path, "evening_paper")
    bad.write_text(bad.read_text().replace("{site}", "{other}"))
    with faulty_site({"/list.html": answer(list_page("a")), "/n/a.html": answer(page("枣农盼客商"))}) as site:
        bad_report, good_report = crawl(sqlite_store, tmp_path, site, FakeClock(), "evening_paper", good.stem)

    assert (bad_report.outcome, good_report.outcome) == (CrawlOutcome.FAILED, CrawlOutcome.FINISHED)
    assert "other" in bad_report.messages[0]


def run(started: datetime, outcome: CrawlOutcome = CrawlOutcome.FINISHED, fetched: int = 0) -> CrawlReport:
    return CrawlReport(
        source="paper",
        started_at=started,
        finished_at=started,
        outcome=outcome,
        fetched=fetched,
        unchanged=0,
        blocked=0,
        failed=0,
    )


def test_what_a_crawl_learned_is_taken_over_once(tmp_path: Path, sqlite_store: Store):
    declare(tmp_path)
    clock = FakeClock(SystemClock().now())
    with faulty_site({"/list.html": answer(list_page("a")), "/n/a.html": answer(page("枣农盼客商"))}) as site:
        crawl(sqlite_store, tmp_path, site, clock)

    assert list((tmp_path / "visits" / "paper").iterdir()) == []
    take_over(sqlite_store, "paper", CrawlFolders(tmp_path / "spool"), clock)
    with sqlite_store.reading() as work:
        assert Counter(page.kind.value for page in work.sources.seen("paper")) == {"article": 1, "list": 1}


def test_killed_at_random_moments_a_crawl_loses_nothing_and_brings_nothing_twice(
    tmp_path: Path, pytestconfig: pytest.Config
):
    declare(tmp_path)
    url = f"sqlite:///{tmp_path / 'test.db'}"
    upgrade(url, KEY)
    dice = random.Random(5)
    answers = {f"/n/{name}.html": slowly(page(name * 3)) for name in NAMES}
    with faulty_site({**answers, "/list.html": answer(list_page(*NAMES))}) as site:
        for number in range(pytestconfig.getoption("kills")):
            kill_a_crawl(tmp_path, site, after=dice.randrange(1, 8), wait=dice.random() / 10, number=number)
        ended = subprocess.run(command(tmp_path, site), check=True, capture_output=True, text=True, timeout=60)
        again = subprocess.run(command(tmp_path, site), check=True, capture_output=True, text=True, timeout=60)

    urls = spooled(tmp_path)
    assert sorted(urls) == sorted(f"{site.address}/n/{name}.html" for name in NAMES), ended.stdout
    assert again.stdout.split()[:2] == ["finished", "0"]
    store = open_store(url, KEY)
    collected = collect(store, tmp_path / "spool", {}, FakeClock(), batch_size=50)
    store.close()
    assert (collected.done, collected.skipped, collected.quarantined) == (len(NAMES), 0, damaged(tmp_path))


def damaged(home: Path) -> int:
    lines = [line.content for path in spool_files(home / "spool") for line in read_spool(path, 0, OPEN_FILE)]
    return sum(not isinstance(line, SpoolRecord) for line in lines)


def command(home: Path, site: FaultySite) -> Sequence[str]:
    return [sys.executable, "-m", "tests.pipeline.crawl_once", str(home), site.address]


def kill_a_crawl(home: Path, site: FaultySite, *, after: int, wait: float, number: int) -> None:
    """Start a crawl and kill it with its child once it has asked for some more pages, or at once when it asks none."""
    asked = len(site.asked)
    process = subprocess.Popen(
        command(home, site), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 30
    while len(site.asked) < asked + after and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
