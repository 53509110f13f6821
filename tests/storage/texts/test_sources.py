"""What is remembered of crawling."""

from dataclasses import replace
from datetime import timedelta

from domain.media.crawl import CrawlOutcome, CrawlReport, FetchProblem, PageKind, SeenPage, SitePause, StartPageState
from storage.store import Store
from tests.fakes import NOON


def run(source: str, hours: int, outcome: CrawlOutcome = CrawlOutcome.FINISHED) -> CrawlReport:
    started = NOON + timedelta(hours=hours)
    return CrawlReport(
        source=source,
        started_at=started,
        finished_at=started + timedelta(minutes=5),
        outcome=outcome,
        fetched=3,
        unchanged=2,
        blocked=1,
        failed=0,
        messages=("列表页第2页没有文章",),
    )


def test_a_page_is_remembered_in_its_newest_state_and_per_source(store: Store):
    first = SeenPage(url="https://news.example/1.html", etag='"a"', content_sha256="1")
    changed = SeenPage(url="https://news.example/1.html", etag='"b"', content_sha256="2")

    with store.unit_of_work() as work:
        work.sources.remember("town_news", [first], NOON)
        work.sources.remember("town_news", [changed], NOON)

        [page] = work.sources.seen("town_news")
        assert page == replace(changed, first_seen_at=NOON, asked_at=NOON)
        assert list(work.sources.seen("other_news")) == []


def test_the_last_run_of_every_source_is_known(store: Store):
    blocked = run("b_news", 2, CrawlOutcome.BLOCKED)

    with store.unit_of_work() as work:
        for report in (run("b_news", 1), run("a_news", 1), blocked):
            work.sources.add_run(report)

        assert work.sources.last_runs() == [run("a_news", 1), blocked]


def test_a_page_is_remembered_with_what_decides_when_it_is_asked_for_again(store: Store):
    refused = SeenPage(
        url="https://news.example/枣.html",
        kind=PageKind.ARTICLE,
        published_at=NOON - timedelta(days=2),
        first_seen_at=NOON - timedelta(days=1),
        asked_at=NOON,
        problem=FetchProblem.CAPTCHA,
        failures=2,
    )
    with store.unit_of_work() as work:
        work.sources.remember("town_news", [refused], NOON)
        work.sources.remember_new("town_news", [SeenPage(url=refused.url, etag='"late"')], NOON)

        assert list(work.sources.seen("town_news")) == [refused]


def test_a_pause_of_a_site_holds_until_the_site_answers_again(store: Store):
    pause = SitePause(host="news.example", until=NOON + timedelta(hours=1), times=2)
    with store.unit_of_work() as work:
        work.sources.pause(SitePause(host="news.example", until=NOON))
        work.sources.pause(pause)
        assert work.sources.pauses({"news.example", "other.example"}) == {"news.example": pause}

        work.sources.end_pauses({"news.example"})
        assert work.sources.pauses({"news.example"}) == {}


def test_the_latest_runs_of_every_source_that_began_come_newest_first_with_their_problems(store: Store):
    told = replace(run("a_news", 3), listed=40, known=30, read=9, problems={"captcha": 1}, hits={"title": 9})
    told = replace(
        told, start_pages={"http://a.cn/一 页/": StartPageState.BARREN, "http://a.cn/": StartPageState.NAMES}
    )
    with store.unit_of_work() as work:
        for report in (run("a_news", 1), run("b_news", 1), run("a_news", 2), told):
            work.sources.add_run(report)

        for hours in (4, 5):
            work.sources.add_run(run("a_news", hours, CrawlOutcome.PAUSED))

        assert work.sources.latest_runs(2) == {"a_news": [told, run("a_news", 2)], "b_news": [run("b_news", 1)]}


def test_a_spool_file_is_taken_in_from_where_it_was_left(store: Store):
    with store.unit_of_work() as work:
        assert work.sources.spool_lines("town_news-1.jsonl") == 0
        work.sources.set_spool_lines("town_news-1.jsonl", 4)
        work.sources.set_spool_lines("town_news-1.jsonl", 9)

        assert work.sources.spool_lines("town_news-1.jsonl") == 9


def test_the_runs_since_a_moment_are_known_by_source(store: Store):
    with store.unit_of_work() as work:
        for report in (run("a_news", 1), run("a_news", 5), run("b_news", 3)):
            work.sources.add_run(report)

        assert work.sources.runs_since(NOON + timedelta(hours=3)) == {
            "a_news": [run("a_news", 5)],
            "b_news": [run("b_news", 3)],
        }
