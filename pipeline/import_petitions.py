"""Takes delivered files in: one transaction per file, one outcome for every row."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from domain.clock import Clock
from domain.receipt import Receipt, RowOutcome, RowReceipt
from domain.region import RegionCode
from importers.entries import Accepted, PetitionFile, PetitionRecord, Rejected, Warned
from importers.petitions import open_petitions
from importers.posts import read_posts
from storage.store import Store
from storage.unit_of_work import UnitOfWork


def import_petitions(store: Store, path: Path, *, county: RegionCode, clock: Clock) -> Receipt:
    """The receipt of a register, stored in the same transaction as its records; FileError when it cannot be read."""
    received_at = clock.now()
    with open_petitions(path, received_at=received_at, county=county) as reading:
        entries = list(reading)
    delivered = PetitionFile(
        file=reading.file,
        sha256=reading.sha256,
        records=tuple(one.record for one in entries if isinstance(one, Accepted)),
        problems=tuple(one.problem for one in entries if isinstance(one, Rejected)),
        warnings=tuple(one.problem for one in entries if isinstance(one, Warned)),
    )
    return _stored(store, delivered, received_at)


def import_posts(store: Store, path: Path, *, clock: Clock) -> Receipt:
    """The same for an export of posts or of a message board."""
    received_at = clock.now()
    return _stored(store, read_posts(path, received_at=received_at), received_at)


def _stored(store: Store, delivered: PetitionFile, received_at: datetime) -> Receipt:
    with store.unit_of_work() as work:
        receipt = _take_in(work, delivered, received_at)
        work.receipts.add(receipt)
        work.commit()
    return receipt


def _take_in(work: UnitOfWork, delivered: PetitionFile, received_at: datetime) -> Receipt:
    rows = [*_accepted(work, delivered.records), *_rejected(delivered)]
    rows.sort(key=lambda row: (row.sheet, row.row))
    return Receipt(
        file=delivered.file,
        file_sha256=delivered.sha256,
        received_at=received_at,
        rows=tuple(rows),
        warnings=delivered.warnings,
    )


def _accepted(work: UnitOfWork, records: tuple[PetitionRecord, ...]) -> Iterator[RowReceipt]:
    for record in records:
        outcome = RowOutcome.ACCEPTED if work.raw.add(record.raw) else RowOutcome.DUPLICATE
        yield RowReceipt(sheet=record.sheet, row=record.row, outcome=outcome, document_id=record.raw.id)


def _rejected(delivered: PetitionFile) -> Iterator[RowReceipt]:
    for problem in delivered.problems:
        yield RowReceipt(sheet=problem.sheet, row=problem.row, outcome=RowOutcome.REJECTED, problem=problem)
