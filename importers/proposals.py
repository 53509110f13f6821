"""What a table's columns seem to hold, for a person to look at and confirm before anything is taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.header_profile import Profile
from domain.masking import mask_text
from importers.cells import text_of
from importers.headers import find_header, load_layouts
from importers.profiles import header_fingerprint
from importers.sheet import Row, Sheet

_SAMPLES = 3
_SHOWN = 24
_LAYOUTS = ("petition_register", "hotline_12345")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProposal:
    """One column."""

    index: int
    header: str
    field: str | None
    """What it seems to hold; None when it is not understood (it is kept as delivered)."""
    confidence: float
    """0 to 1; 1 for a header that stands in the vocabulary."""
    samples: tuple[str, ...]
    """Up to three values below the header, phones and ID numbers masked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderProposal:
    """The header of a table."""

    layout: str
    """Name of the layout that fits best; the first known one when none fits."""
    first_row: int
    last_row: int
    fingerprint: str
    columns: tuple[ColumnProposal, ...]
    missing: tuple[str, ...]
    """Fields that the layout requires and no column holds; nothing can be taken in without them."""


def propose(table_head: Sequence[Row]) -> HeaderProposal | None:
    """The header among the first rows of a table, None when no row looks like one."""
    layouts = {name: layout for name, layout in load_layouts().items() if name in _LAYOUTS}
    header = find_header(Sheet("", tuple(table_head)), layouts)
    if header is None:
        return None
    below = [row for row in table_head if row.number > header.last_row and not row.is_blank]
    field_of = {index: field for field, index in header.columns.items()}
    return HeaderProposal(
        layout=header.layout,
        first_row=header.first_row,
        last_row=header.last_row,
        fingerprint=header_fingerprint(header.texts),
        columns=tuple(
            ColumnProposal(
                index=index,
                header=text,
                field=field_of.get(index),
                confidence=1.0 if index in field_of else 0.0,
                samples=_samples(below, index),
            )
            for index, text in enumerate(header.texts)
        ),
        missing=(),
    )


def confirm(proposal: HeaderProposal, columns: Mapping[int, str], *, layout: str, by: str, at: datetime) -> Profile:
    """The profile of a header whose columns a person has named."""
    return Profile(
        fingerprint=proposal.fingerprint, layout=layout, columns=dict(columns), confirmed_by=by, confirmed_at=at
    )


def _samples(rows: Sequence[Row], index: int) -> tuple[str, ...]:
    texts = (text_of(row.cells[index]) for row in rows if index < len(row.cells))
    return tuple(mask_text(text[:_SHOWN]) for text in texts if text)[:_SAMPLES]
