"""What a person should look at in one row of petitions that is taken in."""

from collections.abc import Mapping

from importers.entries import Warned
from importers.headers.header import Header
from importers.table_place import TablePlace


class Remarks:
    """What a person should look at in one row that is taken in."""

    def __init__(self, header: Header, place: TablePlace, row: int, filled: Mapping[int, str]) -> None:
        """Of the row with this number; `filled` are the texts of its cells by column."""
        self._header = header
        self._place = place
        self._row = row
        self._filled = filled
        self.entries: list[Warned] = []

    def add(self, field: str, reason: str, value: str) -> None:
        """Something about the cell of a field."""
        places = self._header.places.get(field, ())
        read = next((self._header.texts[index] for index in places if index in self._filled), None)
        self.add_to_column(read or self._header.text(field), reason, value)

    def add_to_column(self, column: str | None, reason: str, value: str) -> None:
        """Something about the cell below a header."""
        self.entries.append(Warned(self._place.problem(self._row, column, reason, value)))
