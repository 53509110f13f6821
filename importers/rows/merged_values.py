"""What merged cells say in the rows that they cover, and rows that are merged into one."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from importers.formats.parts import Cell, Row
from importers.values.cells import text_of


class MergedValues:
    """Remembers, column by column, what the merged cells say that reach down."""

    def __init__(self) -> None:
        """None yet."""
        self._first: dict[int, tuple[int, Cell]] = {}

    def filled(self, row: Row) -> tuple[Row, frozenset[int]]:
        """The row with the values of merged cells from above, and their columns; rows are to come in their order.

        What stands in a covered cell itself is kept: some programs leave it there, and nothing is to be lost.
        """
        if not row.merged:
            return row, frozenset()
        cells, covered = list(row.cells), set()
        for merged in row.merged:
            own = cells[merged.column] if merged.column < len(cells) else ""
            if merged.first_row == row.number or own != "":
                self._first[merged.column] = (merged.first_row, own)
                continue
            first_row, value = self._first.get(merged.column, (0, ""))
            if first_row == merged.first_row and value != "":
                cells.extend("" for _ in range(merged.column + 1 - len(cells)))
                cells[merged.column] = value
                covered.add(merged.column)
        return replace(row, cells=tuple(cells)), frozenset(covered)


def reaches_below(row: Row, columns: Collection[int]) -> bool:
    """True when a filled cell in one of the columns is merged with cells of the rows below."""
    return not columns_below(row).isdisjoint(columns)


def columns_below(row: Row) -> frozenset[int]:
    """The columns whose filled cells are merged with cells of the rows below."""
    down = {one.column for one in row.merged if one.last_row > row.number}
    return frozenset(column for column in down if column < len(row.cells) and row.cells[column] != "")


def characters_of(row: Row) -> int:
    """How much the row says."""
    return sum(len(cell) for cell in row.cells if isinstance(cell, str))


def joined(above: Row, row: Row, own: Mapping[int, str]) -> Row:
    """The row above with what the row itself says (`own`, by column) on a line of its own in each cell."""
    cells = list(above.cells)
    for index, text in own.items():
        cells.extend("" for _ in range(index + 1 - len(cells)))
        before = text_of(cells[index])
        cells[index] = f"{before}\n{text}" if before and before != text else text
    return replace(above, cells=tuple(cells), notes=(*above.notes, *row.notes))
