"""What was corrected in a record since the workbook was given out in which its row is changed: that stays.

Two copies of one workbook are changed in different cells: a cell that nobody touched in the later one says nothing.
"""

from collections.abc import Collection, Iterator, Mapping

from domain.document import RawDocument
from pipeline.deliveries.amended_rows import is_another, mended_cells
from pipeline.deliveries.letter_cells import cells_of
from pipeline.deliveries.written_cells import plain_cell


def version_in_effect(document: RawDocument, latest: RawDocument) -> RawDocument:
    """The latest version of the record; the record itself where its number stands for another's petition since."""
    if document.fields and is_another(latest, latest, document):
        return document
    return latest


def corrected_cells(held: Mapping[str, str], cells: Mapping[str, str], since: RawDocument) -> Iterator[str]:
    """The cells that were corrected since and are in the row as the workbook held them."""
    changed, now = mended_cells(held, cells), cells_of(since)
    for name in sorted(held.keys() | now.keys()):
        if name not in changed and plain_cell(held.get(name, "")) != plain_cell(now.get(name, "")):
            yield name


def corrected_beside(
    told_in: Mapping[str, Collection[str]], held: Mapping[str, str], cells: Mapping[str, str], since: RawDocument
) -> str | None:
    """A cell that was corrected since, beside a changed one that tells the same part of the record with it."""
    changed = mended_cells(held, cells)
    parts = [columns for columns in told_in.values() if any(one in changed for one in columns)]
    found = (one for one in corrected_cells(held, cells, since) if any(one in columns for columns in parts))
    return next(found, None)
