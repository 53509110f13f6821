"""What receipts say about a whole table, and about what repeats in it, whatever its rows are of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from domain.deliveries.receipt import RowProblem
from importers.entries import Warned
from importers.formats.parts import Row
from importers.table_place import TablePlace

HIDDEN_SHEET = "这个工作表是隐藏的, 已照样导入; 该交的不需要处理, 不该交的请告诉管理员"
EMPTY_TABLE = "表头下面没有一行内容, 请检查是否导出了空表"
ZERO_REPORT = "这个表的表头下面没有信访件(零报告), 没有要导入的; 有遗漏的请补填后重新提交"
DAMAGED = "{}, 没有导入; 请把这句话告诉导出系统的管理员, 重新导出"
NOTHING_ABOVE = "写的是「同上」, 但上面没有可以照抄的内容, 请写出来后重新提交"
GOES_ON = "这个表没有表头, 列数和内容与「{}」相接, 已按那个表的表头接收; 不对的请给这个表补上表头后重新提交"
SIDE_BY_SIDE = "左右并排着两个表, 看不出哪些格是同一条, 这一行没有导入; 请把右边的表移到左边的表下面后重新提交"
_SO_OFTEN = "{}; 这个文件里这样的共{}处, 只列第一处"
_SHOWN_ROWS = 10
_MOST_STRAY = 100
"""Told of one table; a sheet may have a million."""


def told_once(remarks: Iterable[RowProblem], reason: str) -> list[RowProblem]:
    """The remarks, those with `reason` as one in the place of the first, with how many there are."""
    told = list(remarks)
    alike = [at for at, one in enumerate(told) if one.reason == reason]
    if len(alike) > 1:
        told[alike[0]] = replace(told[alike[0]], reason=_SO_OFTEN.format(reason, len(alike)))
    again = set(alike[1:])
    return [one for at, one in enumerate(told) if at not in again]


class MarkedRows:
    """Counts the rows of one table that are hidden, filtered out or struck through; they are taken in all the same."""

    def __init__(self) -> None:
        """None yet."""
        self._hidden = CountedRows("有{count}行是隐藏或被筛选掉的, 已照样导入; 该交的不需要处理, 不该交的请告诉管理员")
        self._struck = CountedRows("有{count}行划了删除线, 已照样导入; 该交的不需要处理, 不该交的请告诉管理员")

    def note(self, row: Row) -> None:
        """Count the row where it is marked so."""
        if row.hidden:
            self._hidden.add(row.number)
        if row.struck:
            self._struck.add(row.number)

    def remarks(self, place: TablePlace) -> Iterator[Warned]:
        """A warning for each mark that names the first ten rows of it; none where no row bears it."""
        for counted in (self._hidden, self._struck):
            if counted.count:
                yield Warned(counted.problem(place))


class StrayRows:
    """Rows of one table in which nothing stands but a cell too far to the right to be read."""

    def __init__(self, place: TablePlace) -> None:
        """None yet, of the table at this place."""
        self._place = place
        self._waiting: list[Warned] = []
        self._left = _MOST_STRAY

    def written(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that say anything, if only that the file does not hold what they say."""
        for row in rows:
            if not row.is_blank:
                yield row
                continue
            if row.notes and self._left:
                notes = [note for note in row.notes if note.column >= len(row.cells)][: self._left]
                self._left -= len(notes)
                self._waiting += [Warned(self._place.problem(row.number, None, note.reason, "")) for note in notes]
            if row.uncalculated:
                yield row

    def remarks(self) -> Iterator[Warned]:
        """A warning for each that was passed since the last call, as for such a cell beside a record."""
        waiting, self._waiting = self._waiting, []
        yield from waiting


@dataclass(slots=True)
class CountedRows:
    """Rows of which the same is said, told as one: how many there are, and which are the first ten."""

    reason: str
    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, row: int, times: int = 1) -> None:
        """Count a row, or so many that begin with it."""
        self.count += times
        if len(self.first) < _SHOWN_ROWS:
            self.first.append(row)

    def problem(self, place: TablePlace) -> RowProblem:
        """As a line of a receipt, of the first row."""
        shown = "、".join(map(str, self.first)) + ("…" if self.count > len(self.first) else "")
        return place.problem(self.first[0], None, self.reason.format(count=self.count), shown)
