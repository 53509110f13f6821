"""Households that stand in one row with their members: unfolded to a row for each person, before anything is read.

The members have columns of their own (成员1姓名, 成员1关系, 成员2姓名, …), or all of them stand in one cell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from domain.register.household import Relation
from importers.formats.parts import Cell, CellNote, Row
from importers.headers.block import Block, block_at
from importers.headers.finding import HEADER_DEPTH
from importers.headers.register_layouts import PERSONS, person_vocabulary, register_layouts
from importers.headers.vocabulary import HeaderVocabulary, plain
from importers.registers.member_columns import lists_members, lists_several
from importers.registers.members_in_cell import OF_A_MEMBER, members_in
from importers.registers.values import count_of
from importers.values.cells import text_of
from importers.words.letter_words import is_name
from importers.words.register_words import register_words

OF_A_PERSON = frozenset(OF_A_MEMBER)
"""Fields that a register has for each person."""
_OF_EVERYBODY = ("household_id", "head_name", "village_code", "village", "town", "group")
"""What each of the family has in common; all else of the household stands in the head's row."""
_IN_WORDS = ("name", "relation", "sex", "born_on", "id_number", "health", "student", "state")
"""What a cell of words may say of a member; JSON may say more."""
_NUMERAL = r"\d{1,2}|[一二三四五六七八九十]{1,2}"
_NUMBERED = re.compile(
    rf"第?(?P<who>(?:家庭)?(?:成员|人员|人口)?)(?P<before>{_NUMERAL})号?(?:成员|人员)?的?(?P<what>\D+)|"
    rf"(?P<whose>(?:家庭)?(?:成员|人员)?)(?P<named>\D+?)(?P<behind>{_NUMERAL})"
)
_SEVERAL = 2
_HEAD = "户主"
_UNSURE = "一格里写了几个人, 看不出各人是谁、是什么关系, 这一户没有导入; 请一人一行填写后重新提交"
_NAMELESS = "成员没有填姓名, 这一户没有导入; 请补填姓名, 或删去这个成员的其他各列后重新提交"
_MORE = "家庭人口比读出的{}人多, 已照样接收; 成员没有写全的请补全后重新提交"
_TWICE = "一户一行的表里这个户编号前面已有一行, 这一行没有导入; 是另一户的请改正户编号后重新提交, 重复的不需要处理"
_IN_A_CELL = (
    "「{}」一格里写了几个人, 已按一人一行接收; 年龄和看不出属于哪一项的字没有采用; 不对的请一人一行填写后重新提交"
)
_IN_COLUMNS = "成员写在户主同一行的各列里, 已按一人一行接收; 不对的请一人一行填写后重新提交"
_UNREAD = "; 看不出「{}」是谁的, 没有采用"


@dataclass(frozen=True, slots=True)
class _Folded:
    """Where the members stand in a header."""

    last_row: int
    texts: tuple[str, ...]
    """Header text by column; empty for what is read as members, or not at all."""
    fields: Mapping[int, str]
    """Of the columns that the vocabulary knows, without those that are of one member."""
    members: tuple[Mapping[str, int], ...]
    """For each member field to column."""
    cell: int | None
    """The column with all members in one cell."""
    remark: str

    def places(self, *fields: str) -> list[int]:
        """The columns of these fields."""
        return [index for index, field in self.fields.items() if field in fields]


def unfolded(head: Sequence[Row], rows: Iterator[Row]) -> tuple[Iterator[Row], str]:
    """All rows of the table, those of households with members in them as a row for each person, and what to say of it.

    As they are, and "", for any other table, and where a household has several rows or one without its number: then
    a row is a person's, whatever stands in it.
    """
    folded = _folded(head)
    every = chain(head, rows)
    return (every, "") if folded is None else (_unfolded(folded, _told(folded, head), every), folded.remark)


def _folded(head: Sequence[Row]) -> _Folded | None:
    vocabulary = person_vocabulary()
    # Two lines first: 第一成员 above 姓名 looks like a header of its own.
    for count in (2, 1):
        for first in range(min(len(head), HEADER_DEPTH)):
            block = block_at(head, first, count)
            below = head[first + count :]
            found = _folded_header(block, vocabulary, below) if block is not None else None
            if found is not None and _is_one_row_each(found, below):
                return found
    return None


def _folded_header(block: Block, vocabulary: HeaderVocabulary, below: Sequence[Row]) -> _Folded | None:
    numbered: dict[tuple[str | None, ...], dict[str, int]] = {}
    doubtful: list[int] = []
    fields: dict[int, str] = {}
    texts = list(block.texts)
    for index, full in enumerate(block.full_texts):
        place = _NUMBERED.fullmatch(plain(full))
        known = vocabulary.exact(place["what"] or place["named"]) if place else None
        if place and known is not None and known.field in OF_A_PERSON:
            # 联系电话1 beside 成员1姓名 is nobody's who stands there: what is of one member is numbered in one way.
            member = numbered.setdefault((place["who"], place["before"], place["whose"], place["behind"]), {})
            (doubtful.append(index) if known.field in member else member.update({str(known.field): index}))
        elif (one := vocabulary.exact(full)) is not None and one.field is not None:
            fields[index], texts[index] = one.field, full
        elif (one := vocabulary.exact(block.texts[index])) is not None and one.field is not None:
            fields[index] = one.field
    if not {"household_id", "head_name"} <= set(fields.values()) or "relation" in fields.values():
        return None
    last = block.rows[-1].number
    members = tuple(member for member in numbered.values() if "name" in member)
    if len(members) >= _SEVERAL and "name" not in fields.values():
        doubtful += [index for member in numbered.values() if "name" not in member for index in member.values()]
        unread = "、".join(block.full_texts[index] for index in sorted(doubtful))
        for index in (*doubtful, *(index for member in members for index in member.values())):
            texts[index] = ""
        remark = _IN_COLUMNS + (_UNREAD.format(unread) if unread else "")
        return _Folded(last, tuple(texts), fields, members, None, remark)
    return _with_cell(last, texts, fields, below)


def _with_cell(last: int, texts: Sequence[str], fields: Mapping[int, str], below: Sequence[Row]) -> _Folded | None:
    """The header with one column of all members; None where whose the columns behind it are is not sure."""
    cells = [index for index, text in enumerate(texts) if lists_members(text) or fields.get(index) == "name"]
    if len(cells) > 1:
        # 家庭成员 beside 家庭成员情况: the one that lists them, if the other is no name of anybody.
        listing = [index for index in cells if any(lists_several(text_of(_cell(row, index))) for row in below)]
        others = [index for index in cells if index not in listing]
        cells = listing if not any(fields.get(index) == "name" for index in others) else []
    if len(cells) != 1 or not lists_members(texts[cells[0]]):
        return None
    cell = cells[0]
    if any(index > cell and field in OF_A_PERSON - {"phone", "state"} for index, field in fields.items()):
        return None
    without = tuple("" if index == cell else text for index, text in enumerate(texts))
    return _Folded(last, without, fields, (), cell, _IN_A_CELL.format(texts[cell]))


def _is_one_row_each(folded: _Folded, below: Sequence[Row]) -> bool:
    """True where each row is a household of its own, and cells of members hold persons with their relations."""
    numbers = [_number(row, folded) for row in below]
    told = [number for number in numbers if number]
    if len(told) != len(set(told)):
        return False
    if any(not number and _names_somebody(row, folded) for number, row in zip(numbers, below, strict=True)):
        return False
    if folded.cell is None:
        return True
    numbered = [row for row, number in zip(below, numbers, strict=True) if number]
    read = [_members(row, folded) for row in numbered]
    filled = [members for members in read if members is None or members]
    sure = [members for members in filled if members and all("relation" in member for member in members)]
    if any(len(members) >= _SEVERAL for members in sure):
        return len(sure) * 2 > len(filled)
    # One each: as likely a row of each person, unless nobody there is the head.
    others = (_are_others(members or (), _heads(row, folded)) for row, members in zip(numbered, read, strict=True))
    return bool(filled) and len(sure) == len(filled) and all(others)


def _are_others(members: Sequence[Mapping[str, Cell]], heads: set[str]) -> bool:
    """True where everybody in the cell is somebody else than the head, by name and by relation."""
    relation = register_words().relation
    return all(
        _spaceless(text_of(one["name"])) not in heads
        and relation(text_of(one["relation"])) not in (None, Relation.HEAD)
        for one in members
    )


def _number(row: Row, folded: _Folded) -> str:
    text = next((text for index in folded.places("household_id") if (text := text_of(_cell(row, index)))), "")
    return text if any(map(str.isdigit, text)) else ""


def _names_somebody(row: Row, folded: _Folded) -> bool:
    return any(is_name(_spaceless(text_of(_cell(row, index)))) for index in folded.places("head_name"))


def _unfolded(folded: _Folded, told: Sequence[str], rows: Iterator[Row]) -> Iterator[Row]:
    titles = tuple(register_layouts()[PERSONS].fields[field][0] for field in told)
    seen: set[str] = set()
    for row in rows:
        if row.damage:
            yield row
        elif row.number < folded.last_row:
            yield replace(row, cells=_kept(row, folded))
        elif row.number == folded.last_row:
            yield replace(row, cells=(*folded.texts, *titles))
        else:
            number = _number(row, folded)
            yield from _persons(row, folded, told, is_repeated=number in seen)
            if number:
                seen.add(number)


def _told(folded: _Folded, head: Sequence[Row]) -> tuple[str, ...]:
    """The fields of members, in the order of the columns that are added for them; a row far below may say any."""
    said = {field for member in folded.members for field in member}
    if folded.cell is not None:
        is_json = any(text_of(_cell(row, folded.cell)).startswith("[") for row in head)
        said = set(OF_A_MEMBER if is_json else _IN_WORDS)
    return tuple(field for field in OF_A_MEMBER if field in said)


def _kept(row: Row, folded: _Folded) -> tuple[Cell, ...]:
    """The row's cells without the columns of the members."""
    return tuple(_cell(row, index) if text else "" for index, text in enumerate(folded.texts))


def _persons(row: Row, folded: _Folded, told: Sequence[str], *, is_repeated: bool) -> Iterator[Row]:
    """The head's row, with nothing in the columns of members, and one for each member with what all have in common."""
    blank = [""] * len(told)
    members = _members(row, folded)
    heads = _heads(row, folded)
    if members is None or (reason := _TWICE if is_repeated else _refused(members, heads)):
        problem = CellNote(len(folded.texts) + told.index("name"), reason if members is not None else _UNSURE)
        cells = [_cell(row, index) for index in range(len(folded.texts))]
        yield replace(row, cells=(*cells, *blank), notes=(*row.notes, problem))
        return
    own = _kept(row, folded)
    is_listed = [_is_head(member, heads) for member in members]
    read = len(members) + (not any(is_listed))
    row = replace(row, notes=(*row.notes, *_too_few(row, folded, read)))
    common = folded.places(*_OF_EVERYBODY)
    shared = tuple(_cell(row, index) if index in common else "" for index in range(len(folded.texts)))
    merged = tuple(one for one in row.merged if one.column in common)
    if not any(is_listed):
        yield replace(row, cells=(*own, *blank))
    for member, is_head in zip(members, is_listed, strict=True):
        # The head may stand among the members: what the other columns say is of him.
        said = {"relation": _HEAD, **member} if is_head else member
        cells = [said.get(field, "") for field in told]
        if is_head:
            yield replace(row, cells=(*own, *cells))
        else:
            yield replace(row, cells=(*shared, *cells), notes=(), merged=merged)


def _is_head(member: Mapping[str, Cell], heads: set[str]) -> bool:
    """True where a member has the head's name and no other relation."""
    relation = text_of(member.get("relation", ""))
    is_called = _spaceless(text_of(member.get("name", ""))) in heads
    return is_called and (not relation or register_words().relation(relation) is Relation.HEAD)


def _heads(row: Row, folded: _Folded) -> set[str]:
    """The head as the household's own columns name him."""
    return {_spaceless(text_of(_cell(row, index))) for index in folded.places("head_name")} - {""}


def _refused(members: Sequence[Mapping[str, Cell]], heads: set[str]) -> str:
    """Why nobody can tell who the members are; empty where that is sure."""
    if any("name" not in member for member in members):
        return _NAMELESS
    return _UNSURE if any(_contradicts(member, heads) for member in members) else ""


def _contradicts(member: Mapping[str, Cell], heads: set[str]) -> bool:
    """True for another head than the row names, and for a member with his name who is said to be somebody else."""
    relation = text_of(member.get("relation", ""))
    is_called = _spaceless(text_of(member["name"])) in heads
    return bool(relation) and is_called != (register_words().relation(relation) is Relation.HEAD)


def _too_few(row: Row, folded: _Folded, read: int) -> Iterator[CellNote]:
    """The remark where the row counts more persons than were read."""
    for index in folded.places("size")[:1]:
        if (count_of(text_of(_cell(row, index))) or 0) > read:
            yield CellNote(index, _MORE.format(read))


def _spaceless(name: str) -> str:
    return "".join(name.split())


def _members(row: Row, folded: _Folded) -> Sequence[Mapping[str, Cell]] | None:
    """What the row says of each member by field; None where that is not sure."""
    if folded.cell is not None:
        text = text_of(_cell(row, folded.cell))
        return members_in(text) if any(map(str.isalpha, text)) and not register_words().is_nobody(text) else []
    told = ({field: _cell(row, index) for field, index in member.items()} for member in folded.members)
    filled = ({field: cell for field, cell in member.items() if _says_something(cell)} for member in told)
    return [member for member in filled if member]


def _says_something(cell: Cell) -> bool:
    text = text_of(cell)
    return any(map(str.isalnum, text)) and not register_words().is_nobody(text)


def _cell(row: Row, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else ""
