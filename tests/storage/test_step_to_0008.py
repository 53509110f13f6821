"""The step to revision 0008: receipts that are there become rows; what the retention policy emptied stays empty."""

from datetime import datetime

from sqlalchemy import create_engine, text

from domain.deliveries.receipt import ReceiptState, RowOutcome, RowProblem
from storage.codec import dump
from storage.deliveries.receipts import FORGOTTEN_FILE
from storage.encryption.cipher import FieldCipher
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import raw
from tests.storage.receipts import accepted, keep_receipt
from tests.storage.steps import step_down

PROBLEM = {"sheet": "表", "row": 3, "column": "信访日期", "reason": "没有这一天, 请改正", "value": "2026-13-40"}


def old_receipt(database_url: str, file: str, problem: dict[str, object] | None) -> None:
    row = {"sheet": "表", "row": 2, "outcome": "accepted", "document_id": "d1", "problem": None}
    refused = {"sheet": "表", "row": 3, "outcome": "rejected", "document_id": None, "problem": problem}
    sealed = FieldCipher(KEY).encrypt(dump({"rows": [row, refused], "warnings": [problem] if problem else []}))
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO receipts (file, file_sha256, received_at, accepted, duplicates, rejected, sealed)"
                " VALUES (:file, 'f', :at, 1, 0, 1, :sealed)"
            ),
            {"file": file, "at": datetime(2026, 11, 20, 4), "sealed": sealed},
        )
    engine.dispose()


def test_old_receipts_are_kept_row_by_row(store: Store, database_url: str):
    step_down(database_url, "0007")
    old_receipt(database_url, "台账.xlsx", PROBLEM)
    old_receipt(database_url, FORGOTTEN_FILE, None)

    upgrade(database_url, KEY)

    with store.reading() as work:
        emptied, kept = work.receipts.recent(5)
        rows = work.receipts.rows(kept.id)
        assert (emptied.file, kept.file) == (FORGOTTEN_FILE, "台账.xlsx")
        assert (kept.state, kept.accepted, kept.count(RowOutcome.REJECTED)) == (ReceiptState.FINISHED, 1, 1)
        assert [(row.row, row.outcome, row.problem) for row in rows] == [
            (2, RowOutcome.ACCEPTED, None),
            (3, RowOutcome.REJECTED, RowProblem(**PROBLEM)),  # type: ignore[arg-type]
            (3, RowOutcome.WARNED, RowProblem(**PROBLEM)),  # type: ignore[arg-type]
        ]
        assert [row.problem for row in work.receipts.rows(emptied.id)] == [None, None]


def test_the_step_back_keeps_the_records(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.raw.add(raw("A"))
        keep_receipt(work, accepted(0))
        work.commit()

    step_down(database_url, "0007")
    upgrade(database_url, KEY)

    with store.reading() as work:
        assert work.raw.count() == 1
        assert work.receipts.recent(5) == []
