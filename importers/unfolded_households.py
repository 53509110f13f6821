"""Households that stand in one row with their members: unfolded to a row for each person, before anything is read.

The members have columns of their own (成员1姓名, 成员1关系, 成员2姓名, …), or all of them stand in one cell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from importers.cells import text_of
from importers.formats.parts import Cell, CellNote, Row
from importers.header_block import Block, block_at
from importers.header_vocabulary import HeaderVocabulary, header_vocabulary, plain
from importers.headers import HEADER_DEPTH
from importers.members_in_cell import NAME, RELATION, TEXTS, members_in
from importers.register_layouts import PERSONS, register_layouts
from importers.register_words import register_words

OF_A_PERSON = frozenset(
    {"name", "relation", "sex", "id_number", "born_on", "health", "labour", "work_place", "work_months", "student"}
    | {"phone", "disability_card", "insured", "allowance", "supported", "state"}
)
"""Fields that a register has for each person."""
_NUMERAL = r"\d{1,2}|[一二三四五六七八九十]{1,2}"
_NUMBERED = re.compile(
    rf"第?(?:家庭)?(?:成员|人员|人口)?(?P<before>{_NUMERAL})号?(?:成员|人员)?的?(?P<what>\D+)|"
    rf"(?:家庭)?(?:成员|人员)?(?P<named>\D+?)(?P<behind>{_NUMERAL})"
)
_SEVERAL = 2
_MEMBERS = "成员"
"""In the header of a column that nobody knows: 家庭成员及关系."""
_UNSURE = "一格里写了几个人, 看不出各人是谁、是什么关系, 这一户没有导入; 请一人一行填写后重新提交"


@dataclass(frozen=True, slots=True)
class _Folded:
    """Where the members stand in a header."""

    last_row: int
    width: int
    shared: tuple[int, ...]
    """Columns that are the household's."""
    head: tuple[int, ...]
    """Columns that say something of the head alone."""
    names: tuple[int, ...]
    """Those of them with his name."""
    members: tuple[Mapping[str, int], ...] = ()
    """For each member header text to column."""
    cell: int | None = None
    """The column with all members in one cell."""


def unfolded(head: Sequence[Row], rows: Iterator[Row]) -> Iterator[Row]:
    """All rows of the table, those of households with members in them as a row for each person."""
    folded = _folded(head)
    if folded is None:
        yield from chain(head, rows)
        return
    texts = _texts(folded, head)
    for row in chain(head, rows):
        if row.number > folded.last_row:
            yield from _persons(row, folded, texts)
        else:
            more = texts if row.number == folded.last_row else ()
            yield replace(row, cells=(*_kept(row, folded), *more), merged=(), notes=())


def _folded(head: Sequence[Row]) -> _Folded | None:
    vocabulary = header_vocabulary(PERSONS, register_layouts()[PERSONS])
    # Two lines first: 第一成员 above 姓名 looks like a header of its own.
    for count in (2, 1):
        for first in range(min(len(head), HEADER_DEPTH)):
            block = block_at(head, first, count)
            found = _folded_header(block, vocabulary, head[first + count :]) if block is not None else None
            if found is not None:
                return found
    return None


def _folded_header(block: Block, vocabulary: HeaderVocabulary, below: Sequence[Row]) -> _Folded | None:
    texts = block.full_texts
    numbered: dict[str, dict[str, int]] = {}
    fields: dict[int, str | None] = {}
    for index, text in enumerate(texts):
        place = _NUMBERED.fullmatch(plain(text))
        what = (place["what"] or place["named"]) if place else ""
        known = vocabulary.exact(what) if what else None
        if place and known is not None and known.field in OF_A_PERSON:
            numbered.setdefault(place["before"] or place["behind"], {})[what] = index
        else:
            one = vocabulary.exact(text) or vocabulary.exact(block.texts[index])
            fields[index] = one.field if one is not None else None
    if "household_id" not in fields.values() or "head_name" not in fields.values():
        return None
    last, width = block.rows[-1].number, len(texts)
    names = tuple(index for index, field in fields.items() if field == "head_name")
    head = tuple(index for index, field in fields.items() if field in OF_A_PERSON or str(field).startswith("head_"))
    members = tuple(one for one in numbered.values() if any(_is_name(vocabulary, what) for what in one))
    if len(members) >= _SEVERAL:
        shared = tuple(index for index in fields if index not in head)
        return _Folded(last, width, shared, head, names, members=members)
    cells = [index for index, field in fields.items() if field == "name"]
    cells += [index for index, field in fields.items() if field is None and _MEMBERS in texts[index]]
    cell = cells[0] if cells else None
    if (
        cell is None
        or "relation" in fields.values()
        or not any(_holds_several(text_of(_cell(row, cell))) for row in below)
    ):
        return None
    head = tuple(index for index in head if index != cell)
    shared = tuple(index for index in fields if index not in (*head, cell))
    return _Folded(last, width, shared, head, names, cell=cell)


def _holds_several(text: str) -> bool:
    members = members_in(text)
    return len(members or ()) > 1 or any(RELATION in member for member in members or ())


def _is_name(vocabulary: HeaderVocabulary, what: str) -> bool:
    known = vocabulary.exact(what)
    return known is not None and known.field == "name"


def _texts(folded: _Folded, head: Sequence[Row]) -> tuple[str, ...]:
    """The headers under which the members' values are read."""
    if folded.cell is None:
        return tuple(dict.fromkeys(what for member in folded.members for what in member))
    below = (_cell(row, folded.cell) for row in head if row.number > folded.last_row)
    said = (key for cell in below for member in members_in(text_of(cell)) or () for key in member)
    return tuple(dict.fromkeys((*TEXTS, *said)))


def _kept(row: Row, folded: _Folded) -> list[Cell]:
    """The row's cells without the columns of the members."""
    return [_cell(row, index) if index in {*folded.shared, *folded.head} else "" for index in range(folded.width)]


def _persons(row: Row, folded: _Folded, texts: Sequence[str]) -> Iterator[Row]:
    """The head's row, with nothing in the columns of members, and one for each member with the household's columns."""
    notes = tuple(note for note in row.notes if note.column in {*folded.shared, *folded.head})
    merged = tuple(one for one in row.merged if one.column in folded.shared)
    own = replace(row, cells=(*_kept(row, folded), *[""] * len(texts)), notes=notes, merged=merged)
    members = _members(row, folded)
    if members is None:
        problem = CellNote(folded.width + texts.index(NAME), _UNSURE)
        yield replace(own, notes=(*notes, problem))
        return
    heads = {text_of(_cell(row, index)) for index in folded.names} - {""}
    household = {*folded.shared, *folded.names}
    columns = range(folded.width)
    is_listed = [not heads.isdisjoint(map(text_of, member.values())) for member in members]
    if not any(is_listed):
        yield own
    for member, is_head in zip(members, is_listed, strict=True):
        # The head may stand among the members: what the other columns say is of him.
        kept = own.cells[: folded.width] if is_head else [_cell(row, at) if at in household else "" for at in columns]
        yield replace(row, cells=(*kept, *(member.get(text, "") for text in texts)), notes=(), merged=())


def _members(row: Row, folded: _Folded) -> Sequence[Mapping[str, Cell]] | None:
    """What the row says of each member; None where that is not sure."""
    if folded.cell is not None:
        text = text_of(_cell(row, folded.cell))
        return members_in(text) if any(map(str.isalpha, text)) and not register_words().is_nobody(text) else []
    told = ({what: _cell(row, index) for what, index in member.items()} for member in folded.members)
    return [member for member in told if any(text_of(cell) for cell in member.values())]


def _cell(row: Row, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else ""
