"""A delivered file of petitions as a stream of entries: tables, letters, forms, lists of texts, in constant memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from domain.failures.errors import FileError
from domain.places.region import RegionCode
from importers.entries import Accepted, Delivered, Entry, Headed, PetitionRecord, Rejected, Warned
from importers.fingerprint import sha256_of
from importers.formats.confined.reading_process import TOO_MUCH
from importers.formats.limits import Limits, standard_limits
from importers.formats.opening import open_parts
from importers.formats.parts import Part
from importers.petitions.parts import DeliveredParts
from importers.profiles import NO_PROFILES, Profiles
from importers.proposals import ColumnProposal, HeaderProposal, confirm, propose

__all__ = [
    "Accepted",
    "ColumnProposal",
    "Delivered",
    "Entry",
    "Headed",
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

    def __init__(
        self,
        file: str,
        sha256: str,
        delivered: Iterator[Delivered],
        share_read: Callable[[], float | None] = lambda: None,
    ) -> None:
        """Of a file with this name and this SHA-256."""
        self.share_read = share_read
        """Which share of the file is read, 0 to 1; None where that cannot be told."""
        self.file = file
        self.sha256 = sha256
        self.delivered = delivered
        """Its tables and entries in the file's order; FileError when the file turns out to hold no petitions."""

    def __iter__(self) -> Iterator[Entry]:
        """The entries alone."""
        return (one for one in self.delivered if not isinstance(one, Headed))


@contextmanager
def open_petitions(
    path: Path,
    *,
    received_at: datetime,
    county: RegionCode,
    profiles: Profiles = NO_PROFILES,
    limits: Limits | None = None,
) -> Iterator[PetitionReading]:
    """The entries of whatever the office delivered: registers, hotline and board exports, letters, forms, archives.

    What stands in the file comes in its order; what a warning or a rejection is about comes with its row. A row is
    accepted, rejected, or named in a warning that says why it is no record. `limits` are the shipped ones when None.

    Raises:
        FileError: the file cannot be read; while iterating: no part of it holds petitions. Nothing of it counts then.
    """
    most = (limits or standard_limits()).told_bytes
    with open_parts(path, limits) as parts:
        sha256 = sha256_of(path)
        entries = _bounded(path, _entries(path, parts, received_at, profiles), most)
        yield PetitionReading(path.name, sha256, entries, parts.share_read)


def _entries(path: Path, parts: Iterator[Part], received_at: datetime, profiles: Profiles) -> Iterator[Delivered]:
    reader = DeliveredParts(received_at=received_at, profiles=profiles)
    for part in parts:
        yield from reader.read(part)
    yield from reader.end()
    if not reader.understood:
        raise FileError(f"{path.name}: {reader.problem}")


def _bounded(path: Path, entries: Iterator[Delivered], most: int) -> Iterator[Delivered]:
    """The entries up to so many characters: 同上 and merged cells may say one long text in a million rows."""
    for entry in entries:
        if isinstance(entry, Accepted):
            raw = entry.record.raw
            most -= len(raw.text) + sum(map(len, raw.fields.values()))
            if most < 0:
                raise FileError(f"{path.name}: {TOO_MUCH}")
        yield entry
