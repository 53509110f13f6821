"""Headers in words that nobody has written before: guessed column by column, and said to be guessed."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from importers.formats.parts import Row
from importers.headers.block import Block, Candidate, heads_groups
from importers.headers.column_kinds import Kind, kind_of
from importers.headers.contents import hold_phones, number_by_content, values_of, wish_columns
from importers.headers.examples import UNREAD, TableKind, header_examples
from importers.headers.header import Column, Header
from importers.headers.persons import is_of_another_person
from importers.headers.vocabulary import PERSONAL, HeaderVocabulary, Layout, plain
from importers.values.cells import text_of
from importers.words.table_words import table_words

_SEVERAL = frozenset({"summary", "address"})
"""Fields that more than one column may hold; the second phone of a row may be somebody else's."""
_VALUES = frozenset({Kind.ID_NUMBER, Kind.PHONE, Kind.DAY, Kind.COUNT, Kind.FIGURE, Kind.CODE})
"""What stands in a row of values and in no header."""
_KINDS: Mapping[str, frozenset[Kind]] = {
    "name": frozenset({Kind.NAME, Kind.SHORT, Kind.MIXED}),
    "phone": frozenset({Kind.PHONE}),
    "id_number": frozenset({Kind.ID_NUMBER}),
    "sex": frozenset({Kind.SEX}),
    "age": frozenset({Kind.COUNT}),
    "occurred_on": frozenset({Kind.DAY}),
    "town": frozenset({Kind.PLACE, Kind.SHORT, Kind.NAME}),
    "village": frozenset({Kind.PLACE, Kind.SHORT, Kind.NAME}),
    "address": frozenset({Kind.PLACE, Kind.SHORT, Kind.MIDDLE, Kind.LONG, Kind.MIXED}),
    "persons_involved": frozenset({Kind.COUNT}),
    "repeated": frozenset({Kind.SHORT, Kind.NAME}),
    "category": frozenset({Kind.SHORT, Kind.MIDDLE}),
    "purpose": frozenset({Kind.SHORT}),
    "title": frozenset({Kind.MIDDLE, Kind.LONG, Kind.SHORT}),
    "summary": frozenset({Kind.LONG, Kind.MIDDLE}),
}
"""What must stand below, however much a header sounds like these; households' fields may have anything."""
_NEVER_SURE = frozenset({"number"})
"""A counter or an office's own reference taken for the number would make one petition the correction of another."""
_LESS = 0.01
_ONE_CHARACTER = 0.75
"""Likeness of a header of four characters with one of them wrong."""
_FEWEST = 3
"""Texts of a header that is guessed, and columns of it that are understood."""
_BLOCKS = 6
"""Blocks that are looked at; the header stands above everything else that looks like one."""
_CLEARLY = 1.15
"""A row below a header repeats what the header said: it must say so much more to belong to it."""
_SUREST = 0.9
WIDEST = 128
"""Columns whose meaning is guessed; the widest known export has 120, and guessing costs time."""
_SOMEBODY = frozenset({"name", "phone", "id_number"})
_REGISTER, _DAY, _GROUP = "household_id", "occurred_on", "group"


def table_kind(layout: Layout) -> TableKind:
    """Which examples are those of the layout."""
    return TableKind.HOUSEHOLDS if _REGISTER in layout.fields else TableKind.PETITIONS


def guessed_columns(
    vocabulary: HeaderVocabulary, block: Block, kinds: Mapping[int, Kind], taken: Collection[str]
) -> list[Column]:
    """What columns seem to hold, the surest first, however sure; no field that is taken, nothing of others.

    `kinds` names the columns that are guessed, each with the kind of what stands below it.
    """
    examples = header_examples(table_kind(vocabulary.layout))
    texts = block.full_texts
    found: list[Column] = []
    for index, kind in kinds.items():
        names = list(dict.fromkeys(text for text in (texts[index], block.texts[index]) if text))
        if not names:
            continue
        field, share = max(examples.fields_of(names, kind).items(), key=lambda one: one[1])
        if field == UNREAD or field not in vocabulary.layout.fields or field in taken:
            continue
        if field == _GROUP and _REGISTER not in vocabulary.layout.fields:
            # Lists of petitions have the groups of those who visit, too.
            continue
        if any(_is_of_others(vocabulary, field, name) for name in names):
            continue
        if not any(map(examples.knows, names)) or field in _NEVER_SURE or kind not in _KINDS.get(field, {kind}):
            share = min(share, table_words().similarity.accepted - _LESS)
        found.append(Column(index, field, min(round(share, 2), _SUREST)))
    found.sort(key=lambda column: -column.confidence)
    fields = [column.field for column in found]
    return [one for place, one in enumerate(found) if one.field in _SEVERAL or one.field not in fields[:place]]


def _is_of_others(vocabulary: HeaderVocabulary, field: str, text: str) -> bool:
    """True where a word of the header speaks of somebody else, of another day, or of what an office did."""
    words = table_words()
    if field in PERSONAL and (is_of_another_person(vocabulary, text) or _has(text, words.other_guesses)):
        return True
    match field:
        case "id_number":
            return not _has(text, words.id_numbers)
        case "household_id":
            return not _has(text, words.of_households) or _has(text, words.of_other_households)
        case "occurred_on" | "summary":
            return words.other_matter.search(plain(text)) is not None or _has(text, words.other_days)
        case _:
            return False


def speaks_of_petitions(block: Block, head: Sequence[Row]) -> bool:
    """True where the header or a line above it has a word for what people bring forward, and none of another list."""
    above = [text_of(cell) for row in head if row.number < block.rows[0].number for cell in row.cells]
    words, texts = table_words(), (*block.full_texts, *above)
    spoken = any(_has(text, words.of_petitions) for text in texts)
    return spoken and not any(_has(text, words.of_other_lists) for text in texts)


def guessed_header(candidates: Sequence[Candidate], head: Sequence[Row], *, doubtful: bool = False) -> Header | None:
    """The block that is most likely the header of a layout; None where nothing shows petitions or households.

    Headers that are known as written mean what they say, the others are guessed. A list of petitions says what somebody
    wants, who that is, and when it was. With `doubtful` nothing is read that is guessed: it waits for a person.
    """
    best: Header | None = None
    most = 0.0
    for block in _first([candidate.block for candidate in candidates]):
        below = [row for row in head if row.number > block.rows[-1].number and not row.is_blank]
        spoken = speaks_of_petitions(block, head)
        kinds = kinds_below(range(min(len(block.texts), WIDEST)), below)
        for one in (one for one in candidates if one.block is block and not one.vocabulary.layout.sign and below):
            columns = _columns(one, kinds, below)
            policy = table_words().similarity
            sure = [column for column in columns if column.confidence >= (1 if doubtful else policy.accepted)]
            counted = columns if doubtful else sure
            weight = sum(column.confidence for column in counted)
            fields = {column.field for column in counted}
            whole = len(counted) >= _FEWEST if doubtful else _is_whole(one.vocabulary.layout, fields, spoken)
            if weight > most * _CLEARLY and whole:
                unsure = [
                    column for column in columns if policy.proposed <= column.confidence < 1 and column not in sure
                ]
                best, most = block.header(one.layout, sure, unsure, (), one.vocabulary), weight
    return best


def kinds_below(indices: Iterable[int], below: Sequence[Row]) -> dict[int, Kind]:
    """By column the kind of the values below its header."""
    return {index: kind_of(values_of(below, index)) for index in indices}


def _columns(candidate: Candidate, kinds: Mapping[int, Kind], below: Sequence[Row]) -> list[Column]:
    """What is known as written, and what is guessed of the rest."""
    known = list(enumerate(candidate.known))[:WIDEST]
    written = [Column(index, one.field, 1.0) for index, one in known if one is not None and one.field is not None]
    unknown = {index: kinds[index] for index, one in known if one is None}
    taken = {column.field for column in written}
    texts = {index: candidate.block.texts[index] for index in unknown}
    number = number_by_content(candidate.vocabulary, texts, below) if "number" not in taken else None
    if number is not None:
        written.append(number)
        unknown.pop(number.index)
        taken.add(number.field)
    phone = _misspelt_phone(candidate, unknown, below) if "phone" not in taken else None
    if phone is not None:
        written.append(phone)
        unknown.pop(phone.index)
        taken.add(phone.field)
    guessed = guessed_columns(candidate.vocabulary, candidate.block, unknown, taken)
    return _without_neighbours([*written, *_with_wishes(candidate, unknown, guessed)], kinds)


def _with_wishes(candidate: Candidate, unknown: Iterable[int], guessed: Sequence[Column]) -> list[Column]:
    """What is guessed, and what whoever fills in hopes for beside a column that is taken for the matter."""
    full, accepted = candidate.block.full_texts, table_words().similarity.accepted
    wishes = wish_columns({at: full[at] for at in unknown})
    others = [column for column in guessed if all(column.index != wish.index for wish in wishes)]
    has_matter = any(column.field == "summary" and column.confidence >= accepted for column in others)
    return [*others, *wishes] if has_matter else list(guessed)


def _misspelt_phone(candidate: Candidate, unknown: Iterable[int], below: Sequence[Row]) -> Column | None:
    """连系电话 above phones with words around them: one character from a header of phones that is known."""
    for index in unknown:
        text = candidate.block.full_texts[index]
        near = candidate.vocabulary.nearest(text)
        alike = near.field == "phone" and near.confidence >= _ONE_CHARACTER
        if alike and not _is_of_others(candidate.vocabulary, "phone", text) and hold_phones(values_of(below, index)):
            return Column(index, "phone", table_words().similarity.accepted)
    return None


def _without_neighbours(columns: Sequence[Column], kinds: Mapping[int, Kind]) -> list[Column]:
    """The columns without a phone or ID number that stands right of somebody else's name."""
    name = next((column.index for column in columns if column.field == "name"), None)
    return [
        column
        for column in columns
        if column.field not in ("phone", "id_number") or _owner(column.index, name, kinds) in (name, None)
    ]


def _owner(index: int, name: int | None, kinds: Mapping[int, Kind]) -> int | None:
    """The nearest column of names on the left, that of the petitioners included."""
    return next((at for at in range(index - 1, -1, -1) if at == name or kinds[at] is Kind.NAME), None)


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
    return len(lowest) >= _FEWEST and all(map(heads_groups, block.rows[:-1])) and not holds_values(texts)


def holds_values(texts: Iterable[str]) -> bool:
    """True where one of the texts is a phone, a day, a count or another value, which no header is."""
    return any(kind_of([text]) in _VALUES for text in texts)


def _is_whole(layout: Layout, fields: Collection[str], spoken: bool) -> bool:
    if len(fields) < _FEWEST or not all(field in fields for field in layout.required):
        return False
    return _REGISTER in fields or (spoken and _DAY in fields and bool(_SOMEBODY & set(fields)))


def _has(text: str, words: Iterable[str]) -> bool:
    """True where one of the words stands in the text; Latin ones only where a word begins: children have no ldr."""
    lowered = plain(text).lower()
    return any(word in lowered and (not word.isascii() or _begins(word, text.lower())) for word in words)


def _begins(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(word)}", text) is not None
