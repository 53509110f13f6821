"""Runs the stages in order over whatever is pending; safe to kill at any moment and start again."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.clock import Clock
from domain.counting.stage_report import StageReport
from domain.failures.errors import QuarantineRecord, SkipRecord
from domain.texts.document import Breadcrumb, Outcome
from pipeline.stages.stage import Stage, Step
from storage.store import Store
from storage.unit_of_work import UnitOfWork

Progress = Callable[[str, int], None]
"""Told the stage's name and how many documents a batch just finished."""


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A stage with its version in the chain and the stage it follows."""

    stage: Stage[Any]
    version: str
    after: tuple[str, str] | None


def plan(stages: Sequence[Stage[Any]]) -> list[PlannedStage]:
    """The stages with chained versions: a new version of one makes every later stage run again over the archive."""
    planned: list[PlannedStage] = []
    after: tuple[str, str] | None = None
    for stage in stages:
        version = stage.version if after is None else chained(stage.version, after[1])
        planned.append(PlannedStage(stage, version, after))
        after = (stage.name, version)
    return planned


def chained(version: str, before: str) -> str:
    """The version of what follows `before`: it changes with either."""
    return f"{version}@{hashlib.sha256(before.encode()).hexdigest()[:6]}"


def run_stages(
    store: Store, stages: Sequence[Stage[Any]], clock: Clock, *, batch_size: int, progress: Progress
) -> list[StageReport]:
    """One report per stage; each batch is one transaction, so a kill loses nothing and doubles nothing."""
    return [run_stage(store, planned, clock, batch_size=batch_size, progress=progress) for planned in plan(stages)]


def beside(stage: Stage[Any], stages: Sequence[Stage[Any]], after: str) -> PlannedStage:
    """The stage planned so that it follows the one named `after`, and nothing follows it."""
    [before] = [planned for planned in plan(stages) if planned.stage.name == after]
    return PlannedStage(stage, chained(stage.version, before.version), (before.stage.name, before.version))


def run_one_stage(
    store: Store,
    stages: Sequence[Stage[Any]],
    name: str,
    clock: Clock,
    *,
    batch_size: int,
    progress: Progress,
    expect: Progress,
) -> StageReport:
    """The report of one of the stages, run over what the stage before has left for it; the others do not run.

    Args:
        store: Where everything is.
        stages: All stages in order: the versions of those before decide what is pending.
        name: The stage to run; LookupError when there is none, ValueError for the first, which has no stage before.
        clock: Tells the time.
        batch_size: Documents of one transaction.
        progress: Told how many documents a batch just finished.
        expect: Told beforehand how many documents are waiting.
    """
    planned = {one.stage.name: one for one in plan(stages)}[name]
    if planned.after is None:
        raise ValueError(f"nothing comes before {name}")
    with store.reading() as work:
        expect(name, work.breadcrumbs.waiting(name, planned.version, after=planned.after))
    return run_stage(store, planned, clock, batch_size=batch_size, progress=progress)


def run_stage(store: Store, planned: PlannedStage, clock: Clock, *, batch_size: int, progress: Progress) -> StageReport:
    """Run one stage over whatever is pending for it."""
    started_at, started = clock.now(), time.perf_counter()
    outcomes: Counter[Outcome] = Counter()
    details: Counter[str] = Counter()
    while crumbs := _run_batch(store, planned, clock.now(), batch_size):
        outcomes.update(crumb.outcome for crumb in crumbs)
        details.update(crumb.detail for crumb in crumbs)
        progress(planned.stage.name, len(crumbs))
    seconds = time.perf_counter() - started
    report = StageReport.counted(planned.stage.name, planned.version, outcomes, details, seconds=seconds)
    if report.seen:
        with store.unit_of_work() as work:
            work.stage_runs.add(report, started_at)
            work.commit()
    return report


def _run_batch(store: Store, planned: PlannedStage, at: datetime, batch_size: int) -> list[Breadcrumb]:
    with store.unit_of_work() as work:
        ids = work.breadcrumbs.pending(planned.stage.name, planned.version, after=planned.after, limit=batch_size)
        if not ids:
            return []
        crumbs = [
            attempt(planned.stage, work, item, at).crumb(document_id, planned.stage.name, planned.version, at)
            for document_id, item in planned.stage.load(work, ids)
        ]
        work.breadcrumbs.append_many(crumbs)
        work.commit()
    return crumbs


def attempt(stage: Stage[Any], work: UnitOfWork, item: object, at: datetime) -> Step:
    """What the stage did with one document; what stops this document only is a step as well."""
    try:
        return stage.process(work, item, at)
    except SkipRecord as exc:
        return Step(Outcome.SKIPPED, exc.reason, str(exc))
    except QuarantineRecord as exc:
        return Step(Outcome.QUARANTINED, exc.reason, str(exc))
