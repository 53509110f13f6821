"""Receipts of delivered files."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, select

from domain.document import DocumentId
from domain.receipt import Receipt, RowOutcome, RowProblem, RowReceipt
from storage.session import Session
from storage.tables.operation import ReceiptRow


class Receipts:
    """One per delivered file; rows and the values in them are encrypted."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, receipt: Receipt) -> None:
        """Append the receipt."""
        sealed = {"rows": [asdict(row) for row in receipt.rows], "warnings": [asdict(one) for one in receipt.warnings]}
        row = {
            "file": receipt.file,
            "file_sha256": receipt.file_sha256,
            "received_at": receipt.received_at,
            "accepted": receipt.count(RowOutcome.ACCEPTED),
            "duplicates": receipt.count(RowOutcome.DUPLICATE),
            "rejected": receipt.count(RowOutcome.REJECTED),
            "sealed": self._session.seal(sealed),
        }
        self._session.insert_new(ReceiptRow, [row])

    def recent(self, limit: int) -> list[Receipt]:
        """The latest receipts, newest first."""
        query = select(ReceiptRow.__table__).order_by(ReceiptRow.sequence.desc()).limit(limit)
        return [self._receipt(row) for row in self._session.connection.execute(query)]

    def by_sha256(self, sha256: str) -> Receipt | None:
        """The latest receipt of a file with exactly this content."""
        query = select(ReceiptRow.__table__).where(ReceiptRow.file_sha256 == sha256)
        row = self._session.connection.execute(query.order_by(ReceiptRow.sequence.desc())).first()
        return self._receipt(row) if row else None

    def _receipt(self, row: Row[Any]) -> Receipt:
        record = self._session.unseal(row.sealed)
        return Receipt(
            file=row.file,
            file_sha256=row.file_sha256,
            received_at=row.received_at,
            rows=tuple(_row_receipt(one) for one in record["rows"]),
            warnings=tuple(RowProblem(**one) for one in record["warnings"]),
        )


def _row_receipt(record: dict[str, Any]) -> RowReceipt:
    return RowReceipt(
        sheet=record["sheet"],
        row=record["row"],
        outcome=RowOutcome(record["outcome"]),
        document_id=DocumentId(record["document_id"]) if record["document_id"] else None,
        problem=RowProblem(**record["problem"]) if record["problem"] else None,
    )
