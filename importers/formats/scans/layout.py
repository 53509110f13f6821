"""What a page is: a registration form, a list with a header, or a letter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from importers.formats.parts import FormField
from importers.formats.scans.cells import Cell, Grid
from importers.formats.scans.doubts import doubted_pieces
from importers.formats.scans.geometry import Line, Pixels, in_rows
from importers.formats.scans.labels import matter_labels
from importers.formats.scans.paragraphs import paragraphs_of
from importers.formats.scans.policy import policy
from importers.formats.scans.ruled_form import FormCells
from importers.formats.scans.rulings import cells_of
from importers.formats.scans.unruled_form import labelled
from importers.formats.scans.values import value_of


@dataclass(frozen=True, slots=True)
class FormPage:
    """A filled-in form."""

    fields: Mapping[str, FormField]
    text: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A table with a header; `text` is what stands around it."""

    rows: Sequence[Sequence[FormField]]
    text: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Free text, a line for each paragraph."""

    text: str
    doubtful_lines: int
    """Lines whose mean confidence is below `sure`."""
    doubted: tuple[str, ...] = ()
    """Pieces of the lines of which a character is below it."""


def understood(grey: Pixels, lines: Sequence[Line]) -> FormPage | ListPage | LetterPage:
    """The page, flat and grey, with its lines: a form when enough labels have their places, else a list or a letter."""
    grid = Grid(cells_of(grey), lines)
    if table := _list_rows(grid):
        cells = [[value_of("", cell.lines, grey) for cell in row] for row in table]
        listed = {id(cell) for row in table for cell in row}
        around = [line for cell in grid.cells if id(cell) not in listed for line in cell.lines]
        return ListPage(cells, paragraphs_of([*around, *grid.outside]))
    text = "\n".join(" ".join(line.text for line in row) for row in in_rows(lines))
    fields = _fields(_ruled(grid), grey)
    if len(fields) >= policy().forms.fewest_fields:
        # 编号 and 日期 stand above the frame.
        return FormPage(_fields(labelled(grid.outside), grey) | fields, text)
    pairs = labelled(lines)
    if len({label for label, _ in pairs}) >= policy().forms.fewest_unruled_fields and _is_form(pairs, lines):
        return FormPage(_fields(pairs, grey), text)
    doubtful = sum(line.confidence < policy().forms.sure for line in lines)
    return LetterPage(paragraphs_of(lines), doubtful, doubted_pieces(lines))


def _ruled(grid: Grid) -> Iterator[tuple[str, Sequence[Line]]]:
    """Pairs of cells, then pairs within one cell."""
    used: set[int] = set()
    for label, cells in FormCells(grid).pairs():
        used.update(map(id, cells))
        yield label, [line for cell in cells for line in cell.lines]
    for cell in grid.cells:
        if id(cell) not in used and not cell.label:
            yield from labelled(cell.lines)


def _fields(pairs: Iterable[tuple[str, Sequence[Line]]], grey: Pixels) -> dict[str, FormField]:
    """The first value of each label that says anything."""
    fields: dict[str, FormField] = {}
    for label, lines in pairs:
        if label not in fields or not fields[label].text:
            fields[label] = value_of(label, lines, grey)
    return fields


def _is_form(pairs: Sequence[tuple[str, Sequence[Line]]], lines: Sequence[Line]) -> bool:
    """A form's labels come first, and one is of the matter; in a letter they head or sign words that have none."""
    rows = in_rows(lines)
    first = next((number for number, row in enumerate(rows) if labelled(row)), len(rows))
    return first <= max(2, len(rows) // 4) and any(label in matter_labels() and value for label, value in pairs)


def _list_rows(grid: Grid) -> list[list[Cell]]:
    """A row of labels and all rows below it, some of equal columns; nothing when the page has no such table."""
    rows: list[list[Cell]] = []
    for cell in grid.cells:
        if rows and abs(rows[-1][0].box.top - cell.box.top) < cell.box.height * 0.4:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for number, header in enumerate(rows):
        if sum(cell.label is not None for cell in header) >= policy().forms.fewest_fields:
            same = sum(_is_below(row, header) for row in rows[number + 1 :])
            if same >= policy().forms.fewest_rows_of_list:
                return [sorted(row, key=lambda cell: cell.box.left) for row in rows[number:]]
    return []


def _is_below(row: Sequence[Cell], header: Sequence[Cell]) -> bool:
    """As many cells at the same places, none of them a label."""
    lefts = zip(sorted(cell.box.left for cell in row), sorted(cell.box.left for cell in header), strict=False)
    return len(row) == len(header) and all(abs(a - b) < 24 for a, b in lefts) and not any(cell.label for cell in row)
