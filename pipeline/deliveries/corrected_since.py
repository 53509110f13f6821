"""What was corrected in a record since the workbook was given out in which its row is changed: that stays.

Two copies of one workbook are changed in different cells: a cell that nobody touched in the later one says nothing.
"""

from collections.abc import Collection, Iterator, Mapping

from domain.texts.document import DocumentId, RawDocument
from pipeline.deliveries.amended_rows import is_another, mended_cells
from pipeline.deliveries.letter_cells import cells_of
from pipeline.deliveries.written_cells import plain_cell


class VersionsInEffect:
    """The version in effect of each record; rows of one batch take effect one after the other."""

    def __init__(self, latest: Mapping[DocumentId, RawDocument]) -> None:
        """Begin with the latest stored versions, by the ids of earlier ones."""
        self._latest = latest
        self._newer: dict[DocumentId, RawDocument] = {}
        self._taken: dict[int, RawDocument] = {}

    def latest(self, document: RawDocument) -> RawDocument:
        """The latest version of the record."""
        stored = self._latest.get(document.id, document)
        return self._newer.get(stored.id, stored)

    def same_petition(self, document: RawDocument) -> RawDocument:
        """The latest version; the record itself where its number stands for another's petition since."""
        latest = self.latest(document)
        return document if document.fields and is_another(latest, latest, document) else latest

    def take(self, document: RawDocument, version: RawDocument) -> None:
        """From here on this version of the record is in effect; it is not stored yet."""
        self._newer[self._latest.get(document.id, document).id] = version
        self._taken[id(version)] = version

    def is_stored(self, version: RawDocument) -> bool:
        """True for what a repeat can name."""
        return id(version) not in self._taken


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
