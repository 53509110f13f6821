"""The health of every declared medium of a deployment, as commands, pages and the scheduler ask for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from crawlers.declaring.declared import DeclaredSources, UnusableSource
from crawlers.declaring.source import SourceSpec
from domain.media.crawl import CrawlReport
from domain.media.source_health import Medium, SourceHealth, SourceVerdict, WatchedSource
from pipeline.crawling.source_health import judge_source, last_new
from pipeline.policy.tables import Policy
from storage.store import Store

_PARTS = ("title", "body", "published", "origin", "author")
"""Parts of an article that a declaration may select."""


_UNVERIFIED = "还没有人在网上核实过, 请先 qianshao source check"


def watched(spec: SourceSpec) -> WatchedSource:
    """What of a declaration concerns the medium's health."""
    return WatchedSource(
        name=spec.name,
        title=spec.title,
        region=spec.region,
        every_minutes=spec.every_minutes,
        slowest_minutes=spec.fetch.slowest_minutes or spec.every_minutes,
        least_per_day=spec.expect.per_day.min,
        most_per_day=spec.expect.per_day.max,
        stale_after_days=spec.expect.stale_after_days,
        selectors=frozenset(part for part in _PARTS if getattr(spec.select, part) is not None),
        disabled_because=_not_crawled_because(spec),
    )


def _not_crawled_because(spec: SourceSpec) -> str | None:
    if spec.disabled is not None:
        return spec.disabled.because
    return None if spec.is_crawled else _UNVERIFIED


def source_healths(store: Store, declared: DeclaredSources, policy: Policy, now: datetime) -> list[SourceHealth]:
    """One per declared medium; what needs a person first, then by name."""
    with store.reading() as work:
        runs = work.sources.runs_since(now - timedelta(days=policy.source_health.history.days))
    found = [
        judge_source(watched(spec), runs.get(name, []), now=now, policy=policy.source_health, calendar=policy.calendar)
        for name, (_, spec) in declared.usable.items()
    ]
    found += [_misdeclared(one, runs.get(name, [])) for name, one in declared.unusable.items()]
    return sorted(found, key=lambda health: (not health.verdict.needs_a_person, health.source.name))


def _misdeclared(source: UnusableSource, runs: Sequence[CrawlReport]) -> SourceHealth:
    """Nobody knows more of it than its name; what earlier runs brought is still told."""
    began = [run for run in runs if run.outcome.began]
    return SourceHealth(
        source=Medium(name=source.name, title=source.name),
        verdict=SourceVerdict.MISDECLARED,
        since=None,
        reason=source.problem,
        advice=f"按原因改正 {source.path}, 再运行 qianshao source check {source.name}; 其他来源不受影响",
        last_new=last_new(began),
        last_run=began[-1].finished_at if began else None,
    )
