"""The cells of a ruled page with what stands in each, and who is whose neighbour."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from importers.formats.scans.geometry import Box, Character, Line, line_of
from importers.formats.scans.labels import label_of
from importers.formats.scans.paragraphs import paragraphs_of

_TOUCHING = 16
"""Pixels between two cells that a ruling parts."""
_ALIGNED = 24
"""Pixels by which the sides of a header and the cell below may differ."""


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell; two are the same only when they are the same one."""

    box: Box
    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        """What stands in it, a line for each paragraph."""
        return paragraphs_of(self.lines)

    @cached_property
    def words(self) -> str:
        """What stands in it, lines written downwards and short lines below one another joined."""
        return "".join(line.text for line in sorted(self.lines, key=lambda line: (line.box.top, line.box.left)))

    @cached_property
    def label(self) -> str | None:
        """The label that it is, read without a mistake."""
        return label_of(self.text) or label_of(self.words)


class Grid:
    """The cells of one page."""

    def __init__(self, boxes: Sequence[Box], lines: Sequence[Line]) -> None:
        """Put every line into its cell; one that runs over a ruling is divided there."""
        held: dict[int | None, list[Line]] = defaultdict(list)
        for line in lines:
            for index, piece in _divided(line, boxes):
                held[index].append(piece)
        self.cells = [Cell(box, tuple(held[index])) for index, box in enumerate(boxes)]
        self.outside = held[None]
        """Lines in no cell: title, notes, page numbers."""

    def right_of(self, cell: Cell) -> list[Cell]:
        """Cells that begin where this one ends, from top to bottom."""
        return [
            other
            for other in self.cells
            if abs(other.box.left - cell.box.right) < _TOUCHING and other.box.shared_height(cell.box) > 0.5
        ]

    def left_of(self, cell: Cell) -> list[Cell]:
        """Cells that end where this one begins."""
        return [
            other
            for other in self.cells
            if abs(cell.box.left - other.box.right) < _TOUCHING and other.box.shared_height(cell.box) > 0.5
        ]

    def below(self, cell: Cell) -> Cell | None:
        """The cell right below with the same sides."""
        for other in self.cells:
            same = abs(other.box.left - cell.box.left) < _ALIGNED and abs(other.box.right - cell.box.right) < _ALIGNED
            if same and abs(other.box.top - cell.box.bottom) < _TOUCHING:
                return other
        return None


def _divided(line: Line, boxes: Sequence[Box]) -> Iterator[tuple[int | None, Line]]:
    """The line's pieces with the index of the cell of each."""
    if line.is_upright:
        yield _cell_at(line.box.middle, boxes), line
        return
    piece: list[Character] = []
    place: int | None = None
    for character in line.characters:
        found = _cell_at((character.box.middle[0], line.box.middle[1]), boxes)
        if found is None:
            found = _cell_at(character.box.middle, boxes)
        on_ruling = found is None and piece
        if piece and not on_ruling and found != place:
            yield place, line_of(piece)
            piece = []
        place = place if on_ruling else found
        piece.append(character)
    yield place, line_of(piece)


def _cell_at(point: tuple[float, float], boxes: Sequence[Box]) -> int | None:
    return next((index for index, box in enumerate(boxes) if box.holds(point)), None)
