"""Headers in words that nobody has written before: guessed column by column, and said to be guessed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from importers.cells import text_of
from importers.column_kinds import Kind, kind_of
from importers.formats.parts import Row
from importers.header import Column, Header
from importers.header_block import Block, heads_groups
from importers.header_contents import values_of
from importers.header_examples import UNREAD, TableKind, header_examples
from importers.header_persons import is_of_another_person
from importers.header_vocabulary import PERSONAL, HeaderVocabulary, Layout, header_vocabulary, plain
from importers.table_words import table_words

_SEVERAL = frozenset({"summary", "address"})
"""Fields that more than one column may hold; the second phone of a row may be somebody else's."""
_VALUES = frozenset({Kind.ID_NUMBER, Kind.PHONE, Kind.DAY, Kind.COUNT, Kind.FIGURE, Kind.CODE})
"""What stands in a row of values and in no header."""
_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "phone": (Kind.PHONE, Kind.MIXED, Kind.EMPTY),
    "id_number": (Kind.ID_NUMBER, Kind.MIXED, Kind.EMPTY),
    "occurred_on": (Kind.DAY, Kind.MIXED, Kind.EMPTY),
}
"""What must stand below, however much a header sounds like these."""
_LESS = 0.01
_FEWEST = 3
"""Texts of a header that is guessed, and columns of it that are understood."""
_BLOCKS = 6
"""Blocks that are looked at; the header stands above everything else that looks like one."""
_CLEARLY = 1.15
"""A row below a header repeats what the header said: it must say so much more to belong to it."""
_SUREST = 0.95
_SOMEBODY = frozenset({"name", "phone", "id_number"})
_OCCASION = frozenset({"occurred_on", "number"})
_REGISTER, _MATTER = "household_id", "summary"


def table_kind(layout: Layout) -> TableKind:
    """Which examples are those of the layout."""
    return TableKind.HOUSEHOLDS if _REGISTER in layout.fields else TableKind.PETITIONS


def guessed_columns(
    vocabulary: HeaderVocabulary, block: Block, indices: Iterable[int], below: Sequence[Row], taken: Collection[str]
) -> list[Column]:
    """What these columns seem to hold, the surest first, however sure; no field that is taken."""
    examples = header_examples(table_kind(vocabulary.layout))
    found: list[Column] = []
    for index in indices:
        full, own = block.full_texts[index], block.texts[index]
        if not full:
            continue
        kind = kind_of(values_of(below, index))
        shares = examples.fields_of([full] if full == own else [full, own], kind)
        field, share = max(shares.items(), key=lambda one: one[1])
        if kind not in _KINDS.get(field, (kind,)) or not any(map(examples.knows, (full, own))):
            share = min(share, table_words().similarity.accepted - _LESS)
        unknown = field == UNREAD or field not in vocabulary.layout.fields or field in taken
        if unknown or (field in PERSONAL and is_of_another_person(vocabulary, full)):
            continue
        if field == _REGISTER and not _has(full, table_words().of_households):
            continue
        found.append(Column(index, field, min(round(share, 2), _SUREST)))
    found.sort(key=lambda column: -column.confidence)
    fields = [column.field for column in found]
    return [one for place, one in enumerate(found) if one.field in _SEVERAL or one.field not in fields[:place]]


def speaks_of_petitions(block: Block, head: Sequence[Row]) -> bool:
    """True where the header or a line above it has a word for what people bring forward."""
    above = (text_of(cell) for row in head if row.number < block.rows[0].number for cell in row.cells)
    return any(_has(text, table_words().of_petitions) for text in (*block.full_texts, *above))


def guessed_header(blocks: Sequence[Block], head: Sequence[Row], layouts: Mapping[str, Layout]) -> Header | None:
    """The block that is most likely the header of a layout; None where nothing shows petitions or households.

    A list of petitions says what somebody wants, who that is, and when it was or under which number.
    """
    best: Header | None = None
    most = 0.0
    for block in _first(blocks):
        below = [row for row in head if row.number > block.rows[-1].number and not row.is_blank]
        spoken = speaks_of_petitions(block, head)
        for name, layout in layouts.items():
            if layout.sign or not below:
                continue
            vocabulary = header_vocabulary(name, layout)
            columns = guessed_columns(vocabulary, block, range(len(block.texts)), below, ())
            sure = [column for column in columns if column.confidence >= table_words().similarity.accepted]
            weight = sum(column.confidence for column in sure)
            fields = {column.field for column in sure}
            if weight > most * _CLEARLY and _is_whole(layout, fields) and (_MATTER not in fields or spoken):
                unsure = [column for column in columns if column not in sure]
                best, most = block.header(name, sure, unsure, (), vocabulary), weight
    return best


def _first(blocks: Sequence[Block]) -> Iterator[Block]:
    """The topmost blocks that look like headers, of those that end in one row the highest."""
    ending: dict[int, Block] = {}
    for block in sorted(blocks, key=lambda one: len(one.rows)):
        if _looks_like_a_header(block):
            ending[block.rows[-1].number] = block
    yield from sorted(ending.values(), key=lambda one: one.rows[-1].number)[:_BLOCKS]


def _looks_like_a_header(block: Block) -> bool:
    texts = (text for row in block.rows for text in map(text_of, row.cells) if text)
    lowest = [text for text in block.texts if text]
    return (
        len(lowest) >= _FEWEST
        and all(map(heads_groups, block.rows[:-1]))
        and not any(kind_of([text]) in _VALUES for text in texts)
    )


def _is_whole(layout: Layout, fields: Collection[str]) -> bool:
    if len(fields) < _FEWEST or not all(field in fields for field in layout.required):
        return False
    return _REGISTER in fields or (bool(_SOMEBODY & set(fields)) and bool(_OCCASION & set(fields)))


def _has(text: str, words: Iterable[str]) -> bool:
    lowered = plain(text).lower()
    return any(word in lowered for word in words)
