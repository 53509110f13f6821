"""Rows of a message board's export, as posts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain.deliveries.receipt import MARK_COLUMN
from importers.entries import Accepted, Entry, PetitionRecord, Rejected, Warned
from importers.formats.parts import Row
from importers.headers.header import Header
from importers.posts.rows import PostReader
from importers.rows.kinds import only_counts
from importers.rows.uncalculated import FormulaRows
from importers.table_place import TablePlace
from importers.values.cells import filled_cells


class BoardRows:
    """Rows of a message board's export, by the rules of posts."""

    def __init__(self, header: Header, place: TablePlace, received_at: datetime) -> None:
        """Rows below this header."""
        self._header = header
        self._place = place
        self._reader = PostReader(received_at)
        self.formulas = FormulaRows(header, place)

    def read(self, row: Row) -> Iterator[Entry]:
        """What the row says."""
        known = {index for places in self._header.places.values() for index in places}
        known |= {index for index, text in self._header.names.items() if text == MARK_COLUMN}
        filled = filled_cells(row.cells)
        if row.uncalculated and only_counts(filled, self._header):
            self.formulas.take(row.number, row.uncalculated)
            return
        # Who wrote is never read, so of the row only what is understood is kept.
        fields = {self._header.names[index]: text for index, text in filled.items() if index in known}
        self._reader.take_row(self._place.label, self._header, row)
        yield from (Warned(one) for one in self._reader.warnings)
        yield from (Rejected(one, fields) for one in self._reader.problems)
        for record in self._reader.records:
            raw = replace(record.raw, fields=fields)
            yield Accepted(PetitionRecord(sheet=record.sheet, row=record.row, raw=raw, part=self._place.part))
        self._reader.clear()

    def end(self) -> Iterator[Entry]:
        """Nothing: no row waits."""
        return iter(())
