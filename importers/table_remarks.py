"""What receipts say about a whole table, and about what repeats in it, whatever its rows are of."""

from collections.abc import Iterator

from importers.entries import Warned
from importers.formats.parts import Row
from importers.table_place import TablePlace

HIDDEN_SHEET = "这个工作表是隐藏的, 已照样导入, 请核对是否该交"
EMPTY_TABLE = "表头下面没有一行内容, 请检查是否导出了空表"
NOTHING_ABOVE = "写的是「同上」, 但上面没有可以照抄的内容, 请写出来后重新提交"
GOES_ON = "这个表没有表头, 列数和内容与「{}」相接, 已按那个表的表头接收, 请核对"
SIDE_BY_SIDE = "左右并排着两个表, 看不出哪些格是同一条, 这一行没有导入; 请把右边的表移到左边的表下面后重新提交"
_SHOWN_ROWS = 10


class HiddenRows:
    """Counts the rows of one table that are hidden or filtered out; they are taken in all the same."""

    def __init__(self) -> None:
        """None yet."""
        self._count = 0
        self._first: list[int] = []

    def note(self, row: Row) -> None:
        """Count the row where it is hidden."""
        if row.hidden:
            self._count += 1
            if len(self._first) < _SHOWN_ROWS:
                self._first.append(row.number)

    def remarks(self, place: TablePlace) -> Iterator[Warned]:
        """One warning that names the first ten of them; none where no row is hidden."""
        if self._count:
            shown = "、".join(map(str, self._first)) + ("…" if self._count > len(self._first) else "")
            reason = f"有{self._count}行是隐藏或被筛选掉的, 已照样导入, 请核对是否该交"
            yield Warned(place.problem(self._first[0], None, reason, shown))
