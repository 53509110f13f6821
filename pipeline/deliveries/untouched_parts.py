"""Which parts of a record nobody touched in its row: they stay, whatever else stands around the row by then.

What a cell says may hang on rows that are elsewhere, mended or gone when a receipt comes back: 同上 on the row above, a
group on the village's name above its rows.
"""

from collections.abc import Callable, Collection, Mapping

from domain.texts.document import RawDocument
from importers.words.table_words import table_words
from pipeline.deliveries.written_cells import plain_cell

_NAME = "name"
"""Another column may tell who 本人 is, so that an untouched cell alone does not keep a name."""
NUMBER = "number"
_PARTS: Mapping[str, Callable[[RawDocument], object]] = {
    NUMBER: lambda raw: raw.number,
    _NAME: lambda raw: raw.petitioner.name,
    "phone": lambda raw: raw.petitioner.phone,
    "id_number": lambda raw: raw.petitioner.id_number,
    "address": lambda raw: raw.petitioner.address,
    "published_at": lambda raw: raw.published_at,
    "title": lambda raw: raw.title,
    "text": lambda raw: raw.text,
    "category": lambda raw: raw.category,
    "purpose": lambda raw: raw.purpose,
}


def untouched_parts(
    told_in: Mapping[str, Collection[str]], raw: RawDocument, changed: Collection[str]
) -> frozenset[str]:
    """The parts of which a cell of the row, read as `raw`, says something, none of whose cells is changed."""
    cells = raw.fields
    return frozenset(
        part
        for part, columns in told_in.items()
        if not any(one in changed for one in columns)
        and any(cells.get(one) for one in columns)
        and (part != _NAME or any(_tells_name(cells.get(one, ""), raw.petitioner.name) for one in columns))
    )


def _tells_name(cell: str, name: str) -> bool:
    return table_words().is_ditto(cell) or (bool(name) and name in plain_cell(cell))


def mixed_ditto(
    told_in: Mapping[str, Collection[str]], cells: Mapping[str, str], changed: Collection[str]
) -> str | None:
    """The column of an unchanged 同上 beside a changed cell that tells the same part with it."""
    for columns in told_in.values():
        if any(one in changed for one in columns):
            left = (one for one in sorted(columns) if one not in changed and table_words().is_ditto(cells.get(one, "")))
            if (found := next(left, None)) is not None:
                return found
    return None


def ditto_of_another(
    told_in: Mapping[str, Collection[str]], raw: RawDocument, versions: Collection[RawDocument]
) -> str | None:
    """The first column whose 同上 says something else now than each of the versions; `raw` is the row as it reads."""
    for part, columns in told_in.items():
        dittos = (one for one in sorted(columns) if table_words().is_ditto(raw.fields.get(one, "")))
        said = _PARTS[part]
        if all(said(raw) != said(one) for one in versions) and (found := next(dittos, None)) is not None:
            return found
    return None


def has_ditto(cells: Mapping[str, str]) -> bool:
    """True where a cell repeats the row above."""
    return any(table_words().is_ditto(text) for text in cells.values())
