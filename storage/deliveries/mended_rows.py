"""What was made of rows that a receipt refused, so that a row is one however often and wherever it is mended."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, insert, select

from domain.deliveries.receipt import ReceiptId
from storage.session import Session, chunks
from storage.tables.receipts import MendedRow, ReceiptEntryRow, ReceiptRow

Place = tuple[ReceiptId, int]
"""A row of a receipt: the receipt and the row's position in it."""
_Entry = tuple[int, int]


class MendedRows:
    """Leads from a refused row to what became of it later; rows that were refused again lead to the same.

    Where only the change of a row was refused, that leads to what the row was made of before.
    """

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def note(self, receipt_id: ReceiptId, came_from: Mapping[int, Place]) -> None:
        """The receipt's rows at these positions are those that were refused, or changed, at these places."""
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
        """Which row was taken in, or known already, when a refused one came last; without those never mended."""
        entries = self._entries(refused)
        first = self._first(set(entries.values()))
        made = self._made_of(set(first.values()))
        return {place: made[first[entry]] for place, entry in entries.items() if first[entry] in made}

    def first(self, refused: Collection[Place]) -> dict[Place, Place]:
        """Where each stood when it came for the first time, whatever became of it then."""
        entries = self._entries(refused)
        first = self._first(set(entries.values()))
        names = self._names({receipt for receipt, _ in first.values()})
        return {place: (names[first[entry][0]], first[entry][1]) for place, entry in entries.items()}

    def _entries(self, places: Collection[Place]) -> dict[Place, _Entry]:
        sequences = self._sequences({receipt for receipt, _ in places})
        return {(receipt, at): (sequences[receipt], at) for receipt, at in places if receipt in sequences}

    def _names(self, sequences: Collection[int]) -> dict[int, ReceiptId]:
        found: dict[int, ReceiptId] = {}
        for part in chunks(sorted(sequences)):
            query = select(ReceiptRow.id, ReceiptRow.sequence).where(ReceiptRow.sequence.in_(part))
            found |= {row.sequence: ReceiptId(row.id) for row in self._session.connection.execute(query)}
        return found

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
            for part in chunks(positions):
                for query in (_taken_in_at_first(receipt, part), _taken_in(receipt, part)):
                    rows = self._session.connection.execute(query)
                    found |= {(receipt, row.first_position): (ReceiptId(row.id), row.position) for row in rows}
        return found


def _taken_in_at_first(receipt: int, positions: Sequence[int]) -> Select[int, str, int]:
    """The rows themselves of which only a later change was refused."""
    position = ReceiptEntryRow.position
    return (
        select(position.label("first_position"), ReceiptRow.id, position)
        .join(ReceiptRow, ReceiptRow.sequence == ReceiptEntryRow.receipt)
        .where(ReceiptEntryRow.receipt == receipt, position.in_(positions), ReceiptEntryRow.document_id.is_not(None))
    )


def _taken_in(receipt: int, positions: Sequence[int]) -> Select[int, str, int]:
    """What was made of refused rows, the latest last."""
    is_entry = (ReceiptEntryRow.receipt == MendedRow.receipt) & (ReceiptEntryRow.position == MendedRow.position)
    return (
        select(MendedRow.first_position, ReceiptRow.id, MendedRow.position)
        .join(ReceiptEntryRow, is_entry)
        .join(ReceiptRow, ReceiptRow.sequence == MendedRow.receipt)
        .where(MendedRow.first_receipt == receipt, MendedRow.first_position.in_(positions))
        .where(ReceiptEntryRow.document_id.is_not(None))
        .order_by(MendedRow.receipt, MendedRow.position)
    )


def _by_receipt(entries: Collection[_Entry]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for receipt, position in sorted(entries):
        found.setdefault(receipt, []).append(position)
    return found
