from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from crawlers.declaring.fetch_rules import FetchRules
from crawlers.spooling.schedule import interval, is_due, pause_length
from domain.media.crawl import CrawlOutcome, CrawlReport, FetchProblem, PageKind, SeenPage
from tests.fakes import NOON

RULES = FetchRules()
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def article(asked: datetime, published: datetime | None = NOON, **more: object) -> SeenPage:
    return replace(SeenPage(url="http://a.cn/1.html", published_at=published, asked_at=asked), **more)


@pytest.mark.parametrize(
    ("asked_after", "now_after", "due"),
    [
        pytest.param(HOUR, 20 * HOUR, False, id="not yet a day old"),
        pytest.param(HOUR, DAY, True, id="a day old"),
        pytest.param(25 * HOUR, 2 * DAY, False, id="asked after the first day"),
        pytest.param(25 * HOUR, 3 * DAY, True, id="three days old"),
        pytest.param(HOUR, 8 * DAY, True, id="all days missed: one visit"),
        pytest.param(8 * DAY, 12 * DAY, False, id="asked after the last day"),
        pytest.param(HOUR, 15 * DAY, False, id="nobody corrects it any more"),
    ],
)
def test_an_article_is_asked_for_again_on_the_declared_days(asked_after, now_after, due: bool):
    assert is_due(article(NOON + asked_after), RULES, NOON + now_after) is due


def test_an_article_without_date_counts_from_when_it_was_first_seen():
    page = article(NOON + HOUR, None, first_seen_at=NOON)

    assert is_due(page, RULES, NOON + DAY)
    assert not is_due(page, FetchRules(recheck_days=()), NOON + DAY)


def visits(page: SeenPage, days: int) -> list[int]:
    """Days after publication on which a page is asked for again when a run looks every day and nothing changes."""
    asked = []
    for day in range(1, days):
        if is_due(page, RULES, NOON + day * DAY):
            asked.append(day)
            page = replace(page, asked_at=NOON + day * DAY)
    return asked


def test_a_message_without_reply_is_asked_for_at_growing_intervals_up_to_the_declared_limit():
    asked = visits(article(NOON + HOUR, kind=PageKind.QUESTION), 400)

    waits = [later - earlier for earlier, later in pairwise([0, *asked])]
    assert waits == sorted(waits)
    assert asked[-1] == 90
    assert max(waits) <= 14
    assert visits(article(NOON + HOUR), 400) == [1, 3, 7]


def test_a_message_that_was_first_seen_after_the_limit_is_left_alone():
    late = article(NOON + 91 * DAY, kind=PageKind.QUESTION)

    assert not is_due(late, RULES, NOON + 100 * DAY)


def test_without_days_of_its_own_a_message_is_visited_like_an_article():
    page = article(NOON + 8 * DAY, kind=PageKind.QUESTION)

    assert is_due(page, RULES, NOON + 12 * DAY)
    assert not is_due(page, FetchRules(reply_days=()), NOON + 12 * DAY)


def test_a_site_that_was_down_does_not_end_the_wait_for_a_reply():
    down = article(NOON + 20 * DAY, kind=PageKind.QUESTION, problem=FetchProblem.TIMEOUT, failures=5)

    assert not is_due(down, RULES, NOON + 24 * DAY)
    assert is_due(down, RULES, NOON + 25 * DAY)
    assert not is_due(replace(down, kind=PageKind.ARTICLE), RULES, NOON + 25 * DAY)


@pytest.mark.parametrize(("failures", "hours"), [(1, 1), (2, 6), (3, 24), (4, 72)])
def test_a_page_that_did_not_come_is_tried_after_longer_and_longer_waits(failures: int, hours: int):
    page = article(NOON, problem=FetchProblem.TIMEOUT, failures=failures, first_seen_at=NOON)

    assert not is_due(page, RULES, NOON + (hours - 1) * HOUR)
    assert is_due(page, RULES, NOON + hours * HOUR)


def test_a_page_that_a_clock_asked_for_which_ran_ahead_is_tried_when_it_is_put_back():
    page = article(NOON + 20 * DAY, problem=FetchProblem.TIMEOUT, failures=1)

    assert is_due(page, RULES, NOON)


def test_a_page_that_never_comes_is_given_up_but_a_refused_one_is_tried_for_a_month():
    gone = article(NOON, problem=FetchProblem.GONE, failures=5, first_seen_at=NOON)
    refused = replace(gone, problem=FetchProblem.CAPTCHA)

    assert not is_due(gone, RULES, NOON + 20 * DAY)
    assert is_due(refused, RULES, NOON + 20 * DAY)
    assert not is_due(refused, RULES, NOON + 40 * DAY)


def runs(*outcomes: tuple[CrawlOutcome, int]) -> list[CrawlReport]:
    """Runs, newest first."""
    return [
        CrawlReport(
            source="a",
            started_at=NOON,
            finished_at=NOON,
            outcome=outcome,
            fetched=new,
            unchanged=0,
            blocked=0,
            failed=0,
        )
        for outcome, new in outcomes
    ]


DONE, BLOCKED = CrawlOutcome.FINISHED, CrawlOutcome.BLOCKED


@pytest.mark.parametrize(
    ("history", "minutes"),
    [
        pytest.param(runs(), 60, id="never ran"),
        pytest.param(runs((DONE, 1)), 60, id="something new"),
        pytest.param(runs((DONE, 0), (DONE, 3)), 60, id="one quiet run says nothing"),
        pytest.param(runs((DONE, 0), (DONE, 0), (DONE, 3)), 90, id="two quiet runs"),
        pytest.param(runs(*[(DONE, 0)] * 10), 480, id="quiet for long: the slowest"),
        pytest.param(runs((DONE, 9), (DONE, 0)), 30, id="much"),
        pytest.param(runs((BLOCKED, 9)), 120, id="refused"),
        pytest.param(runs((BLOCKED, 0), (BLOCKED, 0)), 240, id="refused twice"),
    ],
)
def test_how_often_a_source_is_asked_follows_what_it_brought(history, minutes: int):
    assert interval(60, history, RULES) == timedelta(minutes=minutes)


def test_the_declared_bounds_hold():
    rules = FetchRules(slowest_minutes=100, fastest_minutes=50)

    assert interval(60, runs(*[(DONE, 0)] * 10), rules) == timedelta(minutes=100)
    assert interval(60, runs((DONE, 99)), rules) == timedelta(minutes=50)
    assert interval(2880, runs(*[(DONE, 0)] * 10), RULES) == timedelta(minutes=2880)


def test_pauses_grow_up_to_a_day():
    assert [pause_length(times) for times in (1, 2, 3)] == [timedelta(minutes=minutes) for minutes in (10, 20, 40)]
    assert pause_length(5000) == DAY
