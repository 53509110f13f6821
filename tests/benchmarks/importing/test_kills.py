"""Imports that are killed, and two clerks at once: every row is in exactly once."""

import os
from pathlib import Path

from benchmarks.importing.kills import import_once, in_child, kill_imports
from benchmarks.importing.registers import write_csv, write_xlsx
from domain.deliveries.receipt import ReceiptState, RowOutcome
from storage.schema import upgrade
from storage.store import open_store
from tests.conftest import KEY

ROWS = 1200


def test_a_killed_import_loses_and_doubles_nothing(database_url: str, tmp_path: Path):
    upgrade(database_url, KEY)

    report = kill_imports(database_url, tmp_path, kills=3, rows=ROWS, seed=7)

    assert report.wrong == []
    assert report.kills == 3


def test_two_clerks_at_once_bring_every_row_in_once(database_url: str, tmp_path: Path):
    upgrade(database_url, KEY)
    first, second = write_csv(tmp_path / "甲.csv", ROWS), write_xlsx(tmp_path / "乙.xlsx", ROWS)

    clerks = [
        in_child(lambda path=path: import_once(database_url, path))  # type: ignore[misc]
        for path in (first, second, first)
    ]

    assert [os.waitstatus_to_exitcode(os.waitpid(clerk, 0)[1]) for clerk in clerks] == [0, 0, 0]
    store = open_store(database_url, KEY)
    with store.reading() as work:
        receipts = work.receipts.recent(10)
        assert work.raw.count() == ROWS
    store.close()
    assert [one.state for one in receipts] == [ReceiptState.FINISHED] * 3
    assert sum(one.accepted for one in receipts) == ROWS
    assert sum(one.count(RowOutcome.CORRECTED) for one in receipts) == 0
    assert sum(one.count(RowOutcome.DUPLICATE) for one in receipts) == 2 * ROWS
