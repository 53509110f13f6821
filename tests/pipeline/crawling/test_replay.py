"""Archived pages read again after a declaration changed: new versions, once, without a request."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import update

from crawlers.archiving.archive import ArchivedPage, ArchiveWriter, archive_files
from crawlers.archiving.members import MemberWriter, read_members
from crawlers.declaring.source import SourceSpec, make_source
from crawlers.site_lock import site_locks
from crawlers.spooling.run_files import CrawlFolders
from crawlers.spooling.schedule import is_due
from crawlers.spooling.spool import SpoolRecord, read_spool, spool_files
from domain.failures.errors import SourceError
from domain.media.crawl import FetchProblem, PageKind, SeenPage
from domain.texts.document import RawDocument
from pipeline.crawling.collect import collect
from pipeline.crawling.replay import ReplayReport, replay
from pipeline.stages.deduplicate import Deduplicate
from pipeline.stages.ingest import Ingest
from storage.store import Store
from storage.tables.documents import RawDocumentRow
from tests.databases import OPEN_FILE
from tests.factories import COUNTY
from tests.fakes import NOON, FakeClock

DECLARATION = """
title: 试验
summary: invented
publisher: {name: 试验, level: county, official: true}
region: "141124"
platform: article_list
start: ["{site}/"]
every_minutes: 60
expect: {per_day: {min: 0, max: 9}, stale_after_days: 3}
contact: test@example.invalid
robots: {note: invented}
"""
VARIABLES = {"site": "http://news.invalid"}
ADDRESS = "http://news.invalid/n/t1.html"
BODY = "苗家沟村今年的枣子熟了，没有人来收，家里等着卖枣的钱交学费。"
MORE = "村干部说，冷库已经装满，再收就只能堆在院子里。"
PAGE = (
    "<html><body><h1>枣农盼客商</h1><p>2026-11-20 08:15</p>"
    f"<div id='first'><p>{BODY * 3}</p></div><div id='second'><p>{MORE * 3}</p></div></body></html>"
)


def declared(body: str) -> SourceSpec:
    content = {**yaml.safe_load(DECLARATION), "select": {"body": body, "title": "h1"}}
    return make_source("town_news", content, Path("town_news.yml"))


@pytest.fixture
def folders(tmp_path: Path) -> CrawlFolders:
    return CrawlFolders(tmp_path / "spool")


def archive(folders: CrawlFolders, at: datetime, *pages: tuple[str, str, str]) -> None:
    """A run's file of pages: the address of the article, of the page, and what the site answered."""
    with ArchiveWriter(folders.archive, "town_news", at) as writer:
        for address, url, html in pages:
            page = ArchivedPage(
                source="town_news",
                url=url,
                address=address,
                status=200,
                fetched_at=at,
                headers={"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"},
                body=html.encode(),
                sha256=hashlib.sha256(html.encode()).hexdigest(),
                length=len(html.encode()),
            )
            writer.write(page)


def know(store: Store, *pages: SeenPage) -> None:
    with store.unit_of_work() as work:
        work.sources.remember("town_news", pages, NOON)
        work.commit()


def again(store: Store, folders: CrawlFolders, clock: FakeClock, body: str = "#second") -> ReplayReport:
    clock.move(minutes=1)
    return replay(store, declared(body), folders, VARIABLES, clock)


def take_in(store: Store, folders: CrawlFolders, clock: FakeClock) -> None:
    collect(store, folders.spool, {"town_news": COUNTY}, clock, batch_size=10)


def spooled(folders: CrawlFolders) -> list[SpoolRecord]:
    lines = (line.content for path in spool_files(folders.spool) for line in read_spool(path, 0, OPEN_FILE))
    return [one for one in lines if isinstance(one, SpoolRecord)]


def texts(store: Store) -> list[RawDocument]:
    """What is stored under the address, newest first."""
    with store.reading() as work:
        return [work.raw.get(one) for one in work.raw.under_address([ADDRESS])]


@pytest.fixture
def read_once(store: Store, folders: CrawlFolders, clock: FakeClock) -> Store:
    """An article that was crawled with the selector `#first` and taken in."""
    archive(folders, NOON, (ADDRESS, ADDRESS, PAGE))
    know(store, SeenPage(url=ADDRESS, asked_at=NOON), SeenPage(url="http://news.invalid/", kind=PageKind.LIST))
    assert again(store, folders, clock, "#first") == ReplayReport(changed=1)
    take_in(store, folders, clock)
    return store


def test_what_a_changed_selector_reads_is_a_new_version_right_after_the_old_one(
    read_once: Store, folders: CrawlFolders, clock: FakeClock
):
    report = again(read_once, folders, clock)
    take_in(read_once, folders, clock)

    assert report == ReplayReport(changed=1)
    newer, older = texts(read_once)
    assert (newer.text, older.text) == (MORE * 3, BODY * 3)
    assert newer.received_at == older.received_at + timedelta(microseconds=1)
    stage = Deduplicate()
    with read_once.unit_of_work() as work:
        ingest = Ingest(COUNTY)
        for _, raw in ingest.load(work, [older.id, newer.id]):
            ingest.process(work, raw, NOON)
        assert [stage.process(work, item, NOON).detail for _, item in stage.load(work, [older.id, newer.id])] == [
            "unique",
            "new_version",
        ]


def test_a_second_replay_finds_nothing_to_do(read_once: Store, folders: CrawlFolders, clock: FakeClock):
    again(read_once, folders, clock)
    number = len(spooled(folders))

    assert again(read_once, folders, clock) == ReplayReport(unchanged=1)
    take_in(read_once, folders, clock)
    assert again(read_once, folders, clock) == ReplayReport(unchanged=1)
    assert len(spooled(folders)) == number


def test_a_replay_that_was_killed_before_it_remembered_only_repeats_itself(
    read_once: Store, folders: CrawlFolders, clock: FakeClock
):
    with read_once.reading() as work:
        before = [page for page in work.sources.seen("town_news") if page.kind is PageKind.ARTICLE]
    again(read_once, folders, clock)
    know(read_once, *before)

    assert again(read_once, folders, clock) == ReplayReport(changed=1)
    take_in(read_once, folders, clock)
    assert [one.text for one in texts(read_once)] == [MORE * 3, BODY * 3]


def test_a_title_that_the_page_shows_as_a_picture_stays_what_it_was(
    store: Store, folders: CrawlFolders, clock: FakeClock
):
    archive(folders, NOON, (ADDRESS, ADDRESS, PAGE.replace("枣农盼客商", "<img src=t.jpg>")))
    know(store, SeenPage(url=ADDRESS))
    assert again(store, folders, clock, "#first") == ReplayReport(changed=1)
    take_in(store, folders, clock)

    assert again(store, folders, clock, "#first") == ReplayReport(unchanged=1)
    assert again(store, folders, clock) == ReplayReport(changed=1)
    take_in(store, folders, clock)

    assert [(one.title, one.text) for one in texts(store)] == [(BODY[:-1], MORE * 3), (BODY[:-1], BODY * 3)]


def test_what_is_still_in_the_spool_waits(store: Store, folders: CrawlFolders, clock: FakeClock):
    archive(folders, NOON, (ADDRESS, ADDRESS, PAGE))
    know(store, SeenPage(url=ADDRESS))
    again(store, folders, clock, "#first")

    report = again(store, folders, clock)

    assert (report, report.is_done) == (ReplayReport(waiting=1), False)
    assert len(spooled(folders)) == 1
    take_in(store, folders, clock)
    assert again(store, folders, clock) == ReplayReport(changed=1)


def test_a_correction_that_is_still_in_the_spool_is_not_overtaken_by_an_older_reading(
    read_once: Store, folders: CrawlFolders, clock: FakeClock
):
    correction = PAGE.replace("冷库", "地窖").replace("枣子", "梨子")
    archive(folders, NOON + timedelta(hours=1), (ADDRESS, ADDRESS, correction))
    assert again(read_once, folders, clock, "#first") == ReplayReport(changed=1)

    assert again(read_once, folders, clock) == ReplayReport(waiting=1)
    take_in(read_once, folders, clock)
    assert again(read_once, folders, clock) == ReplayReport(changed=1)
    take_in(read_once, folders, clock)

    assert texts(read_once)[0].text == MORE.replace("冷库", "地窖") * 3
    assert again(read_once, folders, clock) == ReplayReport(unchanged=1)


def test_a_line_of_the_spool_that_was_lost_keeps_nothing_waiting_for_ever(
    read_once: Store, folders: CrawlFolders, clock: FakeClock
):
    know(read_once, SeenPage(url=ADDRESS, content_sha256="0" * 64))

    assert again(read_once, folders, clock) == ReplayReport(changed=1)


@pytest.mark.parametrize("problem", [FetchProblem.PART_MISSING, FetchProblem.INCOMPLETE])
def test_what_is_asked_for_again_still_is(
    read_once: Store, folders: CrawlFolders, clock: FakeClock, problem: FetchProblem
):
    with read_once.reading() as work:
        [page] = [one for one in work.sources.seen("town_news") if one.kind is PageKind.ARTICLE]
    know(read_once, replace(page, problem=problem, failures=2))

    assert again(read_once, folders, clock) == ReplayReport(changed=1)

    with read_once.reading() as work:
        [page] = [one for one in work.sources.seen("town_news") if one.kind is PageKind.ARTICLE]
    assert (page.problem, page.failures) == (problem, 2)
    assert is_due(page, declared("#first").fetch, clock.now() + timedelta(days=9))


def test_a_page_that_stops_before_its_end_gives_way_to_an_older_whole_one(
    store: Store, folders: CrawlFolders, clock: FakeClock
):
    archive(folders, NOON, (ADDRESS, ADDRESS, PAGE))
    cut = PAGE.replace("冷库", "地窖")
    archive(folders, NOON + timedelta(hours=1), (ADDRESS, ADDRESS, cut[: cut.rindex("再收")]))
    know(store, SeenPage(url=ADDRESS))

    assert again(store, folders, clock) == ReplayReport(changed=1)
    assert spooled(folders)[0].text == MORE * 3


def test_of_an_article_that_never_came_whole_what_there_is_is_taken_in_and_asked_for_again(
    store: Store, folders: CrawlFolders, clock: FakeClock
):
    archive(folders, NOON, (ADDRESS, ADDRESS, PAGE.replace("</body>", "<a href='t1_2.html'>下一页</a></body>")))
    know(store, SeenPage(url=ADDRESS, problem=FetchProblem.TIMEOUT, failures=3))

    assert again(store, folders, clock) == ReplayReport(changed=1)
    with store.reading() as work:
        [page] = work.sources.seen("town_news")
    assert (page.problem, page.failures) == (FetchProblem.PART_MISSING, 1)


def test_damage_in_one_file_keeps_no_other_page_from_being_read(store: Store, folders: CrawlFolders, clock: FakeClock):
    other = "http://news.invalid/n/t2.html"
    archive(folders, NOON, (ADDRESS, ADDRESS, PAGE))
    archive(folders, NOON + timedelta(hours=1), (ADDRESS, ADDRESS, PAGE), (other, other, PAGE))
    newest = archive_files(folders.archive, "town_news")[-1]
    first, second = read_members(newest)
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    newest.unlink()
    writer = MemberWriter(newest)
    writer.append(first.replace("枣农".encode(), "果农".encode()))
    writer.append(second)
    writer.close()
    know(store, SeenPage(url=ADDRESS), SeenPage(url=other))

    report = again(store, folders, clock)

    assert (report.changed, report.damaged, report.is_done) == (2, 1, False)
    assert "第1页与其校验值不符" in report.damage[0]
    assert {one.url: one.fetched_at for one in spooled(folders)} == {ADDRESS: NOON, other: NOON + timedelta(hours=1)}


def test_what_retention_emptied_does_not_come_back(read_once: Store, folders: CrawlFolders, clock: FakeClock):
    with read_once.unit_of_work() as work:
        emptied = update(RawDocumentRow).values(anonymised_at=NOON)
        work.raw._session.connection.execute(emptied)
        work.commit()

    assert again(read_once, folders, clock) == ReplayReport(emptied=1)
    assert len(spooled(folders)) == 1


def test_an_article_that_could_not_be_read_before_is_taken_in(store: Store, folders: CrawlFolders, clock: FakeClock):
    archive(folders, NOON, (ADDRESS, ADDRESS, PAGE))
    know(store, SeenPage(url=ADDRESS, problem=FetchProblem.NO_BODY, failures=2))

    assert again(store, folders, clock) == ReplayReport(changed=1)
    with store.reading() as work:
        [page] = work.sources.seen("town_news")
    assert (page.problem, page.failures) == (None, 0)


def test_the_newest_page_that_can_be_read_counts_and_parts_are_joined(
    store: Store, folders: CrawlFolders, clock: FakeClock
):
    second = "http://news.invalid/n/t1_2.html"
    link = "<a href='t1_2.html'>下一页</a></body>"
    archive(folders, NOON, (ADDRESS, ADDRESS, PAGE.replace("枣子", "梨子")))
    archive(
        folders,
        NOON + timedelta(hours=1),
        (ADDRESS, ADDRESS, PAGE.replace("</body>", link)),
        (ADDRESS, second, PAGE.replace("冷库", "地窖")),
    )
    archive(folders, NOON + timedelta(hours=2), (ADDRESS, ADDRESS, "<html><h1>提示信息</h1><p>请输入验证码</p></html>"))
    know(store, SeenPage(url=ADDRESS), SeenPage(url="http://news.invalid/n/t2.html"))

    assert again(store, folders, clock) == ReplayReport(changed=1)
    [record] = spooled(folders)
    assert record.text == MORE * 3 + "\n" + MORE.replace("冷库", "地窖") * 3
    assert record.fetched_at == NOON + timedelta(hours=1)


def test_a_page_that_is_no_article_is_said(store: Store, folders: CrawlFolders, clock: FakeClock):
    archive(folders, NOON, (ADDRESS, ADDRESS, "<html><h1>提示信息</h1><p>请输入验证码</p></html>"))
    know(store, SeenPage(url=ADDRESS))

    assert again(store, folders, clock) == ReplayReport(unreadable=1)


def test_a_source_that_is_being_crawled_is_left_alone(store: Store, folders: CrawlFolders, clock: FakeClock):
    with site_locks(folders.locks, ["news.invalid"]), pytest.raises(SourceError, match="正在被抓取"):
        again(store, folders, clock)
