"""What a table's columns seem to hold, for a person to look at and confirm before anything is taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.deliveries.header_profile import Profile
from domain.privacy.masking import mask_text
from importers.formats.parts import Row
from importers.headers.finding import find_header, widest_row
from importers.headers.header import Header
from importers.headers.petition_layouts import OFFICE_LAYOUTS, petition_layouts
from importers.headers.register_layouts import is_register
from importers.headers.vocabulary import Layout, plain
from importers.profiles import NO_PROFILES, Profiles, confirmed_columns, header_fingerprint, own_columns
from importers.values.cells import text_of
from importers.words.table_words import table_words

_SAMPLES = 3
_SHOWN = 24
_READ = 200
_NEVER_LOST = ("number", "name", "purpose", "summary", "household_id", "head_name")
_MEANS_NOTHING = "unread"


class ProfileProblem(ValueError):
    """The columns that a person named cannot be a profile; the message is Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProposal:
    """One column of the office's own; those that a receipt put beside them are none."""

    index: int
    """Counts them from 0."""
    header: str
    field: str | None
    """What it seems to hold; None when it is not understood or counts rows (it is kept as delivered)."""
    confidence: float
    """0 to 1; 1 for a header that stands in the vocabulary or was confirmed."""
    samples: tuple[str, ...]
    """Up to three values below the header, phones and ID numbers masked."""
    accepted: bool
    """True when the column is read without anybody's confirmation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderProposal:
    """The header of a table."""

    layouts: Mapping[str, Layout]
    """Those that the table may have."""
    layout: str
    """Name of the one of them that fits best."""
    first_row: int
    last_row: int
    fingerprint: str
    columns: tuple[ColumnProposal, ...]
    missing: tuple[str, ...]
    """Fields that the layout requires and no column is surely one of; nothing can be taken in without them."""
    confirmed: bool
    """True when a person has confirmed this header before."""
    is_register: bool
    """True for a household register that was handed in as petitions."""


def propose(
    table_head: Sequence[Row], profiles: Profiles = NO_PROFILES, *, layouts: Mapping[str, Layout] | None = None
) -> HeaderProposal | None:
    """The header among the first rows of a table; give it `headers.HEAD_ROWS` rows, or what there is.

    Where no row has the required columns, the row that names most is proposed for a person to name the others; None
    for a table without any row of several texts. The layouts are those of petitions when none are given.
    """
    of_petitions = layouts is None
    layouts = petition_layouts() if layouts is None else layouts
    rows = [row for row in table_head if not row.is_blank]
    header = find_header(rows, layouts, profiles, proposing=True)
    header = header or find_header(rows, layouts, profiles, doubtful=True, proposing=True)
    header = header or _unknown(rows, next(iter(layouts)))
    if header is None:
        return None
    below = [row for row in rows if row.number > header.last_row]
    named = {column.index: column for column in (*header.doubtful, *header.found)}
    fields = {column.field for column in header.found}
    own = own_columns(header.texts)
    columns = []
    for place, index in enumerate(own):
        column, text = named.get(index), header.texts[index]
        columns.append(
            ColumnProposal(
                index=place,
                header=text,
                field=column.field if column else None,
                confidence=column.confidence if column else _confidence_of_nothing(text),
                samples=_samples(below, index),
                accepted=column in header.found,
            )
        )
    missing = tuple(field for field in layouts[header.layout].required if field not in fields)
    return HeaderProposal(
        layouts=layouts,
        layout=header.layout,
        first_row=header.first_row,
        last_row=header.last_row,
        fingerprint=header_fingerprint([header.texts[index] for index in own]),
        columns=tuple(columns),
        missing=missing,
        confirmed=next(confirmed_columns(profiles, header.texts), None) is not None,
        is_register=of_petitions and bool(missing) and is_register(rows),
    )


def confirm(
    proposal: HeaderProposal, columns: Mapping[int, str], *, layout: str, by: str, at: datetime, office: str = ""
) -> Profile:
    """The profile of a header whose columns a person of the office has named, index to field.

    Raises:
        ProfileProblem: a column or field does not exist, a required field has no column, or a column whose header says
            beyond doubt that it is the purpose was named otherwise, or nothing is left that holds the number, name or
            matter of which a header says so.
    """
    known = proposal.layouts.get(layout)
    if known is None:
        raise ProfileProblem(f"没有「{layout}」这种表, 请重新选择表的种类")
    labels = field_labels(known)
    for index, field in columns.items():
        if not 0 <= index < len(proposal.columns):
            raise ProfileProblem(f"表里没有第{index + 1}列, 请重新上传文件")
        if field not in known.fields:
            raise ProfileProblem(f"「{known.label}」没有「{field}」这一项, 请重新选择")
    missing = [labels[field] for field in known.required if field not in columns.values()]
    if missing:
        raise ProfileProblem(f"还没有指定哪一列是「{'、'.join(missing)}」, 请选一列")
    for field, written in _beyond_doubt(proposal, layout).items():
        # Who accuses is known by the purpose alone; of the others any column will do, for tables put texts anywhere.
        may_hold_it = written if field == "purpose" else range(len(proposal.columns))
        if not any(columns.get(index) == field for index in may_hold_it):
            header = proposal.columns[written[0]].header
            raise ProfileProblem(f"「{header}」这一列写明了是什么, 不能改成别的或不导入, 请改回来")
    return Profile(
        fingerprint=proposal.fingerprint,
        layout=layout,
        columns=dict(columns),
        office=office,
        confirmed_by=by,
        confirmed_at=at,
    )


def _beyond_doubt(proposal: HeaderProposal, layout: str) -> dict[str, list[int]]:
    """Fields that no confirmation may lose, with the columns whose headers name them as the vocabulary does.

    A layout without a purpose does not fit a table that has the column.
    """
    layouts = proposal.layouts
    found = {}
    for field in _NEVER_LOST:
        asked = OFFICE_LAYOUTS[0] if field == "purpose" and OFFICE_LAYOUTS[0] in layouts else layout
        known = layouts[asked].fields.get(field, ())
        written = {plain(text) for text in known}
        columns = [one.index for one in proposal.columns if plain(one.header) in written]
        if columns:
            found[field] = columns
    return found


def field_labels(layout: Layout) -> Mapping[str, str]:
    """The fields of a layout that mean something, each as its commonest header says it."""
    return {field: texts[0] for field, texts in layout.fields.items() if field != _MEANS_NOTHING}


def _unknown(rows: Sequence[Row], layout: str) -> Header | None:
    """The row with most texts as a header of which nothing is understood."""
    row = widest_row(rows)
    if row is None:
        return None
    texts = tuple(text_of(cell).replace("\n", "") for cell in row.cells)
    return Header(layout, row.number, row.number, {}, texts)


def _confidence_of_nothing(header: str) -> float:
    """How sure it is that a column holds nothing that is read."""
    words = table_words()
    return 1.0 if plain(header) in {plain(text) for text in (*words.others, *words.counters)} else 0.0


def _samples(rows: Sequence[Row], index: int) -> tuple[str, ...]:
    texts = (text_of(row.cells[index]) for row in rows if index < len(row.cells))
    return tuple(mask_text(text[:_READ])[:_SHOWN] for text in texts if text)[:_SAMPLES]
