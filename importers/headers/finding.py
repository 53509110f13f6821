"""Finds the header among title rows and merged cells, and says which column holds which field."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from importers.formats.parts import Row
from importers.headers.block import (
    Block,
    Candidate,
    block_at,
    continued,
    heads_groups,
    names_of,
    of_each_field,
    takes_a_row_along,
)
from importers.headers.company import in_their_company
from importers.headers.groups import without_strangers_groups
from importers.headers.guessing import guessed_header
from importers.headers.header import Column, Header
from importers.headers.matching import BELOW, Guessing, match
from importers.headers.ordinals import in_their_order
from importers.headers.persons import of_header
from importers.headers.vocabulary import HeaderVocabulary, Layout, Likeness, header_vocabulary, plain
from importers.profiles import NO_PROFILES, Profiles, confirmed_columns
from importers.values.cells import text_of
from importers.words.table_words import table_words

HEADER_DEPTH = 30
"""A header further down than this has never been seen; offices put at most a title, a unit line and notes above it."""
_LINES = 3
"""Lines of a header at most."""
_TWICE = 2
_OF_SOMEBODY = frozenset({"sex", "age", "phone", "id_number", "address"})
"""What may turn out to be another person's once it is known whose it is."""
_ADDRESS = Likeness("address", 1.0, 1000)
"""Behind every address that is written out."""
_TELLS_NO_LAYOUT = frozenset({"sex", "age", "id_number"})
"""What registers and tickets say of a person alike, though the layout of tickets does not read all of it."""
_LIKELIEST = 6
"""Candidates for a header that are compared by likeness."""
HEAD_ROWS = HEADER_DEPTH + BELOW
"""Rows of a table that finding its header needs."""


def find_header(
    rows: Sequence[Row],
    layouts: Mapping[str, Layout],
    profiles: Profiles = NO_PROFILES,
    *,
    doubtful: bool = False,
    guessing: bool = True,
    proposing: bool = False,
) -> Header | None:
    """The header among the first rows: one that a person confirmed, else the one with the most known columns.

    None when no row has all required columns of any layout. With `doubtful` a header may lack required columns;
    without `guessing` only texts as written in the vocabulary count. With `proposing` its doubtful columns are also
    those that examples tell: nobody but a person who is asked needs them, and they take half a second to read.
    """
    head = rows[:HEAD_ROWS]
    blocks = _blocks(head)
    usable = blocks + [whole for block in blocks if (whole := _made_whole(block, head)) is not None]
    for block in usable:
        for profile, columns in confirmed_columns(profiles, block.texts):
            if profile.layout in layouts:
                return block.header(
                    profile.layout, [Column(index, field, 1.0) for index, field in sorted(columns.items())]
                )
    candidates = _candidates(usable, layouts, doubtful)
    # Guessing costs time, and rows of data look like nothing: only the likeliest are looked at closely.
    likely = sorted((one for one in candidates if one.named), key=lambda one: -one.named)[:_LIKELIEST]
    best = _best(likely, head, doubtful, Guessing.BY_LIKENESS if guessing else Guessing.NOT)
    if best is None:
        return guessed_header(candidates, head, doubtful=doubtful) if guessing else None
    candidate, header = _with_groups(best, candidates, head, doubtful)
    header = (match(candidate, head, doubtful, Guessing.BY_EXAMPLE) if proposing else None) or header
    return without_strangers_groups(header, candidate.vocabulary, head)


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


class _Matched(NamedTuple):
    candidate: Candidate
    header: Header


def _blocks(head: Sequence[Row]) -> list[Block]:
    starts = range(min(len(head), HEADER_DEPTH))
    found = (block_at(head, first, count) for count in range(1, _LINES + 1) for first in starts)
    return [block for block in found if block is not None and not takes_a_row_along(block)]


def _candidates(blocks: Sequence[Block], layouts: Mapping[str, Layout], doubtful: bool) -> list[Candidate]:
    vocabularies = {name: header_vocabulary(name, layout) for name, layout in layouts.items()}
    return [
        Candidate(name, vocabulary, block, _known(vocabulary, block))
        for block in blocks
        for name, vocabulary in vocabularies.items()
        if doubtful or any(vocabulary.layout.sign in text for text in block.texts)
    ]


def _best(candidates: Sequence[Candidate], head: Sequence[Row], doubtful: bool, guessing: Guessing) -> _Matched | None:
    """The candidate that says most."""
    best: _Matched | None = None
    most = 0.0
    for candidate in candidates:
        header = match(candidate, head, doubtful, guessing)
        if header is None:
            continue
        weight = _weight(candidate, header)
        if weight > most + 1e-9:
            best, most = _Matched(candidate, header), weight
    return best


def _weight(candidate: Candidate, header: Header) -> float:
    """How much its columns speak for the layout: the sex of whoever rang does not make a register of tickets."""
    layout, block = candidate.vocabulary.layout, candidate.block
    silent, tickets = set(layout.silent), set(layout.tickets)
    numbered = {at for at in range(len(block.texts)) if tickets & {plain(name) for name in names_of(block, at)}}
    if numbered:
        silent |= _TELLS_NO_LAYOUT
    counted = (one for one in of_each_field(header.found) if one.field not in silent and one.index not in numbered)
    return sum(one.confidence for one in counted)


def _with_groups(best: _Matched, candidates: Sequence[Candidate], head: Sequence[Row], doubtful: bool) -> _Matched:
    """The same header with the line above that says whose the names are: 包案领导 and 信访人 over 姓名 and 姓名.

    Where no name stands twice the line above groups nothing that matters, and it may be one of titles.
    """
    block = best.candidate.block
    named = Counter(map(plain, block.lines[-1]))
    if max((named[plain(text)] for text in table_words().bare_names), default=0) < _TWICE:
        return best
    for wider in candidates:
        rows = wider.block.rows
        longer = rows[-1] is block.rows[-1] and len(rows) > len(best.candidate.block.rows)
        if longer and wider.layout == best.candidate.layout and all(map(heads_groups, rows[:-1])):
            header = match(wider, head, doubtful, Guessing.BY_LIKENESS)
            if header is not None and best.header.columns.keys() - header.columns.keys() <= _OF_SOMEBODY:
                best = _Matched(wider, header)
    return best


def _made_whole(block: Block, head: Sequence[Row]) -> Block | None:
    below = next((row for row in head if row.number > block.rows[-1].number), None)
    return continued(block, below) if below is not None else None


def _known(vocabulary: HeaderVocabulary, block: Block) -> tuple[Likeness | None, ...]:
    """What the columns of the block name as written."""
    names = [list(names_of(block, index)) for index in range(len(block.texts))]
    fullest = [next(iter(texts), "") for texts in names]
    known = [of_header(vocabulary, texts) for texts in names]
    words = table_words()
    beside = words.beside_address_initials
    if beside <= set(map(plain, fullest)) and all(map(vocabulary.has, beside)):
        known = [_ADDRESS if plain(fullest[at]) == words.address_initials else one for at, one in enumerate(known)]
    return in_their_order(vocabulary, fullest, in_their_company(vocabulary, fullest, known))
