"""The bands of the newest documents, packed: one row for each call that added some, until they are merged.

Bands are hashes. In a table with a row for each, a batch of documents would rewrite nearly every page of it; in one
row of bytes it rewrites none, and all of them together are searched faster than one band is looked up.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, insert, select

from storage.session import Session
from storage.tables.documents import PackedBandsRow

Pairs = NDArray[np.void]
"""Bands and the numbers of their documents, in the fields `band` and `number`."""

PAIR = np.dtype([("band", "<u4"), ("number", "<u4")])
_MOST_ROWS = 64
"""Rows from which on they are made one: single documents would otherwise leave thousands."""
_SIEVE = np.uint32(0xFFFF)
"""Bits of a band by which most others are told from those that are looked for."""


class PackedBands:
    """A small part of the index, read whole for every look-up."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._connection = session.connection

    def add(self, pairs: Pairs) -> None:
        """Remember which bands belong to which documents."""
        if not len(pairs):
            return
        self._write(pairs)
        rows = select(func.count()).select_from(PackedBandsRow)
        if (self._connection.scalar(rows) or 0) > _MOST_ROWS:
            self._write(self.take())

    def among(self, wanted: NDArray[np.uint32]) -> Pairs:
        """The pairs whose bands are among the wanted ones, which are in ascending order."""
        pairs = _joined(list(self._connection.scalars(select(PackedBandsRow.pairs))))
        if not len(wanted):
            return pairs[:0]
        sieve = np.zeros(_SIEVE + 1, dtype=np.bool_)
        sieve[wanted & _SIEVE] = True
        pairs = pairs[sieve[pairs["band"] & _SIEVE]]
        places = wanted.searchsorted(pairs["band"])
        found: Pairs = pairs[wanted.take(places, mode="clip") == pairs["band"]]
        return found

    def take(self) -> Pairs:
        """All pairs in the order of bands and numbers; they are not here any more."""
        # Locked, for another process may be about to take them too, and in one order. SQLite has one writer only.
        query = select(PackedBandsRow.sequence, PackedBandsRow.pairs).order_by(PackedBandsRow.sequence)
        rows = self._connection.execute(query.with_for_update()).all()
        # Only what was read: a third process may have added more meanwhile.
        self._delete([sequence for sequence, _ in rows])
        pairs = _joined([packed for _, packed in rows])
        return pairs[np.lexsort((pairs["number"], pairs["band"]))]

    def forget(self, numbers: Collection[int]) -> None:
        """Take the pairs of these documents out."""
        if not numbers:
            return
        query = select(PackedBandsRow.sequence, PackedBandsRow.pairs).order_by(PackedBandsRow.sequence)
        query = query.where(PackedBandsRow.first_number <= max(numbers), PackedBandsRow.last_number >= min(numbers))
        for sequence, packed in self._connection.execute(query.with_for_update()).all():
            pairs = _joined([packed])
            kept = pairs[~np.isin(pairs["number"], np.array(sorted(numbers)))]
            if len(kept) < len(pairs):
                self._delete([sequence])
                self._write(kept)

    def count(self) -> int:
        """How many pairs there are."""
        total = self._connection.scalar(select(func.sum(func.length(PackedBandsRow.pairs)))) or 0
        return int(total) // PAIR.itemsize

    def _write(self, pairs: Pairs) -> None:
        if len(pairs):
            first, last = int(pairs["number"].min()), int(pairs["number"].max())
            row = {"first_number": first, "last_number": last, "pairs": pairs.tobytes()}
            self._connection.execute(insert(PackedBandsRow), row)

    def _delete(self, sequences: Sequence[int]) -> None:
        self._connection.execute(delete(PackedBandsRow).where(PackedBandsRow.sequence.in_(sequences)))


def _joined(packed: Sequence[bytes]) -> Pairs:
    return np.frombuffer(b"".join(packed), dtype=PAIR)
