"""Finds the header among title rows and merged cells, and says which column holds which field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from importers.cells import filled_cells, text_of
from importers.column_contents import Content, share_of
from importers.formats.parts import Row
from importers.header_persons import PERSONAL, is_of_another_person, neighbours_owner, of_header
from importers.header_vocabulary import HeaderVocabulary, Layout, Likeness, header_vocabulary, load_layouts, plain
from importers.profiles import NO_PROFILES, Profiles, header_fingerprint
from importers.table_words import table_words

__all__ = ["HEAD_ROWS", "Header", "Layout", "find_header", "load_layouts", "missing_columns", "widest_row"]

_DEPTH = 30
"""A header further down than this has never been seen; offices put at most a title, a unit line and notes above it."""
_LINES = 3
"""Lines of a header at most."""
_WIDEST = 128
"""Columns whose meaning is guessed; the widest known export has 120, and guessing costs time."""
_LIKELIEST = 6
"""Candidates for a header that are compared by likeness."""
_BELOW = 20
"""Rows below the header whose values tell what a column holds."""
HEAD_ROWS = _DEPTH + _BELOW
"""Rows of a table that finding its header needs."""


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


def find_header(
    rows: Sequence[Row],
    layouts: Mapping[str, Layout],
    profiles: Profiles = NO_PROFILES,
    *,
    doubtful: bool = False,
    guessing: bool = True,
) -> Header | None:
    """The header among the first rows: one that a person confirmed, else the one with the most known columns.

    None when no row has all required columns of any layout. With `doubtful` a header may lack required columns;
    without `guessing` only texts as written in the vocabulary count.
    """
    head = rows[:HEAD_ROWS]
    starts = range(min(len(head), _DEPTH))
    blocks = [_block(head, first, count) for count in range(1, _LINES + 1) for first in starts]
    usable = [block for block in blocks if block is not None]
    for block in usable:
        profile = profiles.known(header_fingerprint(block.texts))
        if profile is not None and profile.layout in layouts:
            return block.header(
                profile.layout, [Column(index, field, 1.0) for index, field in sorted(profile.columns.items())]
            )
    best: Header | None = None
    most = 0.0
    vocabularies = {name: header_vocabulary(name, layout) for name, layout in layouts.items()}
    candidates = [
        _Candidate(name, vocabulary, block, tuple(_exact(vocabulary, block, at) for at in range(len(block.texts))))
        for block in usable
        for name, vocabulary in vocabularies.items()
    ]
    # Guessing costs time, and rows of data look like nothing: only the likeliest are looked at closely.
    likely = sorted((one for one in candidates if one.named), key=lambda one: -one.named)[:_LIKELIEST]
    for candidate in likely:
        header = _match(candidate, head, doubtful, guessing)
        weight = sum(column.confidence for column in _of_each_field(header.found)) if header else 0.0
        if header is not None and weight > most + 1e-9:
            best, most = header, weight
    return best


def missing_columns(rows: Sequence[Row], layout: Layout) -> tuple[str, Sequence[str]]:
    """For the message about a table that fits no layout: the first missing header and the headers found."""
    texts = [[text_of(cell) for cell in row.cells if text_of(cell)] for row in rows[:_DEPTH]]
    widest = max(texts, key=len, default=[])
    found = {plain(text) for text in widest}
    missing = next(
        (field for field in layout.required if not found & {plain(name) for name in layout.fields[field]}), ""
    )
    return (layout.fields[missing][0] if missing else ""), widest[:20]


def widest_row(rows: Sequence[Row]) -> Row | None:
    """The first of the rows with most texts among those where a header may stand; None without a row of two texts."""
    best = max(rows[:_DEPTH], key=lambda row: sum(bool(text_of(cell)) for cell in row.cells), default=None)
    return best if best is not None and sum(bool(text_of(cell)) for cell in best.cells) > 1 else None


@dataclass(frozen=True, slots=True)
class _Block:
    """One to three rows that may be a header together."""

    rows: tuple[Row, ...]
    lines: tuple[tuple[str, ...], ...]
    """Texts per row, merged cells of the upper rows carried on to the right."""
    texts: tuple[str, ...]
    """Per column the lowest text."""

    @property
    def full_texts(self) -> tuple[str, ...]:
        """Per column the texts of all lines, a group's above a column's."""
        return tuple(next(_names(self, index), "").replace("\n", "") for index in range(len(self.texts)))

    def header(
        self,
        layout: str,
        found: Sequence[Column],
        doubtful: Sequence[Column] = (),
        foreign: Sequence[ForeignColumn] = (),
        vocabulary: HeaderVocabulary | None = None,
    ) -> Header:
        """The block as the header of a layout."""
        ordered = _of_each_field(found)
        return Header(
            layout=layout,
            first_row=self.rows[0].number,
            last_row=self.rows[-1].number,
            columns={column.field: column.index for column in ordered},
            texts=self.texts,
            found=tuple(found),
            doubtful=tuple(doubtful),
            lines=tuple({index: plain(text) for index, text in filled_cells(row.cells).items()} for row in self.rows),
            places={column.field: tuple(one.index for one in found if one.field == column.field) for column in ordered},
            names=_distinct(_plain_names(self, found, foreign, vocabulary)),
            foreign=tuple(foreign),
        )


def _block(head: Sequence[Row], first: int, count: int) -> _Block | None:
    rows = tuple(head[first : first + count])
    if len(rows) < count or rows[0].is_blank or rows[-1].is_blank:
        return None
    width = max(len(row.cells) for row in rows)
    raw = [[text_of(cell) for cell in row.cells] + [""] * (width - len(row.cells)) for row in rows]
    if sum(bool(text) for text in raw[-1]) < 2:
        return None
    lines = tuple(tuple(_filled(texts)) if place < count - 1 else tuple(texts) for place, texts in enumerate(raw))
    lowest = (next((line[index] for line in reversed(lines) if line[index]), "") for index in range(width))
    return _Block(rows, lines, tuple(text.replace("\n", "") for text in lowest))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A block read by the vocabulary of one layout."""

    layout: str
    vocabulary: HeaderVocabulary
    block: _Block
    known: tuple[Likeness | None, ...]
    """Per column what its header names as written."""

    @property
    def named(self) -> int:
        """How many fields the block names as written."""
        return len({one.field for one in self.known if one is not None and one.field is not None})


def _match(candidate: _Candidate, head: Sequence[Row], doubtful: bool, guessing: bool) -> Header | None:
    vocabulary, block = candidate.vocabulary, candidate.block
    below = [row for row in head if row.number > block.rows[-1].number and not row.is_blank][:_BELOW]
    foreign = _foreign_columns(candidate)
    known = tuple(None if index in foreign else one for index, one in enumerate(candidate.known))
    taken = {one.field for one in known if one is not None}
    ranked: list[tuple[int, Column]] = []
    unsure: list[Column] = []
    for index, one in enumerate(known):
        if index in foreign:
            continue
        if one is not None:
            if one.field is not None:
                ranked.append((one.rank, Column(index, one.field, 1.0)))
            continue
        guess = _guess(vocabulary, block, index, below) if guessing and index < _WIDEST else None
        if guess is None or guess.field in taken:
            continue
        if guess.confidence >= table_words().similarity.accepted:
            ranked.append((100, guess))
        else:
            unsure.append(guess)
    found = [column for _, column in sorted(ranked, key=lambda one: (-one[1].confidence, one[0], one[1].index))]
    fields = {column.field for column in found}
    if len(fields) < 2 or not (doubtful or all(field in fields for field in vocabulary.layout.required)):
        return None
    return block.header(candidate.layout, found, unsure, tuple(foreign.values()), vocabulary)


def _names(block: _Block, index: int) -> Iterator[str]:
    """What may name the column: all lines joined, the lower two joined, the lowest."""
    texts = [line[index] for line in block.lines]
    for start in range(len(texts)):
        joined = "".join(texts[start:])
        if joined and (texts[-1] or start == len(texts) - 1 or not "".join(texts[start + 1 :])):
            yield joined


def _exact(vocabulary: HeaderVocabulary, block: _Block, index: int) -> Likeness | None:
    return of_header(vocabulary, list(_names(block, index)))


def _foreign_columns(candidate: _Candidate) -> dict[int, ForeignColumn]:
    """By their index the bare columns that stand right of somebody else's name."""
    texts, known = candidate.block.full_texts, candidate.known
    petitioners = [index for index, one in enumerate(known) if one is not None and one.field == "name"]
    foreign = {}
    for index, one in enumerate(known):
        if one is not None and one.field is not None:
            whose = neighbours_owner(candidate.vocabulary, texts, index, one.field, petitioners)
            if whose:
                foreign[index] = ForeignColumn(index, one.field, whose)
    return foreign


def _plain_names(
    block: _Block, found: Sequence[Column], foreign: Sequence[ForeignColumn], vocabulary: HeaderVocabulary | None
) -> Iterator[tuple[int, str]]:
    """By column its lowest text; the full one where the lowest alone would be read as something else."""
    fields = {column.index: column.field for column in found}
    owners = {column.index: column.whose for column in foreign}
    for index, (text, full) in enumerate(zip(block.texts, block.full_texts, strict=True)):
        if index in owners:
            yield index, f"{owners[index]}{text}"
        elif text and vocabulary is not None and full != text:
            alone, whole = of_header(vocabulary, [text]), of_header(vocabulary, [full])
            misread = (alone.field if alone else None) != fields.get(index) or block.texts.count(text) > 1
            same = (whole.field if whole else None) == fields.get(index)
            yield index, full if misread and same else text
        elif text:
            yield index, text


def _distinct(texts: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Header text by column, a text that stands twice with its column behind it, so that nothing is overwritten."""
    seen: set[str] = set()
    names: dict[int, str] = {}
    for index, text in texts:
        names[index] = f"{text}(第{index + 1}列)" if text in seen else text
        seen.add(text)
    return names


def identifying_columns(header: Header) -> frozenset[int]:
    """The columns that count petitions: those of the number, and of 序号."""
    counters = {plain(text) for text in table_words().counters}
    counting = {index for index, text in enumerate(header.texts) if plain(text) in counters}
    return frozenset(counting | set(header.places.get("number", ())))


def _guess(vocabulary: HeaderVocabulary, block: _Block, index: int, below: Sequence[Row]) -> Column | None:
    """What a header that is not in the vocabulary may name, by its likeness and by what the column holds."""
    policy = table_words().similarity
    another = is_of_another_person(vocabulary, next(_names(block, index), ""))
    values = [text_of(row.cells[index]) for row in below if index < len(row.cells)]
    near = max(
        (vocabulary.nearest(name) for name in _names(block, index)), key=lambda one: one.confidence, default=None
    )
    if near is not None and near.field is not None and not (another and near.field in PERSONAL):
        confidence = near.confidence
        content = vocabulary.layout.content.get(near.field)
        if content is not None and any(values):
            fits = share_of(content, values) >= policy.share
            confidence += policy.content if fits else -policy.content
        confidence = min(round(confidence, 2), 0.99)
        if confidence >= policy.proposed:
            return Column(index, near.field, confidence)
    for named_field, content in vocabulary.layout.content.items():
        if another:
            break
        if content in (Content.PHONE, Content.ID_NUMBER) and share_of(content, values) >= policy.share:
            return Column(index, named_field, policy.content_alone)
    return None


def _of_each_field(found: Sequence[Column]) -> list[Column]:
    """The first column of each field."""
    seen: dict[str, Column] = {}
    for column in found:
        seen.setdefault(column.field, column)
    return list(seen.values())


def _filled(texts: list[str]) -> list[str]:
    """A merged cell's text stands in its first column only; carry it over the empty ones to its right."""
    filled, last = [], ""
    for text in texts:
        last = text or last
        filled.append(last)
    return filled
