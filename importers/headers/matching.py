"""What the columns of a block mean by one vocabulary: as written, by likeness, by what stands below, by examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from importers.formats.parts import Row
from importers.headers.block import Block, Candidate, names_of
from importers.headers.contents import columns_by_content, first_day, hold_phones, values_of, wish_columns
from importers.headers.guessing import WIDEST, guessed_columns, kinds_below, speaks_of_petitions
from importers.headers.header import Column, ForeignColumn, Header
from importers.headers.persons import is_of_another_person, neighbours_owner
from importers.headers.vocabulary import PERSONAL, HeaderVocabulary, plain
from importers.values.column_contents import Content, share_of
from importers.words.table_words import table_words

BELOW = 20
"""Rows below the header whose values tell what a column holds."""
_BEHIND_WRITTEN = 100
"""Rank of what is guessed, behind every header as written."""
_MATTER = "summary"
_DAYS = frozenset({"occurred_on", "year", "month", "day"})


class Guessing(IntEnum):
    """How far a header that is not known as written is guessed at; what examples say is only proposed."""

    NOT = 0
    BY_LIKENESS = 1
    BY_EXAMPLE = 2


@dataclass(slots=True)
class _Reading:
    """Columns that are read, with their rank, and those of which a person decides."""

    ranked: list[tuple[int, Column]] = field(default_factory=list)
    unsure: list[Column] = field(default_factory=list)

    @property
    def indices(self) -> set[int]:
        return {column.index for _, column in self.ranked}

    @property
    def fields(self) -> set[str]:
        return {column.field for _, column in self.ranked}

    def take(self, column: Column) -> None:
        """A guess: read where it is sure enough."""
        if column.confidence >= table_words().similarity.accepted:
            self.ranked.append((_BEHIND_WRITTEN, column))
        else:
            self.unsure.append(column)


def match(candidate: Candidate, head: Sequence[Row], doubtful: bool, guessing: Guessing) -> Header | None:
    """The candidate as a header; None without two fields, or without what the layout requires unless `doubtful`."""
    block, required = candidate.block, candidate.vocabulary.layout.required
    below = [row for row in head if row.number > block.rows[-1].number and not row.is_blank][:BELOW]
    foreign = _foreign_columns(candidate)
    reading = _as_written(candidate, foreign, below, guessing)
    if guessing:
        _add_unwritten(reading, candidate, foreign, head, below, guessing)
    if _MATTER in reading.fields:
        full, left = block.full_texts, foreign.keys() | reading.indices
        unread = {index: full[index] for index, one in enumerate(candidate.known) if one is None and index not in left}
        wishes = wish_columns(unread)
        reading.ranked += [(_BEHIND_WRITTEN, column) for column in wishes]
        reading.unsure = [one for one in reading.unsure if all(one.index != wish.index for wish in wishes)]
    ranked = sorted(reading.ranked, key=lambda one: (-one[1].confidence, one[0], one[1].index))
    if len(reading.fields) < 2 or not (doubtful or reading.fields.issuperset(required)):
        return None
    found = [column for _, column in ranked]
    return block.header(candidate.layout, found, reading.unsure, tuple(foreign.values()), candidate.vocabulary)


def _as_written(
    candidate: Candidate, foreign: Mapping[int, ForeignColumn], below: Sequence[Row], guessing: Guessing
) -> _Reading:
    """The columns that are known as written and those that are like them."""
    vocabulary, block, reading = candidate.vocabulary, candidate.block, _Reading()
    taken, beside_further = _taken(candidate, foreign), _right_of_further_persons(candidate)
    for index, one in enumerate(candidate.known):
        if index in foreign or (one is None and (not guessing or index >= WIDEST)):
            continue
        if one is None:
            guess = _like_known(vocabulary, block, index, below)
            if guess is not None and guess.field not in taken:
                reading.take(guess)
        elif one.field is not None:
            confidence = table_words().similarity.content_alone if index in beside_further else 1.0
            reading.ranked.append((one.rank, Column(index, one.field, confidence)))
        elif guessing and (held := _held_by_remarks(vocabulary, block, index, below)) and held.field not in taken:
            reading.ranked.append((_BEHIND_WRITTEN, held))
    return reading


def _add_unwritten(
    reading: _Reading,
    candidate: Candidate,
    foreign: Mapping[int, ForeignColumn],
    head: Sequence[Row],
    below: Sequence[Row],
    guessing: Guessing,
) -> None:
    """What stands below tells the day and the matter; examples propose the rest."""
    vocabulary, block = candidate.vocabulary, candidate.block
    closed = foreign.keys() | reading.indices
    unknown = {
        index: next(names_of(block, index), "")
        for index, one in enumerate(candidate.known)
        if one is None and index not in closed
    }
    for column in columns_by_content(vocabulary, unknown, below, reading.fields):
        if column.field != _MATTER or speaks_of_petitions(block, head):
            reading.ranked.append((_BEHIND_WRITTEN, column))
    has_day = _DAYS & (reading.fields | {column.field for column in reading.unsure})
    if not has_day and (day := first_day(vocabulary, block.full_texts, below)) is not None:
        reading.ranked.append((_BEHIND_WRITTEN, day))
    if guessing is Guessing.BY_EXAMPLE and not vocabulary.layout.sign:
        read = reading.indices
        kinds = kinds_below((index for index in unknown if index < WIDEST and index not in read), below)
        taken = reading.fields | _taken(candidate, foreign)
        if not speaks_of_petitions(block, head):
            taken.add(_MATTER)
        # What a person has not confirmed is not read beside a header that is known: a clerk sees it proposed.
        asked = {column.index for column in reading.unsure}
        least = table_words().similarity.proposed
        guessed = guessed_columns(vocabulary, block, kinds, taken)
        reading.unsure += [one for one in guessed if one.index not in asked and one.confidence >= least]


def _taken(candidate: Candidate, foreign: Mapping[int, ForeignColumn]) -> set[str]:
    """The fields that some header names as written."""
    known = (one for index, one in enumerate(candidate.known) if one is not None and index not in foreign)
    return {one.field for one in known if one.field is not None}


def _foreign_columns(candidate: Candidate) -> dict[int, ForeignColumn]:
    """By their index the bare columns that stand right of somebody else's name."""
    block, known, vocabulary = candidate.block, candidate.known, candidate.vocabulary
    petitioners = [index for index, one in enumerate(known) if one is not None and one.field == "name"]
    full, foreign = block.full_texts, {}
    for index, one in enumerate(known):
        if one is not None and one.field is not None:
            again = sum(other is not None and other.field == one.field for other in known) > 1
            whose = neighbours_owner(vocabulary, full, index, one.field, petitioners, further=again)
            # A title above all columns says nothing of one: 来访登记 over 电话 leaves it bare, 信访人 does not.
            if not whose and vocabulary.exact(full[index]) is None:
                whose = neighbours_owner(vocabulary, block.texts, index, one.field, petitioners, further=again)
            if whose:
                foreign[index] = ForeignColumn(index, one.field, whose)
    return foreign


def _right_of_further_persons(candidate: Candidate) -> frozenset[int]:
    """The bare phones and ID numbers right of 第二信访人: read where they stand once, and a remark says so."""
    texts, known = candidate.block.full_texts, candidate.known
    petitioners = [index for index, one in enumerate(known) if one is not None and one.field == "name"]
    return frozenset(
        index
        for index, one in enumerate(known)
        if one is not None
        and one.field is not None
        and neighbours_owner(candidate.vocabulary, texts, index, one.field, petitioners)
    )


def _like_known(vocabulary: HeaderVocabulary, block: Block, index: int, below: Sequence[Row]) -> Column | None:
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
            fits = share_of(content, values) >= policy.share or (content is Content.PHONE and hold_phones(values))
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
