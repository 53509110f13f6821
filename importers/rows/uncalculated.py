"""Rows of which a file holds nothing but formulas: the program that made it did not calculate them."""

from collections.abc import Iterable, Iterator, Sequence

from importers.formats.parts import Row
from importers.values.cells import filled_cells

ONLY_FORMULAS = "这个表里只有公式, 都没有算好的结果, 一行也读不出; 请用WPS或Excel打开, 保存后再提交"
_LONGEST_TITLE = 40
MOST_HELD = 1_000
"""Rows of formulas that are held while the beginning of a table is looked for."""


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
