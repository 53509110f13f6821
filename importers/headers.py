"""Finds the header among title rows and merged cells, and says which column holds which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from importers.cells import text_of
from importers.column_contents import Content, share_of
from importers.formats.parts import Row
from importers.header import Column, ForeignColumn, Header
from importers.header_block import Block, block_at, continued, heads_groups, names_of, of_each_field
from importers.header_contents import columns_by_content, values_of
from importers.header_guessing import guessed_columns, guessed_header, speaks_of_petitions
from importers.header_persons import is_of_another_person, neighbours_owner, of_header
from importers.header_vocabulary import PERSONAL, HeaderVocabulary, Layout, Likeness, header_vocabulary, plain
from importers.profiles import NO_PROFILES, Profiles, header_fingerprint
from importers.table_words import table_words

HEADER_DEPTH = 30
"""A header further down than this has never been seen; offices put at most a title, a unit line and notes above it."""
_LINES = 3
"""Lines of a header at most."""
_WIDEST = 128
"""Columns whose meaning is guessed; the widest known export has 120, and guessing costs time."""
_LIKELIEST = 6
"""Candidates for a header that are compared by likeness."""
_MATTER = "summary"
_BELOW = 20
"""Rows below the header whose values tell what a column holds."""
HEAD_ROWS = HEADER_DEPTH + _BELOW
"""Rows of a table that finding its header needs."""


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
    starts = range(min(len(head), HEADER_DEPTH))
    read = [block_at(head, first, count) for count in range(1, _LINES + 1) for first in starts]
    blocks = [block for block in read if block is not None]
    usable = blocks + [whole for block in blocks if (whole := _made_whole(block, head)) is not None]
    for block in usable:
        profile = profiles.known(header_fingerprint(block.texts))
        if profile is not None and profile.layout in layouts:
            return block.header(
                profile.layout, [Column(index, field, 1.0) for index, field in sorted(profile.columns.items())]
            )
    vocabularies = {name: header_vocabulary(name, layout) for name, layout in layouts.items()}
    candidates = [
        _Candidate(name, vocabulary, block, tuple(_exact(vocabulary, block, at) for at in range(len(block.texts))))
        for block in usable
        for name, vocabulary in vocabularies.items()
        if doubtful or any(vocabulary.layout.sign in text for text in block.texts)
    ]
    # Guessing costs time, and rows of data look like nothing: only the likeliest are looked at closely.
    likely = sorted((one for one in candidates if one.named), key=lambda one: -one.named)[:_LIKELIEST]
    how_far = (_Guessing.BY_LIKENESS, _Guessing.BY_EXAMPLE) if guessing else (_Guessing.NOT,)
    best: _Matched | None = None
    for far in how_far:
        # A row of data below a header says again what the header said: examples choose between no two known blocks.
        best = _best([best.candidate] if best else likely, head, doubtful, far)
        best = best and _with_groups(best, candidates, head, doubtful, far)
    if best is None and guessing and not doubtful:
        return guessed_header(blocks, head, layouts)
    return best.header if best else None


def missing_columns(rows: Sequence[Row], layout: Layout) -> tuple[str, Sequence[str]]:
    """For the message about a table that fits no layout: the first missing header and the headers found."""
    likely = find_header(rows, {"": layout}, doubtful=True, guessing=False)
    if likely is not None:
        found: Sequence[str] = [text for text in likely.texts if text]
        known = set(likely.columns)
    else:
        texts = [[text_of(cell) for cell in row.cells if text_of(cell)] for row in rows[:HEADER_DEPTH]]
        found = max(texts, key=len, default=[])
        vocabulary = header_vocabulary("", layout)
        known = {one.field for text in found if (one := vocabulary.exact(text)) is not None and one.field}
    missing = next((field for field in layout.required if field not in known), "")
    return (layout.fields[missing][0] if missing else ""), found[:20]


def widest_row(rows: Sequence[Row]) -> Row | None:
    """The first of the rows with most texts among those where a header may stand; None without a row of two texts."""
    best = max(rows[:HEADER_DEPTH], key=lambda row: sum(bool(text_of(cell)) for cell in row.cells), default=None)
    return best if best is not None and sum(bool(text_of(cell)) for cell in best.cells) > 1 else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A block read by the vocabulary of one layout."""

    layout: str
    vocabulary: HeaderVocabulary
    block: Block
    known: tuple[Likeness | None, ...]
    """Per column what its header names as written."""

    @property
    def named(self) -> int:
        """How many fields the block names as written."""
        return len({one.field for one in self.known if one is not None and one.field is not None})


class _Guessing(IntEnum):
    """How far a header that is not known as written is guessed at."""

    NOT = 0
    BY_LIKENESS = 1
    BY_EXAMPLE = 2


class _Matched(NamedTuple):
    candidate: _Candidate
    header: Header


def _best(candidates: Sequence[_Candidate], head: Sequence[Row], doubtful: bool, guessing: _Guessing) -> _Matched | None:
    """The candidate that says most; told by examples, the first that has most headers as written."""
    best: _Matched | None = None
    most = (-1, 0.0)
    for candidate in candidates:
        header = _match(candidate, head, doubtful, guessing)
        if header is None:
            continue
        weight = round(sum(column.confidence for column in of_each_field(header.found)), 6)
        said = (candidate.named, 0.0) if guessing is _Guessing.BY_EXAMPLE else (0, weight)
        if said > most:
            best, most = _Matched(candidate, header), said
    return best


def _with_groups(
    best: _Matched, candidates: Sequence[_Candidate], head: Sequence[Row], doubtful: bool, guessing: _Guessing
) -> _Matched:
    """The same header with the line above it that says whose names and phones these are: 包案领导 over 姓名 and 手机."""
    first, last = (best.candidate.block.rows[place].number for place in (0, -1))
    for wider in candidates:
        rows = wider.block.rows
        belongs = wider.layout == best.candidate.layout and rows[-1].number == last and rows[0].number < first
        if belongs and all(map(heads_groups, rows[:-1])):
            header = _match(wider, head, doubtful, guessing)
            best = _Matched(wider, header) if header is not None else best
    return best


def _match(candidate: _Candidate, head: Sequence[Row], doubtful: bool, guessing: _Guessing) -> Header | None:
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
            elif guessing and (held := _held_by_remarks(vocabulary, block, index, below)) and held.field not in taken:
                ranked.append((100, held))
            continue
        guess = _guess(vocabulary, block, index, below) if guessing and index < _WIDEST else None
        if guess is None or guess.field in taken:
            continue
        if guess.confidence >= table_words().similarity.accepted:
            ranked.append((100, guess))
        else:
            unsure.append(guess)
    if guessing:
        speaks = speaks_of_petitions(block, head)
        open_texts = {
            index: next(names_of(block, index), "")
            for index, one in enumerate(known)
            if one is None and index not in foreign and index not in {column.index for _, column in ranked}
        }
        fields = {column.field for _, column in ranked}
        by_content = columns_by_content(vocabulary, open_texts, below, fields)
        ranked += [(100, column) for column in by_content if column.field != _MATTER or speaks]
    if guessing is _Guessing.BY_EXAMPLE and not vocabulary.layout.sign:
        still_open = [index for index in open_texts if index < _WIDEST and index not in {one.index for _, one in ranked}]
        known_fields = taken | {column.field for _, column in ranked} | (set() if speaks else {_MATTER})
        guessed = guessed_columns(vocabulary, block, still_open, below, known_fields)
        accepted = table_words().similarity.accepted
        ranked += [(100, column) for column in guessed if column.confidence >= accepted]
        seen = {column.index for column in unsure}
        unsure += [column for column in guessed if column.confidence < accepted and column.index not in seen]
    found = [column for _, column in sorted(ranked, key=lambda one: (-one[1].confidence, one[0], one[1].index))]
    fields = {column.field for column in found}
    if len(fields) < 2 or not (doubtful or all(field in fields for field in vocabulary.layout.required)):
        return None
    return block.header(candidate.layout, found, unsure, tuple(foreign.values()), vocabulary)


def _made_whole(block: Block, head: Sequence[Row]) -> Block | None:
    below = next((row for row in head if row.number > block.rows[-1].number), None)
    return continued(block, below) if below is not None else None


def _exact(vocabulary: HeaderVocabulary, block: Block, index: int) -> Likeness | None:
    return of_header(vocabulary, list(names_of(block, index)))


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


def _guess(vocabulary: HeaderVocabulary, block: Block, index: int, below: Sequence[Row]) -> Column | None:
    """What a header that is not in the vocabulary may name, by its likeness and by what the column holds."""
    policy = table_words().similarity
    another = is_of_another_person(vocabulary, next(names_of(block, index), ""))
    values = values_of(below, index)
    near = max(
        (vocabulary.nearest(name) for name in names_of(block, index)), key=lambda one: one.confidence, default=None
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
    return None if another else _by_content_alone(vocabulary, index, values)


def _held_by_remarks(vocabulary: HeaderVocabulary, block: Block, index: int, below: Sequence[Row]) -> Column | None:
    """The phones or ID numbers that a column of remarks holds, where it holds nothing else."""
    if plain(block.texts[index]) not in table_words().remarks:
        return None
    return _by_content_alone(vocabulary, index, values_of(below, index))


def _by_content_alone(vocabulary: HeaderVocabulary, index: int, values: Sequence[str]) -> Column | None:
    policy = table_words().similarity
    for named_field, content in vocabulary.layout.content.items():
        if content in (Content.PHONE, Content.ID_NUMBER) and share_of(content, values) >= policy.share:
            return Column(index, named_field, policy.content_alone)
    return None
