"""The health of every declared medium of a deployment, as commands, pages and the scheduler ask for it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from crawlers.source import SourceSpec
from domain.source_health import SourceHealth, WatchedSource
from pipeline.policy.tables import Policy
from pipeline.source_health import judge_source
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


def source_healths(
    store: Store, sources: Mapping[str, SourceSpec], policy: Policy, now: datetime
) -> list[SourceHealth]:
    """One per declared medium; what needs a person first, then by name."""
    with store.reading() as work:
        runs = work.sources.runs_since(now - timedelta(days=policy.source_health.history.days))
    found = [
        judge_source(watched(spec), runs.get(name, []), now=now, policy=policy.source_health, calendar=policy.calendar)
        for name, spec in sorted(sources.items())
    ]
    return sorted(found, key=lambda health: not health.verdict.needs_a_person)
