"""Tells a filled-in form, label beside value, from a list with a header, by the words of forms and registers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from importers.formats.forms.family_table import names_a_column, split_off
from importers.formats.forms.form_labels import is_header, is_label, is_of_a_household, labels, plain, with_value
from importers.formats.forms.form_rows import FormRows
from importers.formats.forms.values_below import values_beside_labels
from importers.formats.forms.values_beside import is_of_a_kind
from importers.formats.parts import Form, Row

FEWEST_FIELDS = 3
_FEWEST_OF_A_HEADER = 4
_LONGEST_HEADER = 12
"""Characters of a cell of a header that nobody knows."""
LARGEST_FORM = 60
"""Rows: a form is one or two pages."""


def form_of(rows: Sequence[Row], part: str, words: Callable[[], str] | None = None) -> Form | None:
    """The form that the table is; None for a list.

    In a form labels have values beside them and stand in several rows; in a list they stand side by side in one.
    `words` gives all that the page says, where that is more than the table, and is asked for a form alone.
    """
    if len(rows) > LARGEST_FORM:
        return None
    beside = values_beside_labels(rows)
    if beside is None and _begins_like_a_list(rows):
        return None
    own, family = split_off(beside or rows)
    read = _read(own)
    if is_of_a_household(read.fields):
        read = _read(own, on_card=True)
    is_form = read.known >= FEWEST_FIELDS and read.side_by_side * 2 <= read.known
    if not is_form or (read.label_rows < 2 and len(rows) > 1):
        return None
    return Form(part, read.all_fields(), words() if words else lines_of(rows), family=family)


def _read(rows: Sequence[Row], *, on_card: bool = False) -> FormRows:
    read = FormRows(on_card=on_card)
    for row in rows:
        read.take(row)
    return read


def lines_of(rows: Sequence[Row]) -> str:
    """What the rows say, a line for each."""
    return "\n".join(" ".join(str(cell) for cell in row.cells if cell) for row in rows)


def _begins_like_a_list(rows: Sequence[Row]) -> bool:
    """True where the first labels are a header: many, and several without room for a value between them.

    Below it a label may be a value: 户主 in the column 与户主关系.
    """
    first = next((index for index, row in enumerate(rows) if _labels_of(row)), len(rows))
    cells = rows[first].cells if first < len(rows) else ()
    known = [is_label(str(cell)) for cell in cells]
    if _side_by_side(known):
        return True
    if cells and _heads_columns(_said(rows[first])) and _are_records(rows[first + 1 :]):
        return True
    return _begins_with_hints(rows)


def _side_by_side(known: Sequence[bool]) -> bool:
    """True where many cells are labels, and several have no room for a value between them."""
    return sum(known) >= _FEWEST_OF_A_HEADER and sum(map(all, pairwise(known))) > 1


def _begins_with_hints(rows: Sequence[Row]) -> bool:
    """True where the first labels are a header with units or hints in brackets, 年龄（岁）, above rows of records."""
    headed = ([is_header(str(cell)) for cell in row.cells] for row in rows)
    first, known = next(((index, one) for index, one in enumerate(headed) if any(one)), (0, []))
    return _side_by_side(known) and _are_records(rows[first + 1 :])


def _heads_columns(texts: Sequence[str]) -> bool:
    """True where no cell of the row can be a value beside a label: words alone, known or not."""
    return len(texts) >= _FEWEST_OF_A_HEADER and all(
        is_label(text)
        or names_a_column(text)
        or (len(text) <= _LONGEST_HEADER and not any(map(str.isdecimal, text)) and not is_of_a_kind(text))
        for text in texts
    )


def _are_records(rows: Sequence[Row]) -> bool:
    """True where most of the rows that say several things begin with no label, as those of a form do."""
    begins = [texts[0] for row in rows if len(texts := _said(row)) >= FEWEST_FIELDS]
    return sum(not is_label(text) and with_value(text) is None for text in begins) * 2 > len(begins)


def _said(row: Row) -> list[str]:
    return [text for cell in row.cells if (text := str(cell).strip())]


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
