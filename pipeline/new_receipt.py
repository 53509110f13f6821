"""The receipt with which every import of a file begins, whatever the file is."""

import secrets
from datetime import datetime

from domain.deliveries.receipt import Origin, Receipt, ReceiptId, ReceiptState
from storage.unit_of_work import UnitOfWork


def new_receipt(work: UnitOfWork, file: str, sha256: str, origin: Origin, at: datetime) -> Receipt:
    """A receipt under way without rows, not stored yet; it names the office's latest one of the same bytes."""
    finished = work.receipts.of_file(sha256, ReceiptState.FINISHED, origin.office)
    return Receipt(
        id=ReceiptId(secrets.token_hex(8)),
        file=file,
        file_sha256=sha256,
        origin=origin,
        received_at=at,
        state=ReceiptState.UNDER_WAY,
        finished_at=None,
        counts={},
        earlier_id=finished[-1].id if finished else None,
    )
