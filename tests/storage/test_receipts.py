"""Receipts of delivered files."""

from pathlib import Path

from domain.document import DocumentId
from domain.receipt import Receipt, RowOutcome, RowProblem, RowReceipt
from storage.schema import upgrade
from storage.store import Store, open_store
from tests.conftest import KEY
from tests.fakes import NOON

PROBLEM = RowProblem(sheet="Sheet1", row=7, column="登记日期", reason="不是日期, 请改正后重新提交", value="2026-13-40")


def receipt(file: str = "台账.xlsx", sha256: str = "1" * 64) -> Receipt:
    rows = (
        RowReceipt(sheet="Sheet1", row=6, outcome=RowOutcome.ACCEPTED, document_id=DocumentId("doc-1")),
        RowReceipt(sheet="Sheet1", row=7, outcome=RowOutcome.REJECTED, problem=PROBLEM),
    )
    return Receipt(file=file, file_sha256=sha256, received_at=NOON, rows=rows, warnings=(PROBLEM,))


def test_a_receipt_comes_back_as_it_was(store: Store):
    with store.unit_of_work() as work:
        work.receipts.add(receipt())

        assert work.receipts.by_sha256("1" * 64) == receipt()
        assert work.receipts.by_sha256("2" * 64) is None


def test_the_newest_receipt_stands_first(store: Store):
    with store.unit_of_work() as work:
        for name in ("一月.xlsx", "二月.xlsx", "三月.xlsx"):
            work.receipts.add(receipt(name))

        assert [one.file for one in work.receipts.recent(2)] == ["三月.xlsx", "二月.xlsx"]


def test_values_of_rejected_cells_are_not_readable_in_the_file(tmp_path: Path):
    database = tmp_path / "receipts.db"
    upgrade(f"sqlite:///{database}", KEY)
    store = open_store(f"sqlite:///{database}", KEY)
    with store.unit_of_work() as work:
        work.receipts.add(receipt())
    store.close()

    assert all(PROBLEM.value.encode() not in file.read_bytes() for file in tmp_path.glob("receipts.db*"))
