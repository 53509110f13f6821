"""Rows of formulas in a household register: the program that made the file did not calculate whose they are."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator

from importers.entries import Rejected, Warned
from importers.formats.parts import Row
from importers.headers.header import Header
from importers.registers.row import RefusedRow
from importers.rows.uncalculated import MOST_HELD, FormulaRows, hides_a_record
from importers.table_place import TablePlace


class UncalculatedRows:
    """The rows of formulas among those of a register's table: they pass before its header is known, and after."""

    def __init__(self) -> None:
        """None yet."""
        self.found: list[Row] = []
        """The first ones."""
        self._more: Counter[frozenset[int]] = Counter()
        """How many there are besides, by their columns."""
        self._last: dict[frozenset[int], int] = {}
        """The last row of each of these."""

    def passed(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that say something."""
        for row in rows:
            if not row.is_blank:
                yield row
            elif row.uncalculated:
                self.take(row)

    def take(self, row: Row) -> None:
        """Remember a row that says nothing, or nothing but its number."""
        if len(self.found) < MOST_HELD:
            insort(self.found, row, key=_number)
            return
        columns = row.uncalculated
        # So many kinds of rows nobody fills down; the further ones count as the widest.
        is_kept = columns in self._more or len(self._more) < MOST_HELD
        kind = columns if is_kept else max(self._more, key=len)
        self._more[kind] += 1
        self._last[kind] = row.number

    def hide_between(self, header: Header, above: int, row: int) -> bool:
        """True where one that hides somebody stands between the two rows, or one of those that are not held may."""
        at = bisect_right(self.found, above, key=_number)
        while at < len(self.found) and self.found[at].number < row:
            if hides_a_record(header, self.found[at].uncalculated):
                return True
            at += 1
        if at < len(self.found):
            return False
        return any(above < last and hides_a_record(header, columns) for columns, last in self._last.items())

    def told(self, header: Header, place: TablePlace) -> Iterator[RefusedRow | Warned]:
        """What is said of those below the header: whose they are, and how many people they are, nobody knows."""
        rows = FormulaRows(header, place)
        for row in self.found:
            if row.number > header.last_row:
                rows.take(row.number, row.uncalculated)
        for columns, count in self._more.items():
            rows.take(self._last[columns], columns, times=count)
        for entry in rows.told():
            yield RefusedRow(entry.problem, "", {}) if isinstance(entry, Rejected) else entry


def _number(row: Row) -> int:
    return row.number
