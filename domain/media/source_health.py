"""How a medium is: judged from the runs of its crawl, told to an operator, remembered as alarms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.labelled import Labelled


class SourceVerdict(Labelled):
    """What a medium's latest runs say of it; everything but the first and the last needs a person."""

    HEALTHY = "healthy", "正常"
    SILENT = "silent", "静默"
    LAYOUT_CHANGED = "layout_changed", "页面改版"
    COLUMN_CHANGED = "column_changed", "栏目改版"
    """One start page among several gives no articles any more; the others do."""
    BLOCKED = "blocked", "被拦截"
    FAILING = "failing", "抓取失败"
    NEVER_RAN = "never_ran", "从未抓取"
    POOR_EXTRACTION = "poor_extraction", "正文提取变差"
    FALLING_BEHIND = "falling_behind", "取不完"
    MISDECLARED = "misdeclared", "声明有误"
    DISABLED = "disabled", "停用"

    @property
    def needs_a_person(self) -> bool:
        """True when somebody has to look at the medium."""
        return self not in (SourceVerdict.HEALTHY, SourceVerdict.DISABLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A medium as people know it."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSource(Medium):
    """What is declared of a medium, as far as its health is concerned."""

    region: str
    every_minutes: int
    slowest_minutes: int
    """How seldom it is polled at most while it brings nothing or refuses."""
    least_per_day: int
    most_per_day: int
    stale_after_days: int
    selectors: frozenset[str] = frozenset()
    """Parts of an article for which a selector is declared."""
    disabled_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayVolume:
    """New articles of one day beside what that day of the week usually brings."""

    day: date
    found: int
    expected: float
    crawled: bool
    """True when at least one run of the day was completed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A verdict on one medium with its reasons; texts are Chinese and name no person."""

    source: Medium
    """A WatchedSource, unless the declaration cannot be read."""
    verdict: SourceVerdict
    since: datetime | None
    """When it began, None where nobody can know: a medium that was never crawled."""
    reason: str
    advice: str
    last_new: datetime | None
    """When the last new article came in; a crawl that finds nothing new does not move it."""
    last_run: datetime | None
    days: tuple[DayVolume, ...] = ()
    hit_rates: Mapping[str, float] = field(default_factory=dict)
    """Share of the latest pages on which each declared selector found something, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One spell in which a medium needed a person."""

    number: int
    source: str
    verdict: SourceVerdict
    """As it is or was last."""
    began_at: datetime
    since: datetime | None
    reason: str
    ended_at: datetime | None = None
