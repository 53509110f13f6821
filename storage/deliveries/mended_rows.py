"""What was made of rows that a receipt had refused, so that a row is one however often and wherever it is mended."""

from collections.abc import Collection, Mapping

from sqlalchemy import Select, insert, select

from domain.receipt import ReceiptId
from storage.session import Session, chunks
from storage.tables.receipts import MendedRow, ReceiptEntryRow, ReceiptRow

Place = tuple[ReceiptId, int]
"""A row of a receipt: the receipt and the row's position in it."""
_Entry = tuple[int, int]


class MendedRows:
    """Leads from a refused row to what became of it later; rows that were refused again lead to the same."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def note(self, receipt_id: ReceiptId, came_from: Mapping[int, Place]) -> None:
        """The receipt's rows at these positions are those that were refused at these places; all are stored."""
        if not came_from:
            return
        sequences = self._sequences({receipt_id, *(receipt for receipt, _ in came_from.values())})
        refused = {place: (sequences[place[0]], place[1]) for place in came_from.values()}
        first = self._first(set(refused.values()))
        rows = [
            {
                "receipt": sequences[receipt_id],
                "position": position,
                "first_receipt": first[refused[place]][0],
                "first_position": first[refused[place]][1],
            }
            for position, place in came_from.items()
        ]
        self._session.connection.execute(insert(MendedRow), rows)

    def latest(self, refused: Collection[Place]) -> dict[Place, Place]:
        """Which row was taken in, or known already, when a refused one came back last; without those never mended."""
        sequences = self._sequences({receipt for receipt, _ in refused})
        entries = {(receipt, at): (sequences[receipt], at) for receipt, at in refused if receipt in sequences}
        first = self._first(set(entries.values()))
        made = self._made_of(set(first.values()))
        return {place: made[first[entry]] for place, entry in entries.items() if first[entry] in made}

    def _sequences(self, receipts: Collection[ReceiptId]) -> dict[ReceiptId, int]:
        found: dict[ReceiptId, int] = {}
        for part in chunks(sorted(receipts)):
            query = select(ReceiptRow.id, ReceiptRow.sequence).where(ReceiptRow.id.in_(part))
            found |= {ReceiptId(row.id): row.sequence for row in self._session.connection.execute(query)}
        return found

    def _first(self, entries: Collection[_Entry]) -> dict[_Entry, _Entry]:
        """Where each was refused for the first time."""
        found = {entry: entry for entry in entries}
        for receipt, positions in _by_receipt(entries).items():
            for part in chunks(positions):
                query = select(MendedRow).where(MendedRow.receipt == receipt, MendedRow.position.in_(part))
                for row in self._session.connection.execute(query.with_only_columns(*MendedRow.__table__.columns)):
                    found[row.receipt, row.position] = row.first_receipt, row.first_position
        return found

    def _made_of(self, first: Collection[_Entry]) -> dict[_Entry, Place]:
        found: dict[_Entry, Place] = {}
        for receipt, positions in _by_receipt(first).items():
            query = _taken_in().where(MendedRow.first_receipt == receipt)
            for part in chunks(positions):
                rows = self._session.connection.execute(query.where(MendedRow.first_position.in_(part)))
                found |= {(receipt, row.first_position): (ReceiptId(row.id), row.position) for row in rows}
        return found


def _taken_in() -> Select[int, str, int]:
    """What was made of refused rows, the latest last."""
    is_entry = (ReceiptEntryRow.receipt == MendedRow.receipt) & (ReceiptEntryRow.position == MendedRow.position)
    return (
        select(MendedRow.first_position, ReceiptRow.id, MendedRow.position)
        .join(ReceiptEntryRow, is_entry)
        .join(ReceiptRow, ReceiptRow.sequence == MendedRow.receipt)
        .where(ReceiptEntryRow.document_id.is_not(None))
        .order_by(MendedRow.receipt, MendedRow.position)
    )


def _by_receipt(entries: Collection[_Entry]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for receipt, position in sorted(entries):
        found.setdefault(receipt, []).append(position)
    return found
