"""Forms whose rows of labels alternate with rows of their values: each value is put beside its label."""

from collections.abc import Sequence

from importers.formats.forms.family_table import is_relation
from importers.formats.forms.form_labels import is_label, plain, with_value
from importers.formats.forms.values_beside import is_matter
from importers.formats.parts import Row

_FEWEST_PAIRED = 2
_LONGEST_LABEL = 12


def values_beside_labels(rows: Sequence[Row]) -> list[Row] | None:
    """The rows with the values of a row of labels beside them; None for any other table, and for every list.

    A list has its matter in the first row of labels, and no row of labels below its values: here the matter comes with
    a later row of labels, and no label returns.
    """
    found: list[Row] = []
    seen: list[str] = []
    pairs = index = 0
    while index < len(rows):
        labels = _labels(rows[index])
        below = rows[index + 1] if index + 1 < len(rows) else None
        if labels and below is not None and _are_values(below, labels):
            if any(map(is_relation, labels.values())) or any(map(is_matter, seen)):
                return None
            seen += map(plain, labels.values())
            pairs += len(labels) >= _FEWEST_PAIRED
            cells = (part for at, text in labels.items() for part in (text, _at(below, at)))
            found.append(Row(rows[index].number, tuple(cells)))
            index += 2
        elif labels or not ((_is_title(rows[index]) and not seen) or _has_values_beside(rows[index])):
            return None
        else:
            found.append(rows[index])
            index += 1
    is_form = pairs and len(seen) == len(set(seen)) and len(_labels_alone(found)) == 1
    return found if is_form else None


def _labels_alone(rows: Sequence[Row]) -> list[Row]:
    """The rows of one label that is the matter's: in a row with others it heads a column."""
    return [row for row in rows if len(row.cells) == _FEWEST_PAIRED and is_matter(plain(str(row.cells[0])))]


def _labels(row: Row) -> dict[int, str]:
    """Column to label where the row holds labels alone."""
    said = {at: text for at, cell in enumerate(row.cells) if (text := str(cell).strip())}
    return said if all(map(_is_known, said.values())) else {}


def _is_known(text: str) -> bool:
    return is_label(text) or (len(text) <= _LONGEST_LABEL and is_matter(plain(text)))


def _are_values(row: Row, labels: dict[int, str]) -> bool:
    """True where what the row says stands below these labels alone, and is no label itself."""
    said = {at: text for at, cell in enumerate(row.cells) if (text := str(cell).strip())}
    return said.keys() <= labels.keys() and not any(_is_known(text) or with_value(text) for text in said.values())


def _at(row: Row, column: int) -> str:
    return str(row.cells[column]).strip() if column < len(row.cells) else ""


def _is_title(row: Row) -> bool:
    return sum(bool(str(cell).strip()) for cell in row.cells) <= 1


def _has_values_beside(row: Row) -> bool:
    said = [text for cell in row.cells if (text := str(cell).strip())]
    return bool(said) and (with_value(said[0]) is not None or (is_label(said[0]) and not is_label(said[-1])))
