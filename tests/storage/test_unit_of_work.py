"""Transactions."""

import pytest

from storage.store import Store
from tests.factories import raw


def test_what_is_not_committed_is_not_kept(store: Store):
    with store.unit_of_work() as work:
        work.raw.add(raw())

    with store.unit_of_work() as work:
        assert work.raw.count() == 0


def test_an_error_undoes_the_whole_batch(store: Store):
    def fail_after_writing() -> None:
        with store.unit_of_work() as work:
            work.raw.add(raw())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_writing()

    with store.unit_of_work() as work:
        assert work.raw.count() == 0


def test_what_is_committed_is_kept(store: Store):
    with store.unit_of_work() as work:
        work.raw.add(raw())
        work.commit()

    with store.unit_of_work() as work:
        assert work.raw.count() == 1
