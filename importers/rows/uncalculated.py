"""Rows of which a file holds nothing but formulas: the program that made it did not calculate them."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from importers.entries import Rejected, Warned
from importers.formats.parts import Row
from importers.headers.header import Header, matter_columns
from importers.table_place import TablePlace
from importers.table_remarks import CountedRows
from importers.values.cells import filled_cells

ONLY_FORMULAS = "这个表里只有公式, 都没有算好的结果, 一行也读不出; 请用WPS或Excel打开, 保存后再提交"
ROWS_OF_FORMULAS = "有{count}行只有公式, 文件里没有算好的结果, 没有导入; 请用WPS或Excel打开, 保存后再提交"
PREPARED_ROWS = (
    "有{count}行只有公式, 文件里没有算好的结果, 像是合计或预先拉好的空行, 没有导入; "
    "其中写有内容的请用WPS或Excel打开, 保存后再提交"
)
_WHO = ("household_id", "name", "head_name", "id_number", "head_id_number")
"""Columns of a register that say who somebody is."""
_FEWEST_OF_WHO = 2
_LONGEST_TITLE = 40
MOST_HELD = 1_000
"""Rows of formulas that are held while the beginning of a table is looked for."""


def hides_a_record(header: Header, uncalculated: Collection[int]) -> bool:
    """True where formulas stand in the matter of a petition or message, or tell who somebody in a register is.

    Without these no result makes a record of a row: it is a sum, or was only prepared.
    """
    if matter := matter_columns(header):
        return not set(matter).isdisjoint(uncalculated)
    who = {index for field in _WHO for index in header.places.get(field, ())}
    return len(who.intersection(uncalculated)) >= _FEWEST_OF_WHO


class FormulaRows:
    """Counts the rows of formulas below one header: what is in them nobody knows, and that is said once."""

    def __init__(self, header: Header, place: TablePlace) -> None:
        """None yet, of the table at this place."""
        self._header = header
        self._place = place
        self._hiding, self._prepared = CountedRows(ROWS_OF_FORMULAS), CountedRows(PREPARED_ROWS)

    def take(self, row: int, columns: Collection[int], *, times: int = 1) -> bool:
        """Count a row, or so many, with formulas in the columns and at most a number; True where they hide records."""
        hides = hides_a_record(self._header, columns)
        (self._hiding if hides else self._prepared).add(row, times)
        return hides

    def told(self) -> Iterator[Rejected | Warned]:
        """One refusal for those that hide records, one remark for the others."""
        if self._hiding.count:
            yield Rejected(self._hiding.problem(self._place))
        if self._prepared.count:
            yield Warned(self._prepared.problem(self._place))


def beginning_of(rows: Iterator[Row], most: int) -> tuple[list[Row], list[Row]]:
    """The first rows up to so many that say something, and of these the ones that do: a header is among them."""
    begun: list[Row] = []
    head: list[Row] = []
    for row in rows:
        begun.append(row)
        if not row.is_blank:
            head.append(row)
        if len(head) >= most or len(begun) - len(head) >= MOST_HELD:
            break
    return begun, head


def only_formulas(begun: Iterable[Row], head: Sequence[Row]) -> int:
    """The first row of formulas in a table of nothing but titles and such rows; 0 for any other."""
    first = next((row.number for row in begun if row.is_blank and len(row.uncalculated) > 1), 0)
    return first if all(map(_may_be_title, head)) else 0


def _may_be_title(row: Row) -> bool:
    texts = list(filled_cells(row.cells).values())
    return len(texts) <= 1 and all(len(text) <= _LONGEST_TITLE for text in texts)
