"""Label and value of a ruled form: the value stands beside its label, or below it."""

from collections.abc import Iterator, Mapping

from importers.formats.scans.cells import Cell, Grid
from importers.formats.scans.labels import near_label_of


class FormCells:
    """Pairs the cells of one page."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._labels = {id(cell): cell.label for cell in grid.cells if cell.label}

    def pairs(self) -> Iterator[tuple[str, tuple[Cell, ...]]]:
        """Label and the cells of its value, top to bottom; labels read without a mistake have the first choice."""
        found = dict(self._found(self._labels))
        values = {id(cell) for _, cells in found.values() for cell in cells}
        for cell in self._grid.cells:
            if id(cell) not in values and id(cell) not in self._labels and (near := near_label_of(cell.words)):
                self._labels[id(cell)] = near
        found = dict(self._found(self._labels))
        for cell in self._grid.cells:
            if id(cell) in found:
                yield found[id(cell)]

    def _found(self, labels: Mapping[int, str | None]) -> Iterator[tuple[int, tuple[str, tuple[Cell, ...]]]]:
        taken: set[int] = set()
        for cell in self._grid.cells:
            label = labels.get(id(cell))
            if label is None:
                continue
            cells = tuple(one for one in self._value(cell) if id(one) not in taken)
            if cells or self._stands_alone(cell):
                taken.update(map(id, cells))
                yield id(cell), (label, cells)

    def _value(self, cell: Cell) -> list[Cell]:
        beside = [one for one in self._grid.right_of(cell) if id(one) not in self._labels]
        below = self._grid.below(cell)
        is_below = below is not None and id(below) not in self._labels
        if beside and not (is_below and self._heads_column(cell)):
            return beside
        return [below] if below is not None and is_below else []

    def _heads_column(self, cell: Cell) -> bool:
        """In a row of labels: the cell to the left is a label too, with its own value below."""
        for left in self._grid.left_of(cell):
            below = self._grid.below(left)
            if id(left) in self._labels and below is not None and id(below) not in self._labels:
                return True
        return False

    def _stands_alone(self, cell: Cell) -> bool:
        return not self._grid.right_of(cell) and self._grid.below(cell) is None
