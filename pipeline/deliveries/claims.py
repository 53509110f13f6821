"""Who imports a file: the delivery of it that was broken off and that nobody works on, else a new one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from domain.clock import Clock
from domain.deliveries.receipt import Origin, ReceiptId, ReceiptState
from importers.progress import Progress
from pipeline.deliveries.delivery import Delivery
from pipeline.new_receipt import new_receipt
from storage.deliveries.receipts import NO_CHAIN
from storage.store import Store


@contextmanager
def claimed_delivery(
    store: Store, file: str, sha256: str, origin: Origin, *, clock: Clock, progress: Progress
) -> Iterator[Delivery]:
    """The office's broken-off delivery of the same bytes that nobody works on, else a new one; held in the block."""
    with store.reading() as work:
        broken_off = [one.id for one in work.receipts.of_file(sha256, ReceiptState.UNDER_WAY, origin.office)]
    for receipt_id in broken_off:
        with store.claim(_claim_of(receipt_id)) as mine:
            delivery = _broken_off(store, receipt_id, clock, progress) if mine else None
            if delivery is not None:
                # The receipt belongs to whoever brings the import to its end.
                delivery.receipt = replace(delivery.receipt, file=file, origin=origin)
                yield delivery
                return
    with new_delivery(store, file, sha256, origin, clock=clock, progress=progress) as delivery:
        yield delivery


@contextmanager
def new_delivery(
    store: Store, file: str, sha256: str, origin: Origin, *, clock: Clock, progress: Progress
) -> Iterator[Delivery]:
    """A delivery with a receipt of its own, which is stored with the first entries."""
    with store.reading() as work:
        receipt = new_receipt(work, file, sha256, origin, clock.now())
    with store.claim(_claim_of(receipt.id)):
        yield Delivery(store=store, clock=clock, receipt=receipt, chain=NO_CHAIN, progress=progress)


def _broken_off(store: Store, receipt_id: ReceiptId, clock: Clock, progress: Progress) -> Delivery | None:
    with store.reading() as work:
        receipt = work.receipts.get(receipt_id)
        if receipt is None or receipt.state is not ReceiptState.UNDER_WAY:
            return None
        chain, kept = work.receipts.chain(receipt_id), work.receipts.kept(receipt_id)
    return Delivery(store=store, clock=clock, receipt=receipt, chain=chain, progress=progress, kept=kept)


def _claim_of(receipt_id: ReceiptId) -> str:
    return f"receipt {receipt_id}"
