"""Tables within the cells of a table of one row: such a table only parts the page, and those within it are read."""

from collections.abc import Sequence

from importers.formats.parts import Cell, Row

_INNER = 2
"""How deep a table within a cell lies."""
_FEWEST_ROWS = 2


class NestedTables:
    """Collects, beside the cells of an outer table, the tables in them and the words around these."""

    def __init__(self) -> None:
        """Of one outer table."""
        self.words: list[str] = []
        """Paragraphs of the cells outside the inner tables."""
        self.tables: list[list[Row]] = []
        self._cells: list[Cell] = []
        self._cell: list[str] = []
        self._span = 1

    def start(self, name: str, depth: int, span: int) -> None:
        """An element of the outer table starts; `span` is the number of columns that a gridSpan says."""
        if depth != _INNER:
            return
        if name == "tbl":
            self.tables.append([])
        elif name == "tr":
            self._cells = []
        elif name == "tc":
            self._cell, self._span = [], 1
        elif name == "gridSpan":
            self._span = span

    def end(self, name: str, depth: int) -> None:
        """An element of the outer table ends."""
        if depth != _INNER or not self.tables:
            return
        if name == "tc":
            self._cells += ["\n".join(self._cell), *([""] * (self._span - 1))]
        elif name == "tr":
            self.tables[-1].append(Row(len(self.tables[-1]) + 1, tuple(self._cells)))

    def paragraph(self, text: str, depth: int) -> None:
        """A paragraph that lies so deep ends."""
        (self._cell if depth >= _INNER else self.words).append(text)

    def are_framed(self, outer: Sequence[Row]) -> bool:
        """True where the outer table has one row, and every table in it rows of several cells."""
        return len(outer) == 1 and bool(self.tables) and all(map(_is_table, self.tables))


def _is_table(rows: Sequence[Row]) -> bool:
    return len(rows) >= _FEWEST_ROWS and any(len(row.cells) > 1 for row in rows)
