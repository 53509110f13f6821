"""What a page is: a registration form, a list with a header, or a letter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from importers.formats.parts import FormField
from importers.formats.scans.cells import Cell, Grid
from importers.formats.scans.geometry import Line, Pixels, in_rows
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


def understood(grey: Pixels, lines: Sequence[Line]) -> FormPage | ListPage | LetterPage:
    """The page, flat and grey, with its lines: a form when enough labels have their places, else a list or a letter."""
    grid = Grid(cells_of(grey), lines)
    rows = _list_rows(grid)
    if rows:
        return ListPage([[value_of("", cell.lines, grey) for cell in row] for row in rows], paragraphs_of(grid.outside))
    text = "\n".join(" ".join(line.text for line in row) for row in in_rows(lines))
    fields = _fields(_ruled(grid), grey)
    if len(fields) >= policy().forms.fewest_fields:
        return FormPage(fields, text)
    pairs = labelled(lines)
    if len({label for label, _ in pairs}) >= policy().forms.fewest_unruled_fields and _begins_with_labels(pairs, lines):
        return FormPage(_fields(pairs, grey), text)
    return LetterPage(paragraphs_of(lines), sum(line.confidence < policy().forms.sure for line in lines))


def _ruled(grid: Grid) -> Iterator[tuple[str, Sequence[Line]]]:
    """Pairs of cells, then pairs within one cell, then those outside the frame: 编号 and 日期 stand above it."""
    used: set[int] = set()
    for label, cells in FormCells(grid).pairs():
        used.update(map(id, cells))
        yield label, [line for cell in cells for line in cell.lines]
    for cell in grid.cells:
        if id(cell) not in used and not cell.label:
            yield from labelled(cell.lines)
    yield from labelled(grid.outside)


def _fields(pairs: Iterable[tuple[str, Sequence[Line]]], grey: Pixels) -> dict[str, FormField]:
    """The first value of each label that says anything."""
    fields: dict[str, FormField] = {}
    for label, lines in pairs:
        if label not in fields or not fields[label].text:
            fields[label] = value_of(label, lines, grey)
    return fields


def _begins_with_labels(pairs: Sequence[tuple[str, Sequence[Line]]], lines: Sequence[Line]) -> bool:
    """A form's labels come first; in a letter they are a signature, or words of a sentence."""
    rows = in_rows(lines)
    values = {id(character) for _, value in pairs for line in value for character in line.characters}
    first = next((n for n, row in enumerate(rows) if labelled(row)), len(rows))
    return bool(values) and first <= max(2, len(rows) // 4)


def _list_rows(grid: Grid) -> list[list[Cell]]:
    """Rows of equal columns below a row of labels; nothing when the page has no such table."""
    rows: list[list[Cell]] = []
    for cell in grid.cells:
        if rows and abs(rows[-1][0].box.top - cell.box.top) < cell.box.height * 0.4:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for number, header in enumerate(rows):
        if sum(cell.label is not None for cell in header) >= policy().forms.fewest_fields:
            same = [row for row in rows[number + 1 :] if _is_below(row, header)]
            if len(same) >= policy().forms.fewest_rows_of_list:
                return [sorted(row, key=lambda cell: cell.box.left) for row in (header, *same)]
    return []


def _is_below(row: Sequence[Cell], header: Sequence[Cell]) -> bool:
    """As many cells at the same places, none of them a label."""
    lefts = zip(sorted(cell.box.left for cell in row), sorted(cell.box.left for cell in header), strict=False)
    return len(row) == len(header) and all(abs(a - b) < 24 for a, b in lefts) and not any(cell.label for cell in row)
