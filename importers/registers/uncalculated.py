"""Rows of formulas in a household register: the program that made the file did not calculate whose they are."""

from collections.abc import Iterable, Iterator

from importers.entries import Warned
from importers.formats.parts import NOT_CALCULATED, Row
from importers.headers.header import Header
from importers.registers.row import RefusedRow
from importers.rows.uncalculated import MOST_HELD
from importers.table_place import TablePlace

_WHO = ("household_id", "name", "head_name", "id_number", "head_id_number")


class UncalculatedRows:
    """The rows of formulas among those of a register's table."""

    def __init__(self) -> None:
        """None yet."""
        self.found: list[Row] = []
        """The first ones."""
        self._more = 0

    def passed(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that say something."""
        for row in rows:
            if not row.is_blank:
                yield row
            elif row.uncalculated and len(self.found) < MOST_HELD:
                self.found.append(row)
            elif row.uncalculated:
                self._more += 1

    def told(self, header: Header, place: TablePlace) -> Iterator[RefusedRow | Warned]:
        """What is said of those below the header: whose they are, and how many people they are, nobody knows."""
        for row in self.found:
            if row.number > header.last_row:
                more = f"这样的还有{self._more}行" if self._more and row is self.found[-1] else ""
                problem = place.problem(row.number, None, NOT_CALCULATED, more)
                hides_a_person = len(row.uncalculated & _telling(header)) > 1
                yield RefusedRow(problem, "", {}) if hides_a_person else Warned(problem)


def _telling(header: Header) -> frozenset[int]:
    """The columns that say who it is: a row without them is a sum, or was only prepared."""
    return frozenset(index for field in _WHO for index in header.places.get(field, ()))
