"""Receipts of delivered files, their entries read page by page."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, not_, or_, select, update

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
from domain.failures.errors import DatabaseBusy
from domain.texts.document import DocumentId
from storage.encryption.sealed import RECEIPT, RECEIPT_ENTRY
from storage.session import Session, chunks
from storage.tables.receipts import MailRow, ReceiptEntryRow, ReceiptRow

FORGOTTEN_FILE = "(按保留期限清理)"
"""What stands for the name of a file once the retention policy has emptied its receipt."""
_FORGOTTEN: Mapping[str, Any] = {"file": FORGOTTEN_FILE, "tables": [], "failure": ""}
NO_CHAIN = ""
"""The chain of a receipt without entries."""


class Receipts:
    """One per delivered file; names of files, values and cells are encrypted."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def append(self, receipt: Receipt, rows: Sequence[RowReceipt], *, chain_before: str, chain: str) -> None:
        """Keep further entries of the file and the receipt as it stands after them.

        `chain_before` is what the last call left, `NO_CHAIN` for the first one; DatabaseBusy when another process
        has gone on with the same receipt in between, and then nothing is kept.
        """
        values = {
            "way": receipt.origin.way.value,
            "who": receipt.origin.who,
            "office": receipt.origin.office,
            "file_sha256": receipt.file_sha256,
            "received_at": receipt.received_at,
            "state": receipt.state.value,
            "finished_at": receipt.finished_at,
            "accepted": receipt.accepted,
            "corrected": receipt.count(RowOutcome.CORRECTED),
            "duplicates": receipt.count(RowOutcome.DUPLICATE),
            "rejected": receipt.count(RowOutcome.REJECTED),
            "warned": receipt.count(RowOutcome.WARNED),
            "chain": chain,
            "earlier_id": receipt.earlier_id,
            "sealed": self._session.seal(_named(receipt), RECEIPT.of(receipt.id)),
        }
        sequence = self._write(receipt.id, values, chain_before)
        numbers = {table.sheet: number for number, table in enumerate(receipt.tables)}
        entries = [{"receipt": sequence, **self._entry(row, sequence, numbers)} for row in rows]
        if entries:
            self._session.connection.execute(insert(ReceiptEntryRow), entries)

    def get(self, receipt_id: str) -> Receipt | None:
        """The receipt with this id; None when there is none."""
        query = select(ReceiptRow.__table__).where(ReceiptRow.id == receipt_id)
        row = self._session.connection.execute(query).one_or_none()
        return self._receipt(row) if row else None

    def chain(self, receipt_id: ReceiptId) -> str:
        """The chain over the entries kept so far; LookupError when there is no such receipt."""
        found = self._session.connection.scalar(select(ReceiptRow.chain).where(ReceiptRow.id == receipt_id))
        if found is None:
            raise LookupError(f"no receipt {receipt_id}")
        return found

    def kept(self, receipt_id: ReceiptId) -> int:
        """How many entries the receipt has."""
        last = select(func.max(ReceiptEntryRow.position)).join(
            ReceiptRow, ReceiptRow.sequence == ReceiptEntryRow.receipt
        )
        found = self._session.connection.scalar(last.where(ReceiptRow.id == receipt_id))
        return 0 if found is None else found + 1

    def recent(self, limit: int, *, before: ReceiptId | None = None) -> list[Receipt]:
        """The latest receipts, newest first; `before` is the last one of the page before."""
        query = select(ReceiptRow.__table__).order_by(ReceiptRow.sequence.desc()).limit(limit)
        if before is not None:
            last = select(ReceiptRow.sequence).where(ReceiptRow.id == before).scalar_subquery()
            query = query.where(ReceiptRow.sequence < last)
        return [self._receipt(row) for row in self._session.connection.execute(query)]

    def of_file(self, sha256: str, state: ReceiptState, office: str) -> list[Receipt]:
        """An office's receipts of a file with exactly this content that are in this state, oldest first."""
        query = select(ReceiptRow.__table__).where(
            ReceiptRow.file_sha256 == sha256, ReceiptRow.state == state.value, ReceiptRow.sealed.is_not(None)
        )
        query = query.where(ReceiptRow.office == office)
        return [self._receipt(row) for row in self._session.connection.execute(query.order_by(ReceiptRow.sequence))]

    def rows(
        self,
        receipt_id: ReceiptId,
        *,
        outcomes: Collection[RowOutcome] | None = None,
        remarked: bool = False,
        corrections: bool = False,
        after: int = -1,
        limit: int = 200,
    ) -> list[RowReceipt]:
        """A page of the receipt's entries in the file's order: those behind position `after` with these outcomes.

        `remarked` leaves out those of which nothing is said but their outcome; with `corrections` it leaves in what
        corrects an earlier record, which is said of it.
        """
        found = self._session.connection.execute(
            select(ReceiptRow.sequence, ReceiptRow.sealed).where(ReceiptRow.id == receipt_id)
        ).one_or_none()
        if found is None:
            return []
        sheets = [sheet for sheet, _ in self._tables(found.sealed, receipt_id)]
        query = select(ReceiptEntryRow.__table__).where(
            ReceiptEntryRow.receipt == found.sequence, ReceiptEntryRow.position > after
        )
        if outcomes is not None:
            query = query.where(ReceiptEntryRow.outcome.in_([one.value for one in outcomes]))
        if remarked:
            query = query.where(_said_of(corrections=corrections))
        rows = self._session.connection.execute(query.order_by(ReceiptEntryRow.position).limit(limit))
        return [self._row_receipt(row, sheets) for row in rows]

    def at(self, places: Collection[tuple[ReceiptId, int]], office: str) -> dict[tuple[ReceiptId, int], RowReceipt]:
        """The entries at these positions, by receipt and position; those of other offices' receipts are left out."""
        positions: dict[str, list[int]] = {}
        for receipt_id, position in places:
            positions.setdefault(receipt_id, []).append(position)
        query = select(ReceiptRow.id, ReceiptRow.sequence, ReceiptRow.sealed).where(ReceiptRow.office == office)
        found: dict[tuple[ReceiptId, int], RowReceipt] = {}
        for ids in chunks(sorted(positions)):
            for receipt in self._session.connection.execute(query.where(ReceiptRow.id.in_(ids))).all():
                sheets = [sheet for sheet, _ in self._tables(receipt.sealed, receipt.id)]
                for row in self._entries_at(receipt.sequence, positions[receipt.id]):
                    found[receipt.id, row.position] = self._row_receipt(row, sheets)
        return found

    def remember_mail(self, message_id: str, at: datetime) -> None:
        """The mail was dealt with; a second time changes nothing."""
        if self.knows_mail(message_id):
            return
        row = {"message_hash": self._session.cipher.blind_index(message_id), "taken_at": at}
        self._session.insert_new(MailRow, [row])

    def knows_mail(self, message_id: str) -> bool:
        """True when a mail with this Message-ID was dealt with."""
        wanted = self._session.cipher.blind_indexes(message_id)
        query = select(MailRow.message_hash).where(MailRow.message_hash.in_(wanted))
        return self._session.connection.scalar(query.limit(1)) is not None

    def _entries_at(self, receipt: int, positions: Sequence[int]) -> Iterator[Row[Any]]:
        query = select(ReceiptEntryRow.__table__).where(ReceiptEntryRow.receipt == receipt)
        for wanted in chunks(sorted(positions)):
            yield from self._session.connection.execute(query.where(ReceiptEntryRow.position.in_(wanted))).all()

    def _write(self, receipt_id: ReceiptId, values: Mapping[str, Any], chain_before: str) -> int:
        connection = self._session.connection
        known = connection.scalar(select(ReceiptRow.sequence).where(ReceiptRow.id == receipt_id))
        if known is None:
            written = connection.execute(
                insert(ReceiptRow).returning(ReceiptRow.sequence), {"id": receipt_id, **values}
            )
            return written.scalar_one()
        changing = update(ReceiptRow).where(
            ReceiptRow.sequence == known,
            ReceiptRow.chain == chain_before,
            ReceiptRow.state == ReceiptState.UNDER_WAY.value,
        )
        if connection.execute(changing.values(**values)).rowcount != 1:
            raise DatabaseBusy("同一份文件正由另一个进程导入, 请等它结束后再试")
        return known

    def _entry(self, row: RowReceipt, receipt: int, numbers: Mapping[str, int]) -> dict[str, Any]:
        sealed = None
        if row.problem is not None or row.fields:
            said = {"problem": _said(row.problem), "fields": dict(row.fields)}
            sealed = self._session.seal(said, RECEIPT_ENTRY.of(receipt, row.position))
        return {
            "position": row.position,
            "table_number": numbers[row.sheet],
            "row_number": row.row,
            "outcome": row.outcome.value,
            "document_id": row.document_id,
            "earlier_id": row.earlier_id,
            "sealed": sealed,
        }

    def _tables(self, sealed: bytes | None, receipt_id: ReceiptId) -> list[Any]:
        return list(self._session.unseal(sealed, RECEIPT.of(receipt_id))["tables"]) if sealed else []

    def _receipt(self, row: Row[Any]) -> Receipt:
        named = self._session.unseal(row.sealed, RECEIPT.of(row.id)) if row.sealed else dict(_FORGOTTEN)
        return Receipt(
            id=ReceiptId(row.id),
            file=named["file"],
            file_sha256=row.file_sha256,
            origin=Origin(way=Way(row.way), who=row.who, office=row.office),
            received_at=row.received_at,
            state=ReceiptState(row.state),
            finished_at=row.finished_at,
            counts={
                RowOutcome.ACCEPTED: row.accepted - row.corrected,
                RowOutcome.CORRECTED: row.corrected,
                RowOutcome.DUPLICATE: row.duplicates,
                RowOutcome.REJECTED: row.rejected,
                RowOutcome.WARNED: row.warned,
            },
            tables=tuple(ReceiptTable(sheet=sheet, columns=tuple(columns)) for sheet, columns in named["tables"]),
            failure=named["failure"],
            earlier_id=ReceiptId(row.earlier_id) if row.earlier_id else None,
        )

    def _row_receipt(self, row: Row[Any], sheets: Sequence[str]) -> RowReceipt:
        sheet = sheets[row.table_number] if row.table_number < len(sheets) else ""
        place = RECEIPT_ENTRY.of(row.receipt, row.position)
        record = self._session.unseal(row.sealed, place) if row.sealed else None
        return RowReceipt(
            sheet=sheet,
            row=row.row_number,
            outcome=RowOutcome(row.outcome),
            document_id=DocumentId(row.document_id) if row.document_id else None,
            earlier_id=DocumentId(row.earlier_id) if row.earlier_id else None,
            problem=_problem(sheet, row.row_number, record["problem"]) if record and record["problem"] else None,
            fields=record["fields"] if record else {},
            position=row.position,
        )


def _said_of(*, corrections: bool) -> ColumnElement[bool]:
    """True for entries with a remark or reason; what the retention policy has emptied says nothing any more.

    Every repeat keeps its cells; one with a remark names the version in effect.
    """
    is_repeat = ReceiptEntryRow.outcome == RowOutcome.DUPLICATE.value
    says = and_(ReceiptEntryRow.sealed.is_not(None), or_(not_(is_repeat), ReceiptEntryRow.earlier_id.is_not(None)))
    return or_(says, ReceiptEntryRow.outcome == RowOutcome.CORRECTED.value) if corrections else says


def _named(receipt: Receipt) -> dict[str, Any]:
    tables = [[table.sheet, list(table.columns)] for table in receipt.tables]
    return {"file": receipt.file, "tables": tables, "failure": receipt.failure}


def _said(problem: RowProblem | None) -> dict[str, Any] | None:
    return None if problem is None else {"column": problem.column, "reason": problem.reason, "value": problem.value}


def _problem(sheet: str, row: int, said: Mapping[str, Any]) -> RowProblem:
    return RowProblem(sheet=sheet, row=row, column=said["column"], reason=said["reason"], value=said["value"])
