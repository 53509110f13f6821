"""Invented media and the runs of their crawls."""

import random
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from crawlers.declaring.fetch_rules import FetchRules
from crawlers.spooling.schedule import interval
from domain.clock import CHINA, china_date
from domain.media.crawl import CrawlOutcome, CrawlReport
from domain.media.source_health import SourceHealth, WatchedSource
from pipeline.crawling.source_health import judge_source
from pipeline.policy.tables import load_policy

POLICY = load_policy()


def at(day: date, hour: float) -> datetime:
    """A moment in China."""
    return datetime.combine(day, time(), CHINA) + timedelta(hours=hour)


def source(name: str = "town_paper", **changes: object) -> WatchedSource:
    """A daily paper that is crawled every two hours."""
    values: dict[str, object] = {
        "name": name,
        "title": "乡川要闻",
        "region": "141124",
        "every_minutes": 120,
        "slowest_minutes": 960,
        "least_per_day": 1,
        "most_per_day": 40,
        "stale_after_days": 7,
        "selectors": frozenset({"body"}),
        **changes,
    }
    return WatchedSource(**values)  # type: ignore[arg-type]


def run(moment: datetime, fetched: int = 5, **changes: object) -> CrawlReport:
    """A run of ten minutes that found everything on every page."""
    values: dict[str, object] = {
        "source": "town_paper",
        "started_at": moment,
        "finished_at": moment + timedelta(minutes=10),
        "outcome": CrawlOutcome.FINISHED,
        "fetched": fetched,
        "unchanged": 3,
        "blocked": 0,
        "failed": 0,
        "lists": 1,
        "listed": 20,
        "read": fetched,
        "hits": {"title": fetched, "text": fetched, "published_at": fetched, "select.body": fetched},
        **changes,
    }
    return CrawlReport(**values)  # type: ignore[arg-type]


def judge(watched: WatchedSource, runs: list[CrawlReport], now: datetime) -> SourceHealth:
    """The verdict under the shipped policy."""
    return judge_source(watched, runs, now=now, policy=POLICY.source_health, calendar=POLICY.calendar)


def published(
    volume: Callable[[date], float], first: date, last: date, *, seed: int, batch: bool = False
) -> list[datetime]:
    """When articles appear: independently between 8 and 20, or as one issue at 7 in the morning."""
    chance, moments = random.Random(seed), []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if batch:
            moments += [at(day, 7)] * round(volume(day))
            continue
        hour = 8.0
        while volume(day) and (hour := hour + chance.expovariate(volume(day) / 12)) < 20:
            moments.append(at(day, hour))
    return moments


def crawled(
    articles: list[datetime], first: date, last: date, *, every_minutes: int = 120, rules: FetchRules | None = None
) -> list[CrawlReport]:
    """Runs between 6 and 22, each bringing what appeared since the one before; with `rules` polled adaptively."""
    runs: list[CrawlReport] = []
    taken, moment = 0, at(first, 6)
    while china_date(moment) <= last:
        if 6 <= moment.astimezone(CHINA).hour < 23:
            there = bisect_right(articles, moment)
            runs.append(run(moment, there - taken))
            taken = there
        wait = interval(every_minutes, runs[:-9:-1], rules) if rules else timedelta(minutes=every_minutes)
        moment += wait if 6 <= moment.astimezone(CHINA).hour < 23 else timedelta(minutes=30)
    return runs
