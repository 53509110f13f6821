"""Rows of which a file holds nothing but formulas: the program that made it did not calculate them."""

from collections.abc import Iterable, Iterator, Sequence

from importers.cells import filled_cells
from importers.entries import Warned
from importers.formats.parts import NOT_CALCULATED, Row
from importers.header import Header
from importers.register_row import RefusedRow
from importers.table_place import TablePlace

ONLY_FORMULAS = "这个表里只有公式, 都没有算好的结果, 一行也读不出; 请用WPS或Excel打开, 保存后再提交"
_WHO = ("household_id", "name", "head_name", "id_number", "head_id_number")
_LONGEST_TITLE = 40
_MOST = 1_000
"""Rows of formulas that are held while the beginning of a table is looked for."""


def beginning_of(rows: Iterator[Row], most: int) -> tuple[list[Row], list[Row]]:
    """The first rows up to so many that say something, and of these the ones that do: a header is among them."""
    begun: list[Row] = []
    head: list[Row] = []
    for row in rows:
        begun.append(row)
        if not row.is_blank:
            head.append(row)
        if len(head) >= most or len(begun) - len(head) >= _MOST:
            break
    return begun, head


def only_formulas(begun: Iterable[Row], head: Sequence[Row]) -> int:
    """The first row of formulas in a table of nothing but titles and such rows; 0 for any other."""
    first = next((row.number for row in begun if row.is_blank and len(row.uncalculated) > 1), 0)
    return first if all(map(_may_be_title, head)) else 0


def _may_be_title(row: Row) -> bool:
    texts = list(filled_cells(row.cells).values())
    return len(texts) <= 1 and all(len(text) <= _LONGEST_TITLE for text in texts)


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
            elif row.uncalculated and len(self.found) < _MOST:
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
