"""Refused rows that came back, and what was made of them."""

from domain.deliveries.receipt import ReceiptId
from storage.store import Store
from tests.storage.receipts import accepted, keep_receipt, rejected


def test_a_row_that_was_refused_twice_leads_to_what_was_made_last_from_either_receipt(store: Store):
    with store.unit_of_work() as work:
        first = keep_receipt(work, accepted(0), rejected(1), rejected(2), receipt_id="a" * 16)
        again = keep_receipt(work, rejected(0), receipt_id="b" * 16)
        mended = keep_receipt(work, accepted(0), receipt_id="c" * 16)
        corrected = keep_receipt(work, accepted(0), accepted(1), receipt_id="d" * 16)
        work.mended_rows.note(again.id, {0: (first.id, 1)})
        assert work.mended_rows.latest({(first.id, 1), (again.id, 0)}) == {}

        work.mended_rows.note(mended.id, {0: (again.id, 0)})
        work.mended_rows.note(corrected.id, {1: (first.id, 1)})

        made = (corrected.id, 1)
        asked = {(first.id, 1), (first.id, 2), (again.id, 0), (ReceiptId("e" * 16), 0)}
        assert work.mended_rows.latest(asked) == {(first.id, 1): made, (again.id, 0): made}
