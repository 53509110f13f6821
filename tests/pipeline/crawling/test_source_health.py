"""Verdicts on media: what is wrong is said the same day, what is only a quiet day is not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.declaring.fetch_rules import FetchRules
from domain.media.crawl import CrawlOutcome, CrawlReport, FetchProblem, StartPageState
from domain.media.source_health import SourceVerdict
from pipeline.crawling.source_health import poisson_at_most
from pipeline.policy.calendar import DayKind
from tests.pipeline.media import POLICY, at, crawled, judge, published, run, source

FIRST, LAST = date(2026, 7, 20), date(2026, 10, 25)
TUESDAY = date(2026, 10, 20)


def like_a_paper(working: float, weekend: float) -> Callable[[date], float]:
    by_kind = {DayKind.WORKING: working, DayKind.WEEKEND: weekend, DayKind.HOLIDAY: weekend * 0.3}
    return lambda day: by_kind[POLICY.calendar.kind(day)]


def steady(days: int = 30, **changes: object) -> list[CrawlReport]:
    """Three runs a day of five articles, the last one on the Tuesday at 18."""
    first = TUESDAY - timedelta(days=days)
    return [run(at(first + timedelta(days=day), hour), **changes) for day in range(days + 1) for hour in (8, 13, 18)]


def test_a_steady_medium_is_healthy_since_it_has_been_completed():
    runs = steady()

    health = judge(source(), runs, at(TUESDAY, 19))

    assert (health.verdict, health.since, health.last_new) == (
        SourceVerdict.HEALTHY,
        runs[0].started_at,
        runs[-1].finished_at,
    )
    assert (health.days[-1].found, health.days[-2].expected) == (15, 15.0)


def test_a_disabled_medium_is_left_alone_with_its_reason():
    health = judge(source(disabled_because="停刊"), [], at(TUESDAY, 19))

    assert (health.verdict, health.reason) == (SourceVerdict.DISABLED, "停刊")
    assert not health.verdict.needs_a_person


def test_a_medium_that_was_never_crawled_says_so_and_how():
    health = judge(source(), [], at(TUESDAY, 19))

    assert health.verdict is SourceVerdict.NEVER_RAN
    assert "qianshao source crawl town_paper" in health.advice


def test_a_crawl_that_finds_nothing_new_does_not_count_as_new():
    runs = [*steady(), run(at(TUESDAY, 20), 0)]

    assert judge(source(), runs, at(TUESDAY, 21)).last_new == runs[-2].finished_at


def test_a_crawl_that_no_longer_runs_is_failing_however_well_it_ended():
    health = judge(source(), steady(), at(TUESDAY + timedelta(days=2), 8))

    assert (health.verdict, health.since) == (SourceVerdict.FAILING, at(TUESDAY, 18) + timedelta(minutes=10))
    assert "schedule" in health.reason


@pytest.mark.parametrize(
    ("every_minutes", "bad", "verdict"),
    [
        pytest.param(120, 2, SourceVerdict.HEALTHY, id="two failures of a crawl every two hours"),
        pytest.param(120, 3, SourceVerdict.FAILING, id="three failures of it"),
        pytest.param(1440, 1, SourceVerdict.FAILING, id="one failure of a daily crawl"),
    ],
)
def test_failures_are_believed_after_as_many_runs_as_fit_into_some_hours(
    every_minutes: int, bad: int, verdict: SourceVerdict
):
    failed = [run(at(TUESDAY, 19 + hour), 0, outcome=CrawlOutcome.UNREACHABLE) for hour in range(bad)]

    health = judge(source(every_minutes=every_minutes), steady() + failed, at(TUESDAY, 23))

    assert health.verdict is verdict
    if verdict is SourceVerdict.FAILING:
        assert (health.since, "无法访问" in health.reason) == (failed[0].started_at, True)


def test_two_failures_are_believed_when_hours_have_passed_for_such_a_site_is_asked_less_often():
    failed = [run(at(TUESDAY, hour), 0, outcome=CrawlOutcome.UNREACHABLE) for hour in (18.5, 22.5)]

    assert judge(source(), steady() + failed, at(TUESDAY, 23)).verdict is SourceVerdict.HEALTHY
    assert judge(source(), steady() + failed, at(TUESDAY, 24.5)).verdict is SourceVerdict.FAILING


def test_runs_of_a_clock_that_ran_ahead_do_not_make_a_source_healthy_that_is_not_crawled():
    ahead = [run(at(TUESDAY + timedelta(days=20), hour)) for hour in (8, 10, 12)]

    health = judge(source(), [*steady(), *ahead], at(TUESDAY + timedelta(days=2), 8))

    assert (health.verdict, health.last_run) == (SourceVerdict.FAILING, steady()[-1].finished_at)
    assert judge(source(), [*steady(), *ahead], at(TUESDAY, 21)).verdict is SourceVerdict.HEALTHY


def test_a_site_that_asks_for_a_pause_is_blocked_when_nothing_came_for_a_day():
    paused = run(at(TUESDAY + timedelta(days=2), 7), 0, outcome=CrawlOutcome.PAUSED)

    health = judge(source(), [*steady(), paused], at(TUESDAY + timedelta(days=2), 8))

    assert (health.verdict, "要求暂停" in health.reason) == (SourceVerdict.BLOCKED, True)


def test_a_new_source_whose_site_asks_for_a_pause_is_blocked_as_long_as_the_scheduler_comes_by():
    paused = [run(at(TUESDAY, hour), 0, outcome=CrawlOutcome.PAUSED) for hour in (8, 20)]

    health = judge(source(), paused, at(TUESDAY + timedelta(days=1), 8))

    assert (health.verdict, "要求暂停" in health.reason) == (SourceVerdict.BLOCKED, True)
    assert judge(source(), paused, at(TUESDAY + timedelta(days=2), 8)).verdict is SourceVerdict.NEVER_RAN


def test_a_run_that_did_not_begin_neither_fails_nor_heals():
    failed = [run(at(TUESDAY, 19 + hour), 0, outcome=CrawlOutcome.FAILED) for hour in range(3)]
    paused = run(at(TUESDAY, 22.5), 0, outcome=CrawlOutcome.PAUSED)

    assert judge(source(), [*steady(), *failed, paused], at(TUESDAY, 23)).verdict is SourceVerdict.FAILING


@pytest.mark.parametrize(
    ("blocked", "runs", "verdict"),
    [
        pytest.param(20, 1, SourceVerdict.BLOCKED, id="most pages refused"),
        pytest.param(1, 1, SourceVerdict.HEALTHY, id="one page refused once"),
        pytest.param(1, 2, SourceVerdict.BLOCKED, id="one page refused, and again in the next run"),
    ],
)
def test_refusals_are_a_block_when_they_are_many_or_go_on(blocked: int, runs: int, verdict: SourceVerdict):
    refused = [run(at(TUESDAY, 19 + one), 5, blocked=blocked, outcome=CrawlOutcome.BLOCKED) for one in range(runs)]

    assert judge(source(), steady() + refused, at(TUESDAY, 22)).verdict is verdict


def test_runs_that_ask_for_no_article_do_not_end_a_block_of_articles():
    refused = run(at(TUESDAY, 19), 0, unchanged=0, blocked=4, outcome=CrawlOutcome.BLOCKED)
    quiet = run(at(TUESDAY, 20), 0, unchanged=0, listed=0, lists_unchanged=1)
    read = run(at(TUESDAY, 21), 4)

    while_waiting = judge(source(), [*steady(), refused, quiet], at(TUESDAY, 20.5))
    after = judge(source(), [*steady(), refused, quiet, read], at(TUESDAY, 22))

    assert (while_waiting.verdict, while_waiting.since) == (SourceVerdict.BLOCKED, refused.started_at)
    assert after.verdict is SourceVerdict.HEALTHY


def test_lists_that_open_again_end_a_block_of_lists():
    refused = run(at(TUESDAY, 19), 0, unchanged=0, outcome=CrawlOutcome.BLOCKED)
    quiet = run(at(TUESDAY, 20), 0, unchanged=0, listed=0, lists_unchanged=1)

    assert judge(source(), [*steady(), refused, quiet], at(TUESDAY, 21)).verdict is SourceVerdict.HEALTHY


@pytest.mark.parametrize(
    ("every_minutes", "failed", "runs", "verdict"),
    [
        pytest.param(360, 4, 1, SourceVerdict.FAILING, id="four of four, crawled every six hours"),
        pytest.param(360, 2, 1, SourceVerdict.HEALTHY, id="two dead links"),
        pytest.param(120, 4, 1, SourceVerdict.HEALTHY, id="four of four, once"),
        pytest.param(120, 4, 3, SourceVerdict.FAILING, id="four of four, again and again"),
    ],
)
def test_articles_of_which_none_comes_are_a_failure_though_the_lists_open(
    every_minutes: int, failed: int, runs: int, verdict: SourceVerdict
):
    gone = {FetchProblem.GONE.value: failed}
    bad = [run(at(TUESDAY, 19 + one), 0, unchanged=0, failed=failed, problems=gone) for one in range(runs)]
    quiet = run(at(TUESDAY, 22.2), 0, unchanged=0, listed=0, lists_unchanged=1)

    health = judge(source(every_minutes=every_minutes), [*steady(), *bad, quiet], at(TUESDAY, 22.5))

    assert health.verdict is verdict
    if verdict is SourceVerdict.FAILING:
        assert health.reason == "列表页能打开, 最近一次要取的4篇文章一篇也没有取到(页面不存在4次)"
        assert health.since == bad[0].started_at


def test_one_article_that_comes_ends_the_failure_of_the_others():
    bad = run(at(TUESDAY, 19), 0, unchanged=0, failed=4)
    good = run(at(TUESDAY, 20), 1, failed=4)

    assert judge(source(every_minutes=360), [*steady(), bad, good], at(TUESDAY, 21)).verdict is SourceVerdict.HEALTHY


def test_a_block_says_what_the_site_showed_even_when_no_article_was_asked_for():
    login = {FetchProblem.LOGIN.value: 2}
    refused = [run(at(TUESDAY, 19), 0, unchanged=0, outcome=CrawlOutcome.BLOCKED, problems=login)]

    health = judge(source(), steady() + refused, at(TUESDAY, 22))

    assert health.verdict is SourceVerdict.BLOCKED
    assert health.reason == "最近一次抓取连列表页都打不开(要求登录2次)"


def test_a_site_whose_robots_cannot_be_had_is_not_said_to_be_blocking():
    problems = {FetchProblem.ROBOTS_UNAVAILABLE.value: 1}
    failed = [run(at(TUESDAY, 19 + hour), 0, outcome=CrawlOutcome.UNREACHABLE, problems=problems) for hour in range(3)]

    health = judge(source(), steady() + failed, at(TUESDAY, 23))

    assert health.verdict is SourceVerdict.FAILING
    assert health.reason == "连续3次抓取无法访问(robots.txt取不到, 按不允许处理1次)"


def test_lists_without_articles_are_a_changed_layout():
    changed = [run(at(TUESDAY, 19 + hour), 0, outcome=CrawlOutcome.LAYOUT_CHANGED) for hour in range(3)]

    health = judge(source(), steady() + changed, at(TUESDAY, 23))

    assert (health.verdict, health.since) == (SourceVerdict.LAYOUT_CHANGED, changed[0].started_at)
    assert "qianshao source check town_paper" in health.advice


HEALTHY_PAGE, CHANGED_PAGE = "http://a.invalid/one/", "http://a.invalid/two/"


def lists(*states: str, hour: float = 19, every: float = 1) -> list[CrawlReport]:
    """Completed runs of a medium with two start pages, of which the second gave this."""
    pages = ({HEALTHY_PAGE: StartPageState.NAMES, CHANGED_PAGE: StartPageState(state)} for state in states)
    return [run(at(TUESDAY, hour + every * place), start_pages=page) for place, page in enumerate(pages)]


@pytest.mark.parametrize(
    ("every_minutes", "states", "verdict"),
    [
        pytest.param(120, ["names", "barren"], SourceVerdict.HEALTHY, id="one run of a crawl every two hours"),
        pytest.param(120, ["names", "barren", "barren"], SourceVerdict.COLUMN_CHANGED, id="its second run"),
        pytest.param(120, ["names", "barren", "unknown", "barren"], SourceVerdict.COLUMN_CHANGED, id="one not known"),
        pytest.param(120, ["names", "barren", "names"], SourceVerdict.HEALTHY, id="it names articles again"),
        pytest.param(1440, ["names", "barren"], SourceVerdict.COLUMN_CHANGED, id="the first run of a daily crawl"),
        pytest.param(1440, ["names", "missing"], SourceVerdict.HEALTHY, id="a list did not open once"),
        pytest.param(1440, ["names", "missing", "missing"], SourceVerdict.COLUMN_CHANGED, id="nor the second time"),
        pytest.param(120, ["barren", "barren"], SourceVerdict.HEALTHY, id="a new list that never gave anything"),
        pytest.param(120, ["unknown", "unknown"], SourceVerdict.HEALTHY, id="nothing known"),
    ],
)
def test_one_changed_list_among_healthy_ones_is_noticed(every_minutes: int, states: list[str], verdict: SourceVerdict):
    runs = steady() + lists(*states)

    health = judge(source(every_minutes=every_minutes), runs, at(TUESDAY, 23.5))

    assert health.verdict is verdict
    if verdict is SourceVerdict.COLUMN_CHANGED:
        assert health.since == at(TUESDAY, 20)
        assert (CHANGED_PAGE in health.reason, HEALTHY_PAGE in health.reason) == (True, False)
        assert "source check town_paper" in health.advice


def test_a_list_that_never_gave_an_article_is_told_of_after_two_weeks():
    first = TUESDAY - timedelta(days=20)
    pages = {HEALTHY_PAGE: StartPageState.NAMES, CHANGED_PAGE: StartPageState.BARREN}
    runs = [run(at(first + timedelta(days=day), hour), start_pages=pages) for day in range(21) for hour in (8, 13, 18)]

    health = judge(source(), runs, at(TUESDAY, 19))

    assert (health.verdict, "从来没有" in health.reason) == (SourceVerdict.COLUMN_CHANGED, True)


def test_a_start_page_that_was_taken_out_of_the_declaration_is_not_missed():
    without = run(at(TUESDAY, 22), start_pages={HEALTHY_PAGE: StartPageState.NAMES})

    health = judge(source(), [*steady(), *lists("names", "barren", "barren"), without], at(TUESDAY, 23))

    assert health.verdict is SourceVerdict.HEALTHY


def test_a_selector_that_hit_and_hits_no_more_is_a_changed_layout_though_articles_still_come():
    hits = {"title": 6, "text": 6, "published_at": 6, "select.body": 0}

    health = judge(source(), [*steady(), run(at(TUESDAY, 20), 6, hits=hits)], at(TUESDAY, 21))

    assert (health.verdict, health.hit_rates["select.body"]) == (SourceVerdict.LAYOUT_CHANGED, 0.0)
    assert "select" not in health.reason
    assert "body" in health.reason


def test_a_selector_that_was_taken_out_of_the_declaration_is_not_missed():
    last = run(at(TUESDAY, 20), 6, hits={"title": 6, "text": 6, "published_at": 6})

    assert judge(source(), [*steady(), last], at(TUESDAY, 21)).verdict is SourceVerdict.LAYOUT_CHANGED
    assert judge(source(selectors=frozenset()), [*steady(), last], at(TUESDAY, 21)).verdict is SourceVerdict.HEALTHY


def test_a_selector_that_never_hit_much_has_not_changed():
    runs = steady(hits={"title": 5, "text": 5, "published_at": 5, "select.author": 1})
    last = run(at(TUESDAY, 20), 6, hits={"title": 6, "text": 6, "published_at": 6, "select.author": 0})

    watched = source(selectors=frozenset({"author"}))
    assert judge(watched, [*runs, last], at(TUESDAY, 21)).verdict is SourceVerdict.HEALTHY


def test_dates_that_are_found_no_more_are_poor_extraction():
    hits = {"title": 6, "text": 6, "published_at": 1, "select.body": 6}

    health = judge(source(), [*steady(), run(at(TUESDAY, 20), 6, hits=hits)], at(TUESDAY, 21))

    assert (health.verdict, "发布时间" in health.reason) == (SourceVerdict.POOR_EXTRACTION, True)


def test_pages_without_title_or_body_are_poor_extraction_and_not_silence():
    last = run(at(TUESDAY, 20), 1, failed=9, read=1, problems={FetchProblem.NO_BODY: 9}, hits={"title": 1, "text": 1})

    assert judge(source(), [*steady(), last], at(TUESDAY, 21)).verdict is SourceVerdict.POOR_EXTRACTION


def test_two_odd_pages_are_not_poor_extraction():
    last = run(at(TUESDAY, 20), 0, failed=2, read=0, problems={FetchProblem.NO_BODY: 2}, hits={})

    assert judge(source(), [*steady(), last], at(TUESDAY, 21)).verdict is SourceVerdict.HEALTHY


def test_lists_of_which_the_end_is_never_reached_are_said_once_it_is_no_accident():
    capped = {"problems": {FetchProblem.LINK_LIMIT.value: 1}}
    runs = steady()

    def verdict(number: int) -> SourceVerdict:
        latest = [run(at(TUESDAY, 19 + one), **capped) for one in range(number)]
        return judge(source(every_minutes=120), [*runs, *latest], at(TUESDAY, 23)).verdict

    assert [verdict(number) for number in (1, 3)] == [SourceVerdict.HEALTHY, SourceVerdict.FALLING_BEHIND]
    whole = [*runs, *(run(at(TUESDAY, hour), **capped) for hour in (19, 20, 21)), run(at(TUESDAY, 22))]
    assert judge(source(), whole, at(TUESDAY, 23)).verdict is SourceVerdict.HEALTHY


def test_before_there_is_a_history_the_declared_numbers_count():
    young = [run(at(TUESDAY - timedelta(days=day), 18), 0 if day < 2 else 9) for day in (3, 2, 1, 0)]

    assert judge(source(least_per_day=8), young, at(TUESDAY, 21)).verdict is SourceVerdict.SILENT
    assert judge(source(least_per_day=0), young, at(TUESDAY, 21)).verdict is SourceVerdict.HEALTHY


def test_a_medium_is_silent_at_last_after_the_declared_days_and_holidays_are_none_of_them():
    def days_after(first: date, days: int) -> SourceVerdict:
        runs = [run(at(first, 9)), *(run(at(first + timedelta(days=day), 9), 0) for day in range(1, days + 1))]
        watched = source(least_per_day=0, stale_after_days=5)
        return judge(watched, runs, runs[-1].finished_at).verdict

    assert days_after(date(2026, 10, 12), 4) is SourceVerdict.HEALTHY
    assert days_after(date(2026, 10, 12), 5) is SourceVerdict.SILENT
    assert days_after(date(2026, 9, 30), 9) is SourceVerdict.HEALTHY
    assert days_after(date(2026, 9, 30), 12) is SourceVerdict.SILENT


def test_a_volume_that_falls_without_stopping_is_noticed():
    articles = published(like_a_paper(24, 10), FIRST, LAST, seed=3)
    thinned = [one for at_, one in enumerate(articles) if one < at(TUESDAY, 0) or at_ % 8 == 0]

    runs = [one for one in crawled(thinned, FIRST, LAST) if one.started_at < at(date(2026, 10, 23), 0)]
    health = judge(source(), runs, runs[-1].finished_at)

    assert health.verdict is SourceVerdict.SILENT


@pytest.mark.parametrize(
    ("working", "weekend", "batch"),
    [
        pytest.param(30, 12, False, id="thirty a day"),
        pytest.param(8, 3, False, id="eight a day"),
        pytest.param(3, 1, False, id="three a day"),
        pytest.param(24, 0, True, id="an e-paper on working days"),
        pytest.param(1, 0, True, id="one bulletin on working days"),
    ],
)
def test_ordinary_weeks_and_the_national_day_raise_no_alarm(working: float, weekend: float, batch: bool):
    articles = published(like_a_paper(working, weekend), FIRST, LAST, seed=11, batch=batch)
    runs = crawled(articles, FIRST, LAST, every_minutes=240)

    month = [index for index, one in enumerate(runs) if one.started_at >= at(date(2026, 9, 24), 0)]
    needing = [
        runs[index].started_at
        for index in month
        if judge(source(), runs[: index + 1], runs[index].finished_at).verdict.needs_a_person
    ]

    assert needing == []


@pytest.mark.parametrize(
    ("working", "weekend", "batch"),
    [
        pytest.param(30, 12, False, id="thirty a day"),
        pytest.param(12, 4, False, id="twelve a day"),
        pytest.param(24, 0, True, id="an e-paper on working days"),
        pytest.param(1, 0, True, id="one bulletin on working days"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_medium_that_stops_is_silent_the_same_day(working: float, weekend: float, batch: bool, seed: int):
    articles = published(like_a_paper(working, weekend), FIRST, LAST, seed=seed, batch=batch)
    runs = crawled([one for one in articles if one < at(TUESDAY, 0)], FIRST, TUESDAY)

    health = judge(source(), runs, runs[-1].finished_at)

    assert (health.verdict, health.last_new) == (
        SourceVerdict.SILENT,
        [one.finished_at for one in runs if one.fetched][-1],
    )


def test_a_medium_that_stops_is_silent_the_same_day_though_it_is_asked_less_and_less_often():
    articles = published(like_a_paper(20, 8), FIRST, LAST, seed=5)
    runs = crawled([one for one in articles if one < at(TUESDAY, 0)], FIRST, TUESDAY, rules=FetchRules())

    health = judge(source(), runs, at(TUESDAY, 22.7))

    assert health.verdict is SourceVerdict.SILENT


@given(count=st.integers(0, 200), mean=st.floats(0, 5000))
def test_the_chance_of_few_events_is_a_chance(count: int, mean: float):
    assert 0.0 <= poisson_at_most(count, mean) <= 1.0


def test_the_chance_of_few_events_agrees_with_the_table():
    assert poisson_at_most(0, 4.6) == pytest.approx(0.01005, abs=1e-4)
    assert poisson_at_most(3, 5.0) == pytest.approx(0.26503, abs=1e-4)
