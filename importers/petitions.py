"""A delivered file of petitions as a stream of entries: tables, letters, forms, lists of texts, in constant memory."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from domain.errors import FileError
from domain.region import RegionCode
from importers.delivered_tables import DeliveredTables
from importers.entries import Accepted, Entry, PetitionRecord, Rejected, Warned
from importers.filled_forms import read_form
from importers.formats.opening import open_parts
from importers.formats.parts import Form, Letter, Part, RefusedPart, Table
from importers.letters import read_letter
from importers.profiles import NO_PROFILES, Profiles
from importers.proposals import ColumnProposal, HeaderProposal, confirm, propose
from importers.table_place import TablePlace

__all__ = [
    "Accepted",
    "ColumnProposal",
    "Entry",
    "HeaderProposal",
    "PetitionReading",
    "PetitionRecord",
    "Rejected",
    "Warned",
    "confirm",
    "open_petitions",
    "propose",
]


class PetitionReading:
    """A delivered file, read once from its beginning to its end."""

    def __init__(self, file: str, sha256: str, entries: Iterator[Entry]) -> None:
        """Of a file with this name and this SHA-256."""
        self.file = file
        self.sha256 = sha256
        self._entries = entries

    def __iter__(self) -> Iterator[Entry]:
        """Every entry in the file's order; FileError when the file turns out to hold no petitions."""
        return self._entries


@contextmanager
def open_petitions(
    path: Path, *, received_at: datetime, county: RegionCode, profiles: Profiles = NO_PROFILES
) -> Iterator[PetitionReading]:
    """The entries of whatever the office delivered: registers, hotline and board exports, letters, forms, archives.

    What stands in the file comes in its order; what a warning or a rejection is about comes with its row. A row is
    accepted, rejected, or named in a warning that says why it is no record.

    Raises:
        FileError: the file cannot be read; while iterating: no part of it holds petitions. Nothing of it counts then.
    """
    with open_parts(path) as parts:
        with path.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        yield PetitionReading(path.name, sha256, _entries(path, parts, received_at, profiles))


def _entries(path: Path, parts: Iterator[Part], received_at: datetime, profiles: Profiles) -> Iterator[Entry]:
    tables = DeliveredTables(received_at=received_at, profiles=profiles)
    something = False
    for part in parts:
        for entry in _of_part(part, tables, received_at):
            something = something or not isinstance(entry, Warned)
            yield entry
    if not something and not tables.understood:
        raise FileError(f"{path.name} {tables.problem}" if tables.problem else f"{path.name}: {_NOTHING}")


_NOTHING = "没有任何内容, 请检查是否导出了空表"


def _of_part(part: Part, tables: DeliveredTables, received_at: datetime) -> Iterator[Entry]:
    match part:
        case Table():
            yield from tables.read(part)
        case Letter():
            yield from read_letter(part, received_at=received_at)
        case Form():
            yield from read_form(part, received_at=received_at)
        case RefusedPart():
            place = TablePlace(part.part, part.sheet)
            yield Rejected(place.problem(part.row or 1, None, part.reason, ""))
