"""What a delivered file of petitions says, one entry after the other."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from domain.deliveries.receipt import RowProblem
from domain.texts.document import RawDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionRecord:
    """One row, letter or form that can be taken in."""

    sheet: str
    """As the receipt names it: the sheet, inside an archive behind the member's path; empty for a text table."""
    row: int
    raw: RawDocument
    part: str = ""
    """Path of the member inside the delivered file; empty for the file itself."""
    told_in: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By the name of a part of the record the columns of the table that tell it; empty where there is no table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionFile:
    """Everything a delivered file says: every row with content is a record, a problem, or named in a warning."""

    file: str
    sha256: str
    records: tuple[PetitionRecord, ...]
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A record that can be taken in."""

    record: PetitionRecord


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken in; somebody has to mend it."""

    problem: RowProblem
    fields: Mapping[str, str] = field(default_factory=dict)
    """The row as delivered, by header text, so that the receipt can show what has to be mended."""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person should look at; it keeps nothing from being taken in."""

    problem: RowProblem


Entry = Accepted | Rejected | Warned


@dataclass(frozen=True, slots=True)
class Headed:
    """A table begins."""

    sheet: str
    """As the receipt names it."""
    columns: tuple[str, ...]
    """Its columns in their order, those in which no row says anything included: a clerk may have to fill one in."""


Delivered = Entry | Headed
