"""The header of a table: where it stands, and which column holds which field."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from importers.headers.vocabulary import plain
from importers.words.table_words import table_words


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds a field."""

    index: int
    field: str
    confidence: float
    """1 for a header as written in the vocabulary or confirmed by a person."""


@dataclass(frozen=True, slots=True)
class ForeignColumn:
    """A column that stands with somebody else and does not say itself whose it is."""

    index: int
    field: str
    whose: str
    """Header text of the other person."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what its columns mean."""

    layout: str
    first_row: int
    last_row: int
    columns: Mapping[str, int]
    """Field to column index, the preferred one where several hold it."""
    texts: tuple[str, ...]
    """Header text per column, as delivered; the lower line where there are two."""
    found: tuple[Column, ...] = ()
    """Every column that holds a field, those of one field in the order in which they are read."""
    doubtful: tuple[Column, ...] = ()
    """Columns that only resemble something known: a person decides."""
    lines: tuple[Mapping[int, str], ...] = ()
    """The header's rows as compared texts by column, for knowing them again when they are printed on every page."""
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Field to every column that holds it, the preferred first."""
    names: Mapping[int, str] = field(default_factory=dict)
    """By column a header text of one line under which the column is read as the same again; none stands twice."""
    foreign: tuple["ForeignColumn", ...] = ()
    """Columns that would hold something of the petitioner if they were not somebody else's."""

    def text(self, field: str) -> str | None:
        """The header text of a field, None when the table has no such column."""
        index = self.columns.get(field)
        return None if index is None else self.texts[index]

    def above(self, column: int) -> str:
        """What the upper lines say above the column; a text reaches over the empty cells to its right."""
        begins = (max((at for at in line if at <= column), default=-1) for line in self.lines[:-1])
        return "".join(line.get(at, "") for line, at in zip(self.lines, begins, strict=False))

    def reading(self, index: int, field: str) -> "Header":
        """The header in which this column holds the field, which no other holds."""
        return replace(
            self,
            found=(*self.found, Column(index, field, 1.0)),
            places={**self.places, field: (index,)},
            columns={**self.columns, field: index},
        )

    def without(self, left_out: Container[int]) -> "Header":
        """The header in which these columns hold nothing that is read."""
        found = tuple(column for column in self.found if column.index not in left_out)
        kept = {name: tuple(at for at in places if at not in left_out) for name, places in self.places.items()}
        places = {name: at for name, at in kept.items() if at}
        return replace(self, found=found, places=places, columns={name: at[0] for name, at in places.items()})


def identifying_columns(header: Header) -> frozenset[int]:
    """The columns that count petitions: those of the number, and of 序号."""
    counters = {plain(text) for text in table_words().counters}
    counting = {index for index, text in enumerate(header.texts) if plain(text) in counters}
    return frozenset(counting | set(header.places.get("number", ())))


def matter_columns(header: Header) -> list[int]:
    """The columns that say what a petition is about."""
    return [index for field in ("summary", "title", "text") for index in header.places.get(field, ())]


def columns_beside_matter(header: Header) -> frozenset[int]:
    """What tells that a row is a petition of its own: every column that is read or counts, but those of the matter.

    None where the header has no columns of number, day and name: there a matter may stand alone.
    """
    counting = identifying_columns(header)
    if not counting or "name" not in header.columns or not {"occurred_on", "day"} & header.columns.keys():
        return frozenset()
    read = (index for field, places in header.places.items() if field != "summary" for index in places)
    return counting.union(read)
