"""How many new articles a medium should bring: by its own history, by day of the week and holidays; pure."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from statistics import median, quantiles

from domain.clock import CHINA, china_date
from domain.media.crawl import CrawlOutcome, CrawlReport
from domain.media.source_health import DayVolume, WatchedSource
from pipeline.policy.calendar import Calendar, DayKind, days_between
from pipeline.policy.source_health_tables import SourceHealthPolicy

_SHOWN_DAYS = 30
_LEAST_FOR_PERCENTILE = 20


class ExpectedVolume:
    """What each day should bring, and how long the medium has been quiet before."""

    def __init__(
        self,
        source: WatchedSource,
        runs: Sequence[CrawlReport],
        *,
        today: date,
        policy: SourceHealthPolicy,
        calendar: Calendar,
    ) -> None:
        """Learn from the runs, oldest first; the day of `today` is not over and teaches nothing."""
        self._source, self._runs, self._today = source, runs, today
        self._policy, self._calendar = policy, calendar
        self._found: dict[date, int] = defaultdict(int)
        self._crawled: set[date] = set()
        for run in runs:
            day = china_date(run.finished_at)
            self._found[day] += run.fetched
            if run.outcome is CrawlOutcome.FINISHED:
                self._crawled.add(day)
        self._expected: dict[date, float] = {}

    @property
    def known(self) -> bool:
        """True when the medium's own history is long enough; else the declared numbers count."""
        return len(self._history) >= self._policy.history.least_days

    def expected(self, day: date) -> float:
        """Articles that a day like this usually brings."""
        if day not in self._expected:
            self._expected[day] = self._usual(day) if self.known else self._declared(day)
        return self._expected[day]

    def due(self, start: datetime, end: datetime) -> float:
        """Articles that should have come between two moments."""
        if end <= start:
            return 0.0
        days = days_between(china_date(start), china_date(end))
        return sum(self.expected(day) * self._share(day, start, end) for day in days)

    def longest_spell(self) -> float | None:
        """The longest quiet spell of the history in articles due, outages left out; None where too few are known."""
        policy = self._policy.silent
        first = self._first_day
        moments = [run.started_at for run in self._runs if run.fetched and china_date(run.started_at) >= first]
        spells = [self.due(*pair) for pair in itertools.pairwise(moments)]
        if not self.known or len(spells) < policy.least_spells:
            return None
        usual = quantiles(spells, n=_LEAST_FOR_PERCENTILE)[-1]
        return max(spell for spell in spells if spell <= max(usual * policy.outage, policy.never_below))

    def has_no_empty_days(self, day: date) -> bool:
        """True when no day like this ever passed without an article, and enough are known."""
        days = self._by_kind[self._calendar.kind(day)]
        return self.known and len(days) >= self._policy.silent.least_full_days and min(days) > 0

    def last_closed_day(self, moment: datetime) -> date:
        """The last day whose publishing hours were over at the moment."""
        closed = moment.astimezone(CHINA).hour >= self._policy.history.last_hour
        return china_date(moment) - timedelta(days=0 if closed else 1)

    def last_days(self) -> tuple[DayVolume, ...]:
        """The latest days up to today, oldest first."""
        first = self._today - timedelta(days=_SHOWN_DAYS - 1)
        return tuple(
            DayVolume(
                day=day, found=self._found[day], expected=round(self.expected(day), 1), crawled=day in self._crawled
            )
            for day in days_between(first, self._today)
        )

    def found(self, days: Sequence[date]) -> int:
        """Articles that came on these days."""
        return sum(self._found[day] for day in days)

    @cached_property
    def _first_day(self) -> date:
        left_out = timedelta(days=self._policy.history.first_days_left_out)
        return china_date(self._runs[0].started_at) + left_out if self._runs else self._today

    @cached_property
    def _history(self) -> list[date]:
        return sorted(day for day in self._crawled if self._first_day <= day < self._today)

    @cached_property
    def _by_kind(self) -> dict[DayKind, list[int]]:
        found: dict[DayKind, list[int]] = defaultdict(list)
        for day in self._history:
            found[self._calendar.kind(day)].append(self._found[day])
        return found

    @cached_property
    def _by_weekday(self) -> dict[int, list[int]]:
        """Days that were what their weekday says: neither holidays nor exchanged."""
        found: dict[int, list[int]] = defaultdict(list)
        for day in self._history:
            if self._calendar.kind(day) is _plain(day):
                found[day.isoweekday()].append(self._found[day])
        return found

    def _usual(self, day: date) -> float:
        kind, least = self._calendar.kind(day), self._policy.history.least_of_a_weekday
        same_weekday = self._by_weekday[day.isoweekday()]
        if kind is _plain(day) and len(same_weekday) >= least:
            return float(median(same_weekday))
        if len(self._by_kind[kind]) >= least:
            return float(median(self._by_kind[kind]))
        every = [self._found[one] for one in self._history]
        if kind is DayKind.HOLIDAY:
            return median(self._by_kind[DayKind.WEEKEND] or every) * self._policy.history.holiday_share
        return float(median(every))

    def _declared(self, day: date) -> float:
        holiday = self._calendar.kind(day) is DayKind.HOLIDAY
        return self._source.least_per_day * (self._policy.history.holiday_share if holiday else 1.0)

    def _share(self, day: date, start: datetime, end: datetime) -> float:
        """Which part of the day's publishing hours lies between the moments."""
        hours = self._policy.history
        midnight = datetime.combine(day, time(), CHINA)
        opens, closes = midnight + timedelta(hours=hours.first_hour), midnight + timedelta(hours=hours.last_hour)
        inside = min(end, closes) - max(start, opens)
        return max(0.0, inside / (closes - opens))


def _plain(day: date) -> DayKind:
    return DayKind.WEEKEND if day.isoweekday() > 5 else DayKind.WORKING
