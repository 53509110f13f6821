"""Tells a filled-in form, label beside value, from a list with a header, by the words of `form_labels.txt`."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from importers.formats.parts import Form, FormField, Row

_LABELS = Path(__file__).with_name("form_labels.txt")
_FEWEST_FIELDS = 3
_LARGEST = 60
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


def form_of(rows: Sequence[Row], part: str, text: str) -> Form | None:
    """The form that the table is; None for a list.

    In a form labels have values beside them and stand in several rows; in a list they stand side by side in one.
    """
    if len(rows) > _LARGEST:
        return None
    fields: dict[str, FormField] = {}
    label_rows, side_by_side = set(), 0
    for row in rows:
        cells = [str(cell).strip() for cell in row.cells]
        known = [index for index, cell in enumerate(cells) if plain(cell) in labels()]
        for index, following in zip(known, [*known[1:], len(cells)], strict=False):
            values = [cell for cell in cells[index + 1 : following] if cell]
            if following == index + 1:
                side_by_side += 1
                continue
            label_rows.add(row.number)
            fields.setdefault(plain(cells[index]), FormField("\n".join(values), 1.0))
    is_form = len(fields) >= _FEWEST_FIELDS and side_by_side * 2 <= len(fields)
    if not is_form or (len(label_rows) < 2 and len(rows) > 1):
        return None
    return Form(part, fields, text or "\n".join(" ".join(str(cell) for cell in row.cells if cell) for row in rows))
