"""What a person should look at in one row of petitions that is taken in."""

from collections.abc import Mapping

from importers.entries import Warned
from importers.header import Header
from importers.table_place import TablePlace


class Remarks:
    """What a person should look at in one row that is taken in."""

    def __init__(self, header: Header, place: TablePlace, row: int, columns: Mapping[str, str]) -> None:
        """Of the row with this number, in which `columns` were read for the fields."""
        self._header = header
        self._place = place
        self._row = row
        self._columns = columns
        self.entries: list[Warned] = []

    def add(self, field: str, reason: str, value: str) -> None:
        """Something about the cell of a field."""
        self.add_to_column(self._columns.get(field) or self._header.text(field), reason, value)

    def add_to_column(self, column: str | None, reason: str, value: str) -> None:
        """Something about the cell below a header."""
        self.entries.append(Warned(self._place.problem(self._row, column, reason, value)))
