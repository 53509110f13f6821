"""Columns of a register below which all members of a household stand in one cell."""

import re
import unicodedata
from collections.abc import Sequence

from importers.formats.parts import Row
from importers.headers.header import Header
from importers.headers.register_layouts import person_vocabulary
from importers.headers.vocabulary import plain
from importers.registers.members_in_cell import OF_A_MEMBER, members_in
from importers.values.cells import text_of
from importers.words.register_words import register_words

_BRACKET = re.compile(r"[(\[【<](?P<hint>.*?)[)\]】>]")
_BETWEEN = re.compile(r"[、,;:/\s+和及与]|等$")
_SAYS_WHO = frozenset({"name", "relation"})
_SEVERAL = 2
_UNREAD = "「{}」一格里像是写了几个家庭成员, 没有采用, 请核对; 成员没有另外写的, 请一人一行填写后重新提交"


def lists_members(header: str) -> bool:
    """True for a header known for it, with or without what to write of each in brackets: 家庭成员（姓名、关系）."""
    listed = register_words().member_columns
    written = unicodedata.normalize("NFKC", header)
    if plain(written) in listed:
        return True
    hints = [hint for found in _BRACKET.finditer(written) for hint in _BETWEEN.split(found["hint"]) if hint]
    return plain(_BRACKET.sub("", written)) in listed and _are_of_everybody(hints)


def lists_several(text: str) -> bool:
    """True for a text that names two persons and more, each with how he is related: 李某（妻）、王某（长子）."""
    if text.isalnum():
        return False
    members = members_in(text) or ()
    return len(members) >= _SEVERAL and all("relation" in member for member in members)


def unread_members(header: Header, rows: Sequence[Row]) -> str:
    """What to say of a column that is not read and lists members below it; empty where there is none."""
    read = {column.index for column in header.found}
    below = [row for row in rows if row.number > header.last_row]
    unread = [
        text
        for index, text in enumerate(header.texts)
        if text
        and index not in read
        and any(lists_several(text_of(cell)) for row in below for cell in row.cells[index : index + 1])
    ]
    return _UNREAD.format("、".join(unread)) if unread else ""


def _are_of_everybody(hints: Sequence[str]) -> bool:
    """True where they say how to write a member, and not which of them: 姓名、关系 but neither 劳动力 nor 健康状况."""
    vocabulary = person_vocabulary()
    known = [vocabulary.exact(hint) for hint in hints if hint not in register_words().member_hints]
    fields = {one.field if one is not None else None for one in known}
    return fields <= {*OF_A_MEMBER} and (not fields or bool(fields & _SAYS_WHO))
