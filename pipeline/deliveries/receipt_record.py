"""A receipt as the contract of `qianshao import petitions --json` prints it, written piece by piece."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict

from domain.deliveries.receipt import REMARKED, Receipt, ReceiptId, RowOutcome, RowReceipt
from storage.store import Store

_PAGE = 500


def receipt_head(receipt: Receipt) -> dict[str, object]:
    """The numbers of the receipt, without its rows, JSON-ready."""
    return {
        "id": receipt.id,
        "file": receipt.file,
        "way": receipt.origin.way.value,
        "who": receipt.origin.who,
        "received_at": receipt.received_at.isoformat(),
        "state": receipt.state.value,
        "failure": receipt.failure,
        "same_file_before": receipt.earlier_id,
        "accepted": receipt.accepted,
        "corrected": receipt.count(RowOutcome.CORRECTED),
        "duplicates": receipt.count(RowOutcome.DUPLICATE),
    }


def receipt_sentence(receipt: Receipt) -> str:
    """The numbers of the receipt for people."""
    corrected = receipt.count(RowOutcome.CORRECTED)
    said = f"接收{receipt.accepted}条" + (f"(其中更正{corrected}条)" if corrected else "")
    said += f", 重复{receipt.count(RowOutcome.DUPLICATE)}条, 退回{receipt.count(RowOutcome.REJECTED)}条"
    return f"{said}, 提示{receipt.count(RowOutcome.WARNED)}条, 回执 {receipt.id}"


def receipt_rows(
    store: Store, receipt_id: ReceiptId, outcomes: Collection[RowOutcome] | None = None, *, remarked: bool = False
) -> Iterator[RowReceipt]:
    """The entries with these outcomes in the file's order, read page by page; all of them when none are named.

    `remarked` leaves out those of which nothing is said but their outcome.
    """
    after = -1
    while True:
        with store.reading() as work:
            page = work.receipts.rows(receipt_id, outcomes=outcomes, remarked=remarked, after=after, limit=_PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].position


def receipt_json(store: Store, receipt: Receipt) -> Iterator[str]:
    """Pieces of one JSON object: `file`, `accepted`, `duplicates`, `rejected`, `warnings` and more, on one line.

    A rejected row and a warning is `{"sheet","row","column","reason","value"}`; identifying values are masked. Of each
    row that is a new version `corrects` names the record of which it is one.
    """
    yield json.dumps(receipt_head(receipt), ensure_ascii=False)[:-1]
    for name, outcomes in (("rejected", [RowOutcome.REJECTED]), ("warnings", REMARKED)):
        said = receipt_rows(store, receipt.id, outcomes, remarked=True)
        yield from _listed(name, (asdict(row.problem) for row in said if row.problem is not None))
    corrections = receipt_rows(store, receipt.id, [RowOutcome.CORRECTED])
    yield from _listed("corrects", map(_correction, corrections))
    yield "}"


def _listed(name: str, records: Iterable[Mapping[str, object]]) -> Iterator[str]:
    yield f', "{name}": ['
    separator = ""
    for record in records:
        yield separator + json.dumps(record, ensure_ascii=False)
        separator = ", "
    yield "]"


def _correction(row: RowReceipt) -> dict[str, object]:
    return {"sheet": row.sheet, "row": row.row, "document_id": row.document_id, "corrects": row.earlier_id}
