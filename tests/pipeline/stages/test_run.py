"""One stage over an archive: what a killed run finished stays finished, and the next one does the rest once."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from domain.texts.document import DocumentId, Outcome
from pipeline.stages.run import plan, run_one_stage
from pipeline.stages.stage import Stage, Step, done
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import raw
from tests.fakes import NOON, FakeClock


class _Passing(Stage[DocumentId]):
    """Leaves every document done and remembers which it saw; killed at the one it is told."""

    version = "1"

    def __init__(self, name: str, killed_at: int | None = None) -> None:
        """Be this stage."""
        self.name = name  # type: ignore[misc]
        self.seen: list[DocumentId] = []
        self._killed_at = killed_at

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, DocumentId]]:
        return [(one, one) for one in ids]

    def process(self, work: UnitOfWork, item: DocumentId, at: datetime) -> Step:
        if len(self.seen) == self._killed_at:
            raise KeyboardInterrupt
        self.seen.append(item)
        return done("seen")


@pytest.fixture
def archive(sqlite_store: Store, clock: FakeClock) -> Store:
    """Ten texts that the first stage has seen."""
    with sqlite_store.unit_of_work() as work:
        for number in range(10):
            work.raw.add(raw(f"X{number}"))
        work.commit()
    with sqlite_store.unit_of_work() as work:
        first = _Passing("first")
        ids = work.breadcrumbs.pending("first", "1", after=None, limit=10)
        crumbs = [first.process(work, one, NOON).crumb(one, "first", "1", NOON) for one in ids]
        work.breadcrumbs.append_many(crumbs)
        work.commit()
    return sqlite_store


def _run(store: Store, clock: FakeClock, second: _Passing) -> tuple[int, list[int], list[int]]:
    expected: list[int] = []
    counted: list[int] = []
    report = run_one_stage(
        store,
        [_Passing("first"), second],
        "second",
        clock,
        batch_size=3,
        progress=lambda _, count: counted.append(count),
        expect=lambda _, total: expected.append(total),
    )
    return report.seen, expected, counted


def test_all_that_waits_is_told_beforehand_and_counted_in_batches(archive: Store, clock: FakeClock) -> None:
    assert _run(archive, clock, _Passing("second")) == (10, [10], [3, 3, 3, 1])
    assert _run(archive, clock, _Passing("second")) == (0, [0], [])


def test_a_killed_run_keeps_its_batches_and_the_next_one_does_the_rest(archive: Store, clock: FakeClock) -> None:
    killed, after = _Passing("second", killed_at=7), _Passing("second")
    with pytest.raises(KeyboardInterrupt):
        _run(archive, clock, killed)

    assert _run(archive, clock, after) == (4, [4], [3, 1])
    assert sorted(killed.seen[:6] + after.seen) == sorted({*killed.seen, *after.seen})
    with archive.reading() as work:
        assert work.breadcrumbs.counts("second", _version(after)) == {Outcome.DONE: 10}


def test_the_first_stage_has_nothing_before_it(archive: Store, clock: FakeClock) -> None:
    with pytest.raises(ValueError, match="nothing comes before first"):
        run_one_stage(
            archive,
            [_Passing("first")],
            "first",
            clock,
            batch_size=3,
            progress=lambda _, __: None,
            expect=lambda _, __: None,
        )


def _version(stage: _Passing) -> str:
    return plan([_Passing("first"), stage])[1].version
