"""What a receipt's workbook says of each row, so that the row is known when the workbook comes back."""

import hmac
import re
from typing import NamedTuple

from domain.deliveries.receipt import ReceiptId
from storage.encryption.cipher import FieldCipher

_PARTS = re.compile(r"([0-9a-f]{16})\.(\d{1,9})\.([\w-]{16})\.([\w-]{16})", re.ASCII)
_SIGNS = 16
"""Of a fingerprint: nobody tries as many rows as it would take to meet one."""


class MarkedRow(NamedTuple):
    """The row of a receipt that a mark names."""

    receipt_id: ReceiptId
    position: int
    is_unchanged: bool
    """True when the cells are those that were written beside the mark."""

    @property
    def place(self) -> tuple[ReceiptId, int]:
        """The row itself, whatever its cells are now."""
        return self.receipt_id, self.position


class RowMarks:
    """Marks that only this deployment makes, whatever its current key: nobody names a row that he was not given."""

    def __init__(self, cipher: FieldCipher) -> None:
        """Work with the keys of the fields."""
        self._cipher = cipher

    def of(self, receipt_id: ReceiptId, position: int, cells: str) -> str:
        """The mark of the receipt's row at this position; `cells` is the SHA-256 of what is written beside it."""
        row = _row(receipt_id, position)
        return ".".join((receipt_id, str(position), *(self._now(one) for one in (row, f"{row} {cells}"))))

    def read(self, mark: str, cells: str) -> MarkedRow | None:
        """The row that the mark names, with these cells now; None for a mark that was not made here."""
        found = _PARTS.fullmatch(mark)
        if found is None:
            return None
        receipt_id, position = ReceiptId(found[1]), int(found[2])
        row = _row(receipt_id, position)
        if not self._is_of(row, found[3]):
            return None
        return MarkedRow(receipt_id, position, self._is_of(f"{row} {cells}", found[4]))

    def _now(self, told: str) -> str:
        return self._cipher.blind_index(told)[-_SIGNS:]

    def _is_of(self, told: str, given: str) -> bool:
        known = self._cipher.every_index(told)
        return any(hmac.compare_digest(one[-_SIGNS:].encode(), given.encode()) for one in known)


def _row(receipt_id: ReceiptId, position: int) -> str:
    return f"row of a receipt {receipt_id} {position}"
