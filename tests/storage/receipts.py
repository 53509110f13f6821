"""Receipts made on the spot."""

from datetime import datetime

from domain.deliveries.receipt import (
    Origin,
    Receipt,
    ReceiptId,
    ReceiptState,
    ReceiptTable,
    RowOutcome,
    RowProblem,
    RowReceipt,
    Way,
)
from domain.texts.document import DocumentId
from storage.deliveries.receipts import NO_CHAIN
from storage.unit_of_work import UnitOfWork
from tests.fakes import NOON

PROBLEM = RowProblem(sheet="Sheet1", row=7, column="登记日期", reason="不是日期, 请改正后重新提交", value="2026-13-40")
CLERK = Origin(way=Way.UPLOAD, who="clerk")


def accepted(position: int, sheet: str = "Sheet1") -> RowReceipt:
    """A row that was taken in."""
    return RowReceipt(
        sheet=sheet,
        row=position + 2,
        outcome=RowOutcome.ACCEPTED,
        document_id=DocumentId(f"doc-{position}"),
        position=position,
    )


def rejected(position: int, problem: RowProblem = PROBLEM) -> RowReceipt:
    """A row that was refused, with its cells."""
    return RowReceipt(
        sheet=problem.sheet,
        row=problem.row,
        outcome=RowOutcome.REJECTED,
        problem=problem,
        fields={"登记日期": problem.value},
        position=position,
    )


def keep_receipt(
    work: UnitOfWork,
    *rows: RowReceipt,
    receipt_id: str = "0123456789abcdef",
    file: str = "台账.xlsx",
    sha256: str = "1" * 64,
    received_at: datetime = NOON,
    origin: Origin = CLERK,
) -> Receipt:
    """A finished receipt of these rows, stored in one go."""
    counts = {outcome: sum(row.outcome is outcome for row in rows) for outcome in RowOutcome}
    receipt = Receipt(
        id=ReceiptId(receipt_id),
        file=file,
        file_sha256=sha256,
        origin=origin,
        received_at=received_at,
        state=ReceiptState.FINISHED,
        finished_at=received_at,
        counts=counts,
        tables=tuple(
            ReceiptTable(sheet=sheet, columns=("登记日期",)) for sheet in dict.fromkeys(row.sheet for row in rows)
        ),
    )
    work.receipts.append(receipt, rows, chain_before=NO_CHAIN, chain="c1")
    return receipt
