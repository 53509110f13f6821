"""The health of one medium from its declaration and the runs of its crawl; pure, the clock is an argument.

The first question that is answered with yes gives the verdict: disabled, never ran, not running, blocked, failing,
none of its articles came, layout changed, one list changed, poor extraction, falling behind, silent. Thresholds are in
`pipeline/policy/source_health.toml`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from domain.clock import CHINA, china_date
from domain.media.crawl import CrawlOutcome, CrawlReport, FetchProblem, StartPageState, Weight
from domain.media.source_health import SourceHealth, SourceVerdict, WatchedSource
from pipeline.crawling.expected_volume import ExpectedVolume
from pipeline.crawling.hit_rates import HitRates
from pipeline.crawling.lost_pages import lost_page
from pipeline.policy.calendar import Calendar, DayKind, days_between
from pipeline.policy.source_health_tables import SourceHealthPolicy

_ADVICE = {
    SourceVerdict.HEALTHY: "",
    SourceVerdict.DISABLED: "",
    SourceVerdict.NEVER_RAN: "运行 qianshao source crawl {name}, 并确认 qianshao schedule 在运行",
    SourceVerdict.BLOCKED: "用浏览器打开该站看是否要验证或登录; 与网站联系或放慢抓取; 不要绕过验证。期间可用粘贴录入",
    SourceVerdict.FAILING: "用浏览器看该站能否打开; 换了地址就改来源声明, 长期打不开就停用并写明原因",
    SourceVerdict.LAYOUT_CHANGED: "运行 qianshao source check {name} 核对选择器, 按提示改来源声明",
    SourceVerdict.COLUMN_CHANGED: "用浏览器看该列表页: 换了地址就改 start, 否则运行 qianshao source check {name} 核对",
    SourceVerdict.POOR_EXTRACTION: "运行 qianshao source check {name}, 看标题、正文、时间哪一项取不到, 补选择器",
    SourceVerdict.FALLING_BEHIND: "看列表页新链接为什么这么多: 选择器太宽就收窄, 确实多就加大声明里的 fetch.max_links",
    SourceVerdict.SILENT: "用浏览器看该站是否还在更新: 停更就停用并写明原因, 换了栏目就改起始地址",
}
_UNREACHED = frozenset({CrawlOutcome.FAILED, CrawlOutcome.UNREACHABLE})


@dataclass(frozen=True, slots=True)
class _Found:
    """A verdict before it is dressed."""

    verdict: SourceVerdict
    since: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """Everything that the questions ask about; runs are oldest first and really began."""

    source: WatchedSource
    runs: Sequence[CrawlReport]
    last_attempt: CrawlReport | None
    """The latest run even where it did not begin."""
    volume: ExpectedVolume
    rates: HitRates
    now: datetime
    policy: SourceHealthPolicy
    calendar: Calendar

    @property
    def last_new(self) -> datetime | None:
        """When the last run ended that brought a new article."""
        return last_new(self.runs)

    def streak(self, is_bad: Callable[[CrawlReport], bool]) -> list[CrawlReport]:
        """The latest runs in a row that are bad, oldest first."""
        found: list[CrawlReport] = []
        for run in reversed(self.runs):
            if not is_bad(run):
                break
            found.insert(0, run)
        return found

    def believes(self, streak: Sequence[CrawlReport]) -> bool:
        """True when so many bad runs in a row, or bad runs for so long, are no accident.

        The time counts too because a site that does not answer is asked less and less often.
        """
        failing = self.policy.failing
        if len(streak) >= failing.runs(self.source.every_minutes):
            return True
        return len(streak) > 1 and self.now - streak[0].started_at >= timedelta(hours=failing.hours)


def last_new(runs: Sequence[CrawlReport]) -> datetime | None:
    """When the last of the runs ended that brought a new article; `runs` oldest first."""
    return next((run.finished_at for run in reversed(runs) if run.fetched), None)


def judge_source(
    source: WatchedSource,
    runs: Sequence[CrawlReport],
    *,
    now: datetime,
    policy: SourceHealthPolicy,
    calendar: Calendar,
) -> SourceHealth:
    """The verdict with since when, why and what to do; `runs` are the medium's own, oldest first.

    Those yet to come were made while the clock ran ahead: they say nothing of how it goes now.
    """
    runs = [run for run in runs if run.started_at <= now]
    began = [run for run in runs if run.outcome.began]
    volume = ExpectedVolume(source, began, today=china_date(now), policy=policy, calendar=calendar)
    rates = HitRates(began, selectors=source.selectors, now=now, policy=policy.hit_rates)
    case = _Case(
        source=source,
        runs=began,
        last_attempt=runs[-1] if runs else None,
        volume=volume,
        rates=rates,
        now=now,
        policy=policy,
        calendar=calendar,
    )
    found = next(verdict for question in _QUESTIONS if (verdict := question(case)) is not None)
    return SourceHealth(
        source=source,
        verdict=found.verdict,
        since=found.since,
        reason=found.reason,
        advice=_ADVICE[found.verdict].format(name=source.name),
        last_new=case.last_new,
        last_run=began[-1].finished_at if began else None,
        days=volume.last_days(),
        hit_rates=rates.latest,
    )


def _disabled(case: _Case) -> _Found | None:
    because = case.source.disabled_because
    return _Found(SourceVerdict.DISABLED, None, because) if because is not None else None


def _never_ran(case: _Case) -> _Found | None:
    if case.runs:
        return None
    days = case.policy.history.days
    if _is_paused(case):
        return _Found(SourceVerdict.BLOCKED, None, f"网站要求暂停, 近{days}天没有抓到")
    return _Found(SourceVerdict.NEVER_RAN, None, f"声明了来源, 近{days}天没有抓取过")


def _not_running(case: _Case) -> _Found | None:
    last = case.runs[-1].finished_at
    if case.now - last <= _longest_gap(case):
        return None
    hours = int((case.now - last) / timedelta(hours=1))
    if _is_paused(case):
        return _Found(SourceVerdict.BLOCKED, last, f"网站要求暂停, 已有{hours}小时没有抓到")
    return _Found(SourceVerdict.FAILING, last, f"已有{hours}小时没有抓取, 请先确认 qianshao schedule 在运行")


def _longest_gap(case: _Case) -> timedelta:
    failing = case.policy.failing
    return max(
        timedelta(minutes=case.source.every_minutes * failing.overdue_intervals),
        timedelta(minutes=case.source.slowest_minutes * failing.overdue_share_of_slowest),
        timedelta(hours=failing.overdue_hours),
    )


def _is_paused(case: _Case) -> bool:
    """True when the scheduler came by and left the site alone, as it was asked to."""
    attempt = case.last_attempt
    if attempt is None or attempt.outcome is not CrawlOutcome.PAUSED:
        return False
    return case.now - attempt.finished_at <= _longest_gap(case)


def _blocked(case: _Case) -> _Found | None:
    streak = _refused_runs(case.runs)
    if not streak:
        return None
    last, policy = streak[-1], case.policy.blocked
    share = last.blocked / _articles_asked(last) if _articles_asked(last) else 1.0
    if len(streak) < policy.runs and share < policy.share:
        return None
    said = _problems(last, Weight.BLOCKED)
    reason = f"最近一次抓取有{last.blocked}页被拦截" if last.blocked else "最近一次抓取连列表页都打不开"
    return _Found(SourceVerdict.BLOCKED, streak[0].started_at, f"{reason}{said}")


def _refused_runs(runs: Sequence[CrawlReport]) -> list[CrawlReport]:
    """The latest runs in a row that were refused, oldest first.

    What was refused is asked for again hours later: a run before that asks for no article, and says nothing of them.
    """
    found: list[CrawlReport] = []
    no_article_since = False
    for run in reversed(runs):
        if run.outcome is CrawlOutcome.BLOCKED and (run.blocked or not no_article_since):
            found.insert(0, run)
        elif run.outcome is CrawlOutcome.FINISHED and not _articles_asked(run):
            no_article_since = True
        else:
            break
    return found


def _articles_asked(run: CrawlReport) -> int:
    return run.fetched + run.unchanged + run.blocked + run.failed


def _failing(case: _Case) -> _Found | None:
    streak = case.streak(lambda run: run.outcome in _UNREACHED)
    if not case.believes(streak):
        return None
    said = _problems(streak[-1], Weight.FAILED, FetchProblem.ROBOTS_UNAVAILABLE)
    reason = f"连续{len(streak)}次抓取{streak[-1].outcome.label}{said}"
    return _Found(SourceVerdict.FAILING, streak[0].started_at, reason)


def _articles_failing(case: _Case) -> _Found | None:
    asking = [run for run in case.runs if run.outcome is not CrawlOutcome.FINISHED or _articles_asked(run)]
    streak = list(takewhile(_brought_none, reversed(asking)))[::-1]
    if not case.believes(streak) or streak[-1].failed < case.policy.failing.articles:
        return None
    said = _problems(streak[-1], Weight.FAILED)
    reason = f"列表页能打开, 最近一次要取的{streak[-1].failed}篇文章一篇也没有取到{said}"
    return _Found(SourceVerdict.FAILING, streak[0].started_at, reason)


def _brought_none(run: CrawlReport) -> bool:
    return run.outcome is CrawlOutcome.FINISHED and run.failed == _articles_asked(run)


def _problems(run: CrawlReport, weight: Weight, *others: FetchProblem) -> str:
    """What kept the pages away in a run, with counts and in brackets; empty where nothing was noted."""
    counts = {FetchProblem(name): count for name, count in run.problems.items()}
    said = [f"{one.label}{count}次" for one, count in counts.items() if one.weight is weight or one in others]
    return f"({'、'.join(said)})" if said else ""


def _layout_changed(case: _Case) -> _Found | None:
    streak = case.streak(lambda run: run.outcome is CrawlOutcome.LAYOUT_CHANGED)
    if case.believes(streak):
        reason = f"连续{len(streak)}次在列表页上找不到文章"
        return _Found(SourceVerdict.LAYOUT_CHANGED, streak[0].started_at, reason)
    fallen = case.rates.fallen_selectors()
    return _Found(SourceVerdict.LAYOUT_CHANGED, case.rates.since, fallen) if fallen else None


def _column_changed(case: _Case) -> _Found | None:
    runs = [run for run in case.runs if run.start_pages]
    lost = [found for address in (runs[-1].start_pages if runs else ()) if (found := lost_page(address, runs))]
    policy = case.policy.start_pages
    needed = {
        StartPageState.BARREN: min(policy.runs, case.policy.failing.runs(case.source.every_minutes)),
        StartPageState.MISSING: policy.runs,
    }
    said = [
        one
        for one in lost
        if one.runs >= needed[one.state]
        and (one.gave_before or case.now - one.since >= timedelta(days=policy.never_gave_days))
    ]
    if not said:
        return None
    return _Found(SourceVerdict.COLUMN_CHANGED, min(one.since for one in said), "; ".join(one.said for one in said))


def _poor_extraction(case: _Case) -> _Found | None:
    fallen = case.rates.fallen_parts()
    return _Found(SourceVerdict.POOR_EXTRACTION, case.rates.since, fallen) if fallen else None


def _falling_behind(case: _Case) -> _Found | None:
    streak = case.streak(lambda run: FetchProblem.LINK_LIMIT.value in run.problems)
    if not case.believes(streak):
        return None
    reason = f"连续{len(streak)}次抓取都有列表页的新链接超过上限, 没有取完"
    return _Found(SourceVerdict.FALLING_BEHIND, streak[0].started_at, reason)


def _silent(case: _Case) -> _Found | None:
    completed = [run for run in case.runs if run.outcome is CrawlOutcome.FINISHED]
    if not completed:
        return None
    start, end = case.last_new or case.runs[0].started_at, completed[-1].started_at
    since = _sentence_start(case.last_new)
    days = [day for day in days_between(china_date(start), china_date(end))[1:] if not _is_holiday(case, day)]
    if len(days) >= case.source.stale_after_days:
        return _Found(SourceVerdict.SILENT, start, f"{since}没有新文章, 超过声明的{case.source.stale_after_days}天")
    due, longest = case.volume.due(start, end), case.volume.longest_spell()
    silent = case.policy.silent
    enough = silent.articles_due if longest is None else max(longest * silent.beyond_longest_spell, silent.never_below)
    if due >= enough:
        return _Found(SourceVerdict.SILENT, start, f"{since}没有新文章, 按平时应有{due:.0f}篇")
    closed = case.volume.last_closed_day(end)
    if china_date(start) < closed and _should_be_full(case, closed):
        return _Found(SourceVerdict.SILENT, start, f"{closed:%m月%d日}一整天没有新文章, 以前从没有过这样的日子")
    return _too_few(case, end)


def _should_be_full(case: _Case, day: date) -> bool:
    return case.volume.expected(day) >= case.policy.silent.articles_due and case.volume.has_no_empty_days(day)


def _too_few(case: _Case, end: datetime) -> _Found | None:
    policy = case.policy.silent
    if not case.volume.known:
        return None
    first = china_date(end) - timedelta(days=policy.days - 1)
    start = datetime.combine(first, datetime.min.time(), CHINA)
    due, found = case.volume.due(start, end), case.volume.found(days_between(first, china_date(end)))
    if poisson_at_most(found, due * policy.usual_share) >= policy.probability:
        return None
    return _Found(SourceVerdict.SILENT, start, f"近{policy.days}天只有{found}篇新文章, 按平时应有{due:.0f}篇")


def _healthy(case: _Case) -> _Found:
    streak = case.streak(lambda run: run.outcome is CrawlOutcome.FINISHED)
    return _Found(SourceVerdict.HEALTHY, streak[0].started_at if streak else None, "")


_QUESTIONS: tuple[Callable[[_Case], _Found | None], ...] = (
    _disabled,
    _never_ran,
    _not_running,
    _blocked,
    _failing,
    _articles_failing,
    _layout_changed,
    _column_changed,
    _poor_extraction,
    _falling_behind,
    _silent,
    _healthy,
)


def poisson_at_most(count: int, mean: float) -> float:
    """The chance of at most `count` events where `mean` are expected and they come independently (Poisson)."""
    if mean <= 0:
        return 1.0
    terms = (math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))
    return min(1.0, math.fsum(terms))


def _is_holiday(case: _Case, day: date) -> bool:
    return case.calendar.kind(day) is DayKind.HOLIDAY


def _sentence_start(last_new: datetime | None) -> str:
    return f"{china_date(last_new):%m月%d日}以来" if last_new else "从开始抓取以来"
