"""What is recognised in a file before it is imported: its tables with their columns, letters, first problems."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from domain.deliveries.receipt import RowProblem
from domain.deliveries.register_preview import RegisterPreview
from domain.failures.errors import FileError
from domain.places.region import RegionCode
from importers.entries import Accepted, Rejected
from importers.formats.confined.reading_process import TIME_OVER
from importers.formats.limits import Limits, standard_limits
from importers.formats.opening import open_parts
from importers.formats.parts import Form, Letter, RefusedPart, Row, Table
from importers.headers.finding import HEAD_ROWS
from importers.headers.register_layouts import register_layouts
from importers.headers.vocabulary import Layout
from importers.petitions.reading import open_petitions
from importers.profiles import Profiles
from importers.proposals import HeaderProposal, propose
from importers.table_place import TablePlace
from nlp.hiding.hidden_numbers import hide_numbers

_MOST_ROWS = 5_000
"""Rows counted in a file; a preview is looked at by a person who waits."""
_SECONDS = 15.0
"""Of each of the two readings: tables, then the first entries."""
_MOST_TABLES = 40
_ENTRIES = 500
"""Entries tried out for their problems."""
_PROBLEMS = 10
_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePreview:
    """One table."""

    name: str
    """Member and sheet as receipts name them; empty for a text table."""
    hidden: bool
    rows: int
    """With content, the header and what stands above it included."""
    more: bool
    """True when there are more rows than were counted."""
    proposal: HeaderProposal | None
    """None for a table that is no register; it is not imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One file."""

    tables: tuple[TablePreview, ...] = ()
    letters: tuple[tuple[str, str], ...] = ()
    """Member and first words of each letter or form, phones and ID numbers masked."""
    refused: tuple[tuple[str, str], ...] = ()
    """Member and Chinese reason of what cannot be read."""
    more: bool = False
    """True when the file has more parts than were looked at."""
    accepted: int = 0
    rejected: int = 0
    """Among the first entries."""
    problems: tuple[RowProblem, ...] = ()
    """The first ones."""
    failure: str = ""
    """Why nothing can be imported as it is."""
    register: RegisterPreview | None = None
    """Of a household register: what it would change."""

    @property
    def proposals(self) -> tuple[HeaderProposal, ...]:
        """One for each different header."""
        found = {table.proposal.fingerprint: table.proposal for table in self.tables if table.proposal is not None}
        return tuple(found.values())


def preview_of(path: Path, *, received_at: datetime, county: RegionCode, profiles: Profiles) -> Preview:
    """What is recognised, with the layouts that were confirmed before, in half a minute at most.

    FileError when the file cannot be read. Tables behind what that time is enough for are not shown; the import reads
    them by the headers that it knows.
    """
    limits = replace(standard_limits(), wall_seconds=_SECONDS, member_seconds=_SECONDS)
    parts = parts_of(path, profiles, limits)
    return replace(
        _try_out(path, received_at, county, profiles, limits),
        tables=parts.tables,
        letters=parts.letters,
        refused=parts.refused,
        more=parts.more,
    )


def register_preview_of(path: Path, *, profiles: Profiles, examine: Callable[[], RegisterPreview]) -> Preview:
    """What is recognised in a household register, and what `examine` says it would change.

    FileError when the file cannot be read.
    """
    limits = replace(standard_limits(), wall_seconds=_SECONDS, member_seconds=_SECONDS)
    parts = parts_of(path, profiles, limits, register_layouts())
    try:
        return replace(parts, register=examine())
    except FileError as exc:
        return replace(parts, failure=str(exc))


def parts_of(path: Path, profiles: Profiles, limits: Limits, layouts: Mapping[str, Layout] | None = None) -> Preview:
    """The tables, letters and refused members of a file alone; its tables by petition layouts when none are given."""
    tables: list[TablePreview] = []
    letters: list[tuple[str, str]] = []
    refused: list[tuple[str, str]] = []
    more = False
    with open_parts(path, limits) as parts:
        for part in parts:
            is_over = isinstance(part, RefusedPart) and part.reason == TIME_OVER
            if is_over or len(tables) + len(letters) + len(refused) >= _MOST_TABLES:
                more = True
                break
            if isinstance(part, Table):
                counted = sum(table.rows for table in tables)
                tables.append(_table(part, profiles, layouts, _MOST_ROWS - counted))
            elif isinstance(part, RefusedPart):
                refused.append((TablePlace(part.part, part.sheet).label, part.reason))
            else:
                letters.append((part.part, _first_words(part)))
    return Preview(
        tables=tuple(table for table in tables if table.rows),
        letters=tuple(letters),
        refused=tuple(refused),
        more=more,
    )


def _table(table: Table, profiles: Profiles, layouts: Mapping[str, Layout] | None, most: int) -> TablePreview:
    rows = (row for row in table.rows if not row.is_blank)
    head = list(islice(rows, HEAD_ROWS))
    counted, more = _count(rows, max(0, most - len(head)))
    return TablePreview(
        name=TablePlace(table.part, table.sheet).label,
        hidden=table.hidden,
        rows=len(head) + counted,
        more=more,
        proposal=propose(head, profiles, layouts=layouts),
    )


def _count(rows: Iterator[Row], most: int) -> tuple[int, bool]:
    counted = sum(1 for _ in islice(rows, most))
    return counted, counted == most and next(rows, None) is not None


def _first_words(part: Letter | Form) -> str:
    words = " ".join(part.text.split())
    return hide_numbers(words[: _WORDS * 2])[:_WORDS]


def _try_out(path: Path, received_at: datetime, county: RegionCode, profiles: Profiles, limits: Limits) -> Preview:
    """The counts and problems of the first entries alone."""
    accepted, rejected = 0, 0
    problems: list[RowProblem] = []
    try:
        with open_petitions(path, received_at=received_at, county=county, profiles=profiles, limits=limits) as reading:
            for entry in islice(reading, _ENTRIES):
                if isinstance(entry, Accepted):
                    accepted += 1
                    continue
                rejected += isinstance(entry, Rejected)
                if len(problems) < _PROBLEMS:
                    problems.append(entry.problem)
    except FileError as exc:
        return Preview(failure=str(exc))
    return Preview(accepted=accepted, rejected=rejected, problems=tuple(problems))
