"""One delivered file on its way in: entries are kept in batches, each with the receipt so far in one transaction.

What a batch has kept stays kept. A delivery that was killed goes on where it stopped when the same file comes again:
the entries that are in are read once more, compared by a chain of hashes, and not written again.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from domain.clock import Clock
from domain.deliveries.receipt import (
    RECEIPT_COLUMNS,
    REMARKED_TOO,
    Receipt,
    ReceiptState,
    RowOutcome,
    RowReceipt,
)
from domain.failures.errors import DatabaseBusy, FileError
from domain.texts.document import DocumentId, RawDocument
from importers.entries import Accepted, Delivered, Entry, Headed, Rejected, Warned
from importers.progress import Progress
from pipeline.deliveries.known_before import remark_about
from pipeline.deliveries.letter_cells import cells_of
from pipeline.deliveries.receipt_tables import ReceiptTables
from pipeline.deliveries.returned_rows import ReturnedRows, Settled, came_from, cells_in, settled
from pipeline.deliveries.written_cells import delivered_cells
from storage.deliveries.receipts import NO_CHAIN
from storage.deliveries.taken_records import Repeat, Taken
from storage.store import Store

BATCH_ROWS = 500
"""Entries in one transaction: few enough that another clerk waits for less than a second."""
_TRIES = 8
_FIRST_PAUSE_SECONDS = 0.05


class ReadsDifferently(Exception):
    """The file reads differently than before it was broken off: another program, another confirmed layout."""


@dataclass(kw_only=True)
class Delivery:
    """The import of one file, held by this process."""

    store: Store
    clock: Clock
    receipt: Receipt
    chain: str
    progress: Progress
    kept: int = 0
    """Entries that are in; remarks beside an outcome are none of their own."""
    batch_rows: int = BATCH_ROWS
    sleep: Callable[[float], None] = time.sleep
    _tables: ReceiptTables = field(init=False)
    _returned: ReturnedRows = field(init=False)

    def __post_init__(self) -> None:
        """Go on with the tables that are known."""
        self._tables = ReceiptTables(self.receipt.tables)
        self._returned = ReturnedRows(self.store.row_marks(), self.receipt.origin.office)

    def take_in(self, delivered: Iterable[Delivered]) -> Receipt:
        """The finished receipt.

        Raises:
            FileError: when the file cannot be read to its end; what was read before is in, and the receipt says so.
            ReadsDifferently: when it was broken off and now reads differently; nothing was written.
            DatabaseBusy: when other processes keep the database busy; delivered again, the file goes on.
        """
        following = self._behind_what_is_kept(self._entries(delivered))
        batch: list[Entry] = []
        try:
            for entry in following:
                batch.append(entry)
                if len(batch) >= self.batch_rows:
                    self._keep(batch)
                    batch = []
        except FileError as exc:
            if not self.kept and all(isinstance(entry, Warned) for entry in batch):
                raise
            self._keep(batch, state=ReceiptState.FAILED, failure=str(exc))
            raise FileError(
                f"{exc}。前面的行已收下, 见回执 {self.receipt.id}; 修好文件后整个再交一次, 不会重复"
            ) from exc
        self._keep(batch, state=ReceiptState.FINISHED)
        return self.receipt

    def give_up(self, reason: str) -> None:
        """Close a receipt that cannot go on; what is in stays in."""
        self._keep([], state=ReceiptState.FAILED, failure=reason)

    def _entries(self, delivered: Iterable[Delivered]) -> Iterator[Entry]:
        """The entries alone; the tables are noted as they begin."""
        for one in delivered:
            if isinstance(one, Headed):
                self._tables.begin(one)
            else:
                yield one

    def _behind_what_is_kept(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        chain = NO_CHAIN
        for number in range(self.kept):
            entry = next(entries, None)
            if entry is None:
                raise ReadsDifferently
            chain = _linked(chain, entry)
            self._returned.note([entry])
            if (number + 1) % self.batch_rows == 0:
                self.progress(self.batch_rows)
        if chain != self.chain:
            raise ReadsDifferently
        self.progress(self.kept % self.batch_rows)
        yield from entries

    def _keep(self, batch: Sequence[Entry], *, state: ReceiptState = ReceiptState.UNDER_WAY, failure: str = "") -> None:
        pause = _FIRST_PAUSE_SECONDS
        for attempt in range(1, _TRIES + 1):
            try:
                self._keep_once(batch, state, failure)
            except DatabaseBusy:
                if self._was_kept(batch):
                    # Nobody told: the answer to our commit was lost, or a killed process had sent the same batch.
                    self.progress(len(batch))
                    batch = ()
                    if state is self.receipt.state:
                        return
                if attempt == _TRIES:
                    raise
                self.sleep(pause)
                pause *= 2
            else:
                self.progress(len(batch))
                return

    def _was_kept(self, batch: Sequence[Entry]) -> bool:
        """True when exactly these entries are kept behind those that we know of; then we know of them too."""
        chain = reduce(_linked, batch, self.chain)
        with self.store.reading() as work:
            found = work.receipts.get(self.receipt.id)
            if not batch or found is None or work.receipts.chain(found.id) != chain:
                return False
        self.receipt, self.chain = replace(found, file=self.receipt.file, origin=self.receipt.origin), chain
        self.kept += len(batch)
        self._returned.note(batch)
        return True

    def _keep_once(self, batch: Sequence[Entry], state: ReceiptState, failure: str) -> None:
        chain = reduce(_linked, batch, self.chain)
        with self.store.unit_of_work() as work:
            # Two who hand in the same receipt at once see each what the other made of it.
            work.intake.wait_for_turn()
            returned = self._returned.among(work, batch)
            found = settled(work, batch, returned, self._tables)
            records = [record for one in found if (record := _to_take(one.outcome)) is not None]
            taken = iter(work.intake.take(records, self.receipt.origin.office) if records else ())
            rows = [
                _row(entry, one, position, taken)
                for position, (entry, one) in enumerate(zip(batch, found, strict=True), start=self.kept)
            ]
            self._tables.see(batch)
            receipt = replace(
                self.receipt,
                state=state,
                failure=failure,
                finished_at=None if state is ReceiptState.UNDER_WAY else self.clock.now(),
                counts=_counted(self.receipt, rows),
                tables=self._tables.found(),
            )
            work.receipts.append(receipt, rows, chain_before=self.chain, chain=chain)
            refused = came_from(batch, found, returned)
            work.mended_rows.note(receipt.id, {self.kept + at: place for at, place in refused.items()})
            work.commit()
        self.receipt, self.chain = receipt, chain
        self.kept += len(batch)
        self._returned.note(batch)


def without_receipt_columns(raw: RawDocument) -> RawDocument:
    """The record without what an earlier receipt had added to its row."""
    if not any(column in raw.fields for column in RECEIPT_COLUMNS):
        return raw
    return replace(raw, fields=delivered_cells(raw.fields))


def _to_take(outcome: Entry | Repeat) -> RawDocument | Repeat | None:
    if isinstance(outcome, Accepted):
        return without_receipt_columns(outcome.record.raw)
    return outcome if isinstance(outcome, Repeat) else None


def _linked(chain: str, entry: Entry) -> str:
    said: tuple[str, ...]
    if isinstance(entry, Accepted):
        said = ("record", entry.record.sheet, str(entry.record.row), entry.record.raw.id)
    else:
        problem = entry.problem
        kind = "rejected" if isinstance(entry, Rejected) else "warned"
        said = (kind, problem.sheet, str(problem.row), problem.column or "", problem.reason, problem.value)
    return hashlib.sha256("\x1f".join((chain, *said)).encode()).hexdigest()


def _row(entry: Entry, settled_as: Settled, position: int, taken: Iterator[Taken]) -> RowReceipt:
    """What is kept of the entry, and what became of it."""
    outcome = settled_as.outcome
    if isinstance(outcome, Accepted | Repeat):
        found = next(taken)
        place = entry.record if isinstance(entry, Accepted) else entry.problem
        told = remark_about(entry.record, found) if isinstance(entry, Accepted) else None
        remark = told or settled_as.remark
        is_repeat = found.outcome is RowOutcome.DUPLICATE
        return RowReceipt(
            sheet=place.sheet,
            row=place.row,
            outcome=found.outcome,
            document_id=found.document_id,
            earlier_id=_named_beside(found, is_remarked=is_repeat and remark is not None),
            problem=remark,
            fields=_repeated_cells(entry) if is_repeat else {},
            position=position,
        )
    is_rejected = isinstance(outcome, Rejected)
    return RowReceipt(
        sheet=outcome.problem.sheet,
        row=outcome.problem.row,
        outcome=RowOutcome.REJECTED if is_rejected else RowOutcome.WARNED,
        problem=outcome.problem,
        fields=delivered_cells(outcome.fields) if isinstance(outcome, Rejected) else {},
        position=position,
    )


def _repeated_cells(entry: Entry) -> Mapping[str, str]:
    """Those of a repeat as delivered."""
    return delivered_cells(cells_of(entry.record.raw) if isinstance(entry, Accepted) else cells_in(entry))


def _named_beside(found: Taken, *, is_remarked: bool) -> DocumentId | None:
    """What a correction corrects; of a repeat with a remark the record in effect, by which the remark is found."""
    if found.in_effect is not None:
        return found.in_effect.id
    return found.document_id if is_remarked else found.earlier_id


def _counted(receipt: Receipt, rows: Sequence[RowReceipt]) -> dict[RowOutcome, int]:
    """With these rows; a remark beside a row that is in counts like one that stands alone."""
    counts = Counter(receipt.counts)
    for row in rows:
        counts[row.outcome] += 1
        if row.problem is not None and row.outcome in REMARKED_TOO:
            counts[RowOutcome.WARNED] += 1
    return dict(counts)
