"""The newest bands, on both databases."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.store import Store
from storage.texts.packed_bands import PAIR, PackedBands
from storage.unit_of_work import UnitOfWork

BANDS = st.integers(0, 40) | st.integers(0, 2**32 - 1)
PAIRS = st.lists(st.tuples(BANDS, st.integers(1, 30)), max_size=30, unique=True)


def packed_in(work: UnitOfWork) -> PackedBands:
    return work.signatures._recent


def fill(packed: PackedBands, *calls: list[tuple[int, int]]) -> None:
    for call in calls:
        packed.add(np.array(call, dtype=PAIR))


def everything(packed: PackedBands, *calls: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """All pairs, by asking for every band that was ever added."""
    wanted = np.unique(np.array([band for call in calls for band, _ in call], dtype=np.uint32))
    return sorted(packed.among(wanted).tolist())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(PAIRS, max_size=5), st.sets(BANDS, max_size=20), st.sets(st.integers(1, 30), max_size=6))
def test_what_is_wanted_is_found_and_what_is_forgotten_is_gone(
    sqlite_store: Store, calls: list[list[tuple[int, int]]], asked: set[int], forgotten: set[int]
):
    pairs = [pair for call in calls for pair in call]
    with sqlite_store.unit_of_work() as work:
        packed = packed_in(work)
        fill(packed, *calls)

        found = packed.among(np.array(sorted(asked), dtype=np.uint32))
        assert sorted(found.tolist()) == sorted(pair for pair in pairs if pair[0] in asked)

        packed.forget(forgotten)
        kept = sorted(pair for pair in pairs if pair[1] not in forgotten)
        assert everything(packed, *calls) == kept
        assert packed.count() == len(kept)
        assert packed.take().tolist() == kept
        assert packed.count() == 0


def test_many_small_calls_leave_few_rows_and_all_pairs(store: Store):
    calls = [[(number * 7, number), (5, number)] for number in range(1, 200)]
    with store.unit_of_work() as work:
        packed = packed_in(work)
        fill(packed, *calls)
        work.commit()

    with store.unit_of_work() as work:
        rows = work.signatures._session.connection.exec_driver_sql("SELECT count(*) FROM packed_bands").scalar()
        assert rows is not None
        assert rows <= 65
        assert everything(packed_in(work), *calls) == sorted(pair for call in calls for pair in call)


def test_taken_pairs_come_in_the_order_of_the_table_they_go_to(store: Store):
    with store.unit_of_work() as work:
        fill(packed_in(work), [(9, 2), (3, 2)], [(9, 1), (2**32 - 1, 3)])

        assert packed_in(work).take().tolist() == [(3, 2), (9, 1), (9, 2), (2**32 - 1, 3)]
        assert packed_in(work).take().tolist() == []


def test_what_another_transaction_did_not_commit_is_not_there(store: Store):
    with store.unit_of_work() as work:
        fill(packed_in(work), [(1, 1)])

    with store.reading() as work:
        assert packed_in(work).count() == 0
