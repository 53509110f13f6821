"""The table of visitors within a form: 姓名, 电话 and 住址 side by side, the visitors below, then the matter."""

import re
from collections.abc import Sequence
from itertools import takewhile

from importers.formats.family_table import names_somebody
from importers.formats.form_labels import LABEL_ENDS, is_label, plain, with_value
from importers.formats.parts import Row
from importers.formats.values_beside import is_matter, is_word_for_others

FURTHER_VISITORS = "同来人员"
"""The field under which a form keeps those who came with its petitioner."""
_NAMES = frozenset(
    {"姓名", "名字", "来访人", "来访人姓名", "信访人", "信访人姓名", "反映人", "反映人姓名", "申请人姓名"}
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_FEWEST_LABELS = 3
_MOST_VISITORS = 8


def visitors_begin(rows: Sequence[Row]) -> int | None:
    """Where the header of the visitors stands; None in a list, and in a form without such a table."""
    for index, row in enumerate(rows):
        name = _column_of_names(row)
        labels = [text for cell in row.cells[name:] if (text := plain(str(cell)))]
        # A list has the matter in its header.
        heads = len(labels) >= _FEWEST_LABELS and all(map(is_label, labels)) and not any(map(is_matter, labels))
        if heads and _matter_follows(rows[index + 1 : index + 2 + _MOST_VISITORS]):
            # Where the petitioner is named above, the table is of his family.
            return None if _is_named(rows[:index]) else index
    return None


def beside_their_labels(rows: Sequence[Row], begin: int) -> list[Row]:
    """The form with the first visitor's values beside their labels and the others in a field of their own.

    The persons whom a petition is about (被反映人) stay as they are.
    """
    name = _column_of_names(rows[begin])
    header = rows[begin].cells[name:]
    visitors = list(takewhile(lambda row: _names_a_visitor(row, name), rows[begin + 1 :]))
    if not visitors or is_word_for_others("".join(map(str, rows[begin].cells[:name]))):
        return list(rows)
    first, *others = visitors
    cells = tuple(cell for pair in zip(header, first.cells[name:], strict=False) for cell in pair)
    further = [Row(row.number, (FURTHER_VISITORS, " ".join(str(cell) for cell in row.cells if cell))) for row in others]
    return [*rows[:begin], Row(first.number, cells), *further, *rows[begin + 1 + len(visitors) :]]


def _column_of_names(row: Row) -> int:
    return next((index for index, cell in enumerate(row.cells) if plain(str(cell)) in _NAMES), len(row.cells))


def _is_named(rows: Sequence[Row]) -> bool:
    pairs = (with_value(str(cell)) for row in rows for cell in row.cells)
    return names_somebody(rows) or any(pair is not None and plain(pair[0]) in _NAMES for pair in pairs)


def _matter_follows(rows: Sequence[Row]) -> bool:
    """True where the visitors are followed by a row of the matter's label and the matter."""
    for row in rows:
        said = [text for cell in row.cells if (text := str(cell).strip())]
        if len(said) > 1 and is_label(said[0]) and is_matter(plain(said[0])) and not any(map(is_label, said[1:])):
            return True
    return False


def _names_a_visitor(row: Row, name: int) -> bool:
    """True where a name stands below the label of names."""
    text = str(row.cells[name]).strip() if name < len(row.cells) else ""
    return _NAME.fullmatch(text) is not None and not is_label(text) and not text.endswith(LABEL_ENDS)
