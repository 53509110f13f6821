"""Signatures of texts and their bands: by what is in them a new text finds those that it repeats.

Everything lies in tables of the database, so a restart forgets nothing and a deletion leaves nothing. The bands of the
newest documents lie packed in a table of their own (`storage.texts.packed_bands`) and are merged into the large one
from time to time, in its order: bands are hashes, and each document would otherwise rewrite two dozen pages all over a
table of millions.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, select

from domain.texts.document import DocumentId
from storage.session import Session, chunks
from storage.tables.documents import BandRow, SignatureRow
from storage.texts.band_matches import Asked, matches
from storage.texts.packed_bands import PAIR, PackedBands, Pairs

_ROWS = 400
"""Bands written in one statement."""
_MERGED_AT_ONCE = 8192
"""Documents from whose numbers on the recent bands are merged: often enough that they stay in memory."""

_NOBODY = 0
"""The number of no document: they begin with 1."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A document's signature, as the language room makes it."""

    document_id: DocumentId
    bands: tuple[int, ...]
    values: bytes


class Signatures:
    """The index of near-duplicates."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._recent = PackedBands(session)

    def add(self, signed: Sequence[Signed]) -> list[list[tuple[DocumentId, bytes]]]:
        """Remember the signatures; for each, the documents before it that share a band, with their signatures.

        Those that share the most bands come first. What is known already stays as it is.
        """
        held = self._held([band for one in signed for band in one.bands])
        ids = [one.document_id for one in signed]
        known = self._numbers(ids)
        new = [
            {"document_id": one.document_id, "signature": one.values} for one in signed if one.document_id not in known
        ]
        self._session.insert_new(SignatureRow, new)
        numbers = self._numbers(ids)
        asked = Asked([one.bands for one in signed], [numbers[one] for one in ids], [one not in known for one in ids])
        nearest, added = matches(held, asked)
        self._recent.add(added)
        given = [number for document_id, number in numbers.items() if document_id not in known]
        if given and min(given) // _MERGED_AT_ONCE != (max(given) + 1) // _MERGED_AT_ONCE:
            self._insert(self._recent.take())
        return self._with_signatures(nearest)

    def near(self, bands: Sequence[int]) -> list[tuple[DocumentId, bytes]]:
        """The documents that share one of the bands, those that share the most first; nothing is remembered."""
        nearest, _ = matches(self._held(bands), Asked([bands], [_NOBODY], [False]))
        return self._with_signatures(nearest)[0]

    def forget(self, ids: Sequence[DocumentId], bands_of: Callable[[bytes], Sequence[int]]) -> None:
        """Take the signatures of these documents out, with every band; `bands_of` tells the bands of a signature."""
        numbers = self._numbers(ids)
        for document_id, values in self._signed(sorted(numbers.values())).values():
            mine = BandRow.band.in_(list(bands_of(values))), BandRow.number == numbers[document_id]
            self._session.connection.execute(delete(BandRow).where(*mine))
        self._recent.forget(numbers.values())
        for part in chunks(list(numbers)):
            self._session.connection.execute(delete(SignatureRow).where(SignatureRow.document_id.in_(part)))

    def count(self) -> tuple[int, int]:
        """How many signatures and how many bands there are."""
        connection = self._session.connection
        signatures = connection.scalar(select(func.count()).select_from(SignatureRow)) or 0
        bands = connection.scalar(select(func.count()).select_from(BandRow)) or 0
        return signatures, bands + self._recent.count()

    # The library's handling of rows and of parameters, some forty for each document, would cost more than the
    # database's own work.

    def _held(self, bands: Sequence[int]) -> Pairs:
        # In the order of the key, as neighbours lie on one page of the database.
        wanted: NDArray[np.uint32] = np.unique(np.array(bands, dtype=np.uint32))
        # The newest first: what another process merges meanwhile is met twice rather than not at all.
        recent = self._recent.among(wanted)
        merged = self._found("band, number", "bands", "band", wanted.tolist())
        return np.concatenate([recent, np.array([(band, number) for band, number in merged], dtype=PAIR)])

    def _insert(self, pairs: Pairs) -> None:
        """Merge the pairs into the table of bands, in its order: neighbours of one page are written together."""
        connection = self._session.connection
        for start in range(0, len(pairs), _ROWS):
            part = pairs[start : start + _ROWS].tolist()
            if connection.dialect.name == "sqlite":
                # Reading a statement full of numbers takes SQLite longer than being handed them, many at once.
                values, given = ",".join(["(?,?)"] * len(part)), tuple(chain.from_iterable(part))
            else:
                values, given = ",".join(f"({band},{number})" for band, number in part), ()
            connection.exec_driver_sql(f"INSERT INTO bands (band, number) VALUES {values}", given)  # noqa: S608

    def _with_signatures(self, nearest: Sequence[Sequence[int]]) -> list[list[tuple[DocumentId, bytes]]]:
        found = self._signed(sorted({number for numbers in nearest for number in numbers}))
        return [[found[number] for number in numbers] for numbers in nearest]

    def _signed(self, numbers: Sequence[int]) -> dict[int, tuple[DocumentId, bytes]]:
        rows = self._found("number, document_id, signature", "signatures", "number", numbers)
        return {number: (DocumentId(document_id), values) for number, document_id, values in rows}

    def _numbers(self, ids: Sequence[DocumentId]) -> dict[DocumentId, int]:
        rows = self._found("document_id, number", "signatures", "document_id", ids)
        return {DocumentId(document_id): number for document_id, number in rows}

    def _found(self, columns: str, table: str, key: str, wanted: Sequence[int] | Sequence[str]) -> Sequence[Any]:
        """The driver's own rows whose key is among those wanted; these are handed over as one value."""
        connection = self._session.connection
        if connection.dialect.name == "sqlite":
            query = f"SELECT {columns} FROM json_each(?) CROSS JOIN {table} ON {key} = value"  # noqa: S608
            return connection.exec_driver_sql(query, (json.dumps(wanted),)).cursor.fetchall()
        query = f"SELECT {columns} FROM {table} WHERE {key} = ANY(%s)"  # noqa: S608
        return connection.exec_driver_sql(query, (list(wanted),)).cursor.fetchall()
