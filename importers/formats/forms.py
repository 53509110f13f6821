"""Tells a filled-in form, label beside value, from a list with a header, by the words of `form_labels.txt`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from importers.formats.parts import Form, FormField, Row
from importers.formats.values_beside import without_remark

_LABELS = Path(__file__).with_name("form_labels.txt")
FEWEST_FIELDS = 3
_FEWEST_OF_A_HEADER = 4
LARGEST_FORM = 60
"""Rows: a form is one or two pages."""
_DECORATION = re.compile(r"[\s:\uff1a*()\uff08\uff09]")


@cache
def labels() -> frozenset[str]:
    """The labels of registration forms, without spaces and colons."""
    lines = _LABELS.read_text(encoding="utf-8").splitlines()
    return frozenset(plain(line) for line in lines if line.strip() and not line.startswith("#"))


def plain(text: str) -> str:
    """A label without what printers put into it for looks."""
    return _DECORATION.sub("", text)


def form_of(rows: Sequence[Row], part: str, words: Callable[[], str] | None = None) -> Form | None:
    """The form that the table is; None for a list.

    In a form labels have values beside them and stand in several rows; in a list they stand side by side in one.
    `words` gives all that the page says, where that is more than the table, and is asked for a form alone.
    """
    if len(rows) > LARGEST_FORM:
        return None
    fields: dict[str, FormField] = {}
    label_rows, side_by_side = set(), 0
    if _begins_like_a_list(rows):
        return None
    for row in rows:
        cells = [str(cell).strip() for cell in row.cells]
        known = [index for index, cell in enumerate(cells) if plain(cell) in labels()]
        for index, following in zip(known, [*known[1:], len(cells)], strict=False):
            values = [cell for cell in cells[index + 1 : following] if cell]
            if following == index + 1:
                side_by_side += 1
                continue
            label_rows.add(row.number)
            label = plain(cells[index])
            said = without_remark(label, values)
            fields.setdefault(label, FormField("\n".join(said.values), 1.0, said.note))
            if said.remark:
                fields.setdefault(f"{label}旁边", FormField(said.remark, 1.0))
    is_form = len(fields) >= FEWEST_FIELDS and side_by_side * 2 <= len(fields)
    if not is_form or (len(label_rows) < 2 and len(rows) > 1):
        return None
    return Form(part, fields, words() if words else lines_of(rows))


def lines_of(rows: Sequence[Row]) -> str:
    """What the rows say, a line for each."""
    return "\n".join(" ".join(str(cell) for cell in row.cells if cell) for row in rows)


def _begins_like_a_list(rows: Sequence[Row]) -> bool:
    """True where the first labels are a header: many, and several without room for a value between them.

    Below it a label may be a value: 户主 in the column 与户主关系.
    """
    cells = next((row.cells for row in rows if _labels_of(row)), ())
    known = [plain(str(cell)) in labels() for cell in cells]
    return sum(known) >= _FEWEST_OF_A_HEADER and sum(map(all, pairwise(known))) > 1


def forms_of(rows: Sequence[Row], part: str, *, sheet: str, hidden: bool) -> list[Form]:
    """The forms on a sheet, one below the other; none for a list. A form begins anew where its first label returns."""
    pieces = _pieces(rows)
    found = [form_of(piece, part) for piece in pieces]
    forms = [replace(form, sheet=sheet, hidden=hidden) for form in found if form is not None]
    return forms if len(forms) == len(pieces) else []


def _pieces(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """The rows, cut before every row in which the label stands that stood first; titles go with what is below them."""
    first = next((label for row in rows for label in _labels_of(row)), "")
    begins = [index for index, row in enumerate(rows) if first and next(iter(_labels_of(row)), "") == first]
    cuts = [_with_titles(rows, index) for index in begins[1:]]
    return [rows[start:end] for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


def _with_titles(rows: Sequence[Row], index: int) -> int:
    while index and _is_title(rows[index - 1]):
        index -= 1
    return index


def _is_title(row: Row) -> bool:
    return not _labels_of(row) and sum(str(cell).strip() != "" for cell in row.cells) < 2


def _labels_of(row: Row) -> list[str]:
    return [form for cell in row.cells if (form := plain(str(cell))) in labels()]
