"""What stands below somebody else in the line above a header: 帮扶责任人 over 姓名, 单位 and 电话."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from importers.formats.parts import Row
from importers.headers.block import heads_groups
from importers.headers.header import ForeignColumn, Header
from importers.headers.persons import is_bare, is_of_another_person
from importers.headers.vocabulary import PERSONAL, HeaderVocabulary, plain
from importers.values.cells import text_of
from importers.words.table_words import table_words

_NAMES = ("name", "head_name")
_LONGEST_GROUP = 8
_OF_MATTER = frozenset({"number", "occurred_on", "day", "title", "summary", "household_id"})
"""What stands left of 姓名 where the group is about the petitioner or the family, whoever listens to them."""


def without_strangers_groups(header: Header, vocabulary: HeaderVocabulary, head: Sequence[Row]) -> Header:
    """The header in which what is somebody else's below a group is foreign: a bare 姓名, and what is bare beside it.

    As it is where no other column names the petitioner, or the family: whose the name is would not be sure.
    """
    groups = _groups_above(header, head)
    found = {column.index: column.field for column in header.found}
    theirs: dict[int, ForeignColumn] = {}
    for index, field in found.items():
        group = groups.get(index, "")
        if field != "name" or not group or not _is_bare_name(header, index) or not _is_of_stranger(vocabulary, group):
            continue
        below = _below(index, group, groups, found, header)
        if not _is_about_family(index, below, found):
            theirs |= {
                at: ForeignColumn(at, found[at], group)
                for at in below
                if found.get(at) in PERSONAL and is_bare(header.texts[at])
            }
    if not any(field in _NAMES and index not in theirs for index, field in found.items()):
        return header
    called = {index: f"{one.whose}{header.texts[index]}" for index, one in theirs.items()}
    return replace(
        header.without(theirs), foreign=(*header.foreign, *theirs.values()), names={**header.names, **called}
    )


def _below(name: int, group: str, groups: Mapping[int, str], found: Mapping[int, str], header: Header) -> Sequence[int]:
    """The columns of the group in which 姓名 stands, up to the next that says itself whose name it has: 成员姓名."""
    places = sorted(index for index, text in groups.items() if text == group)
    others = [index for index in places if index > name and found.get(index) in _NAMES]
    end = next((index for index in others if not _is_bare_name(header, index)), max(places) + 1)
    return [index for index in places if index < end]


def _is_about_family(name: int, below: Sequence[int], found: Mapping[int, str]) -> bool:
    """True where the group has the matter or the number of the household left of the name, or its one relation."""
    if any(found.get(index) in _OF_MATTER for index in below if index < name):
        return True
    is_only = not any(field == "name" and index not in below for index, field in found.items())
    return is_only and any(found.get(index) == "relation" for index in below)


def _groups_above(header: Header, head: Sequence[Row]) -> Mapping[int, str]:
    """By column the text over it in the header, else in the row above; none where that is no row of groups.

    A text reaches over the empty cells to its right where its own column has a header of its own below it.
    """
    if len(header.lines) > 1:
        return {index: header.above(index) for index, text in enumerate(header.texts) if text}
    above = next((row for row in reversed(head) if row.number < header.first_row and not row.is_blank), None)
    if above is None or not (heads_groups(above) or _is_one_group(above)):
        return {}
    groups: dict[int, str] = {}
    group = ""
    for index, text in enumerate(header.texts):
        if written := text_of(above.cells[index]) if index < len(above.cells) else "":
            group = written if text else ""
        if group and text:
            groups[index] = group
    return groups


def _is_one_group(row: Row) -> bool:
    """True for a short text alone that is no title: it does not begin with the table."""
    texts = {index: text for index, cell in enumerate(row.cells) if (text := text_of(cell))}
    index, text = next(iter(texts.items()))
    return len(texts) == 1 and index > 0 and len(text) <= _LONGEST_GROUP


def _is_bare_name(header: Header, index: int) -> bool:
    return plain(header.texts[index]) in map(plain, table_words().bare_names)


def _is_of_stranger(vocabulary: HeaderVocabulary, group: str) -> bool:
    """True for a group of somebody else; a layout says itself who is, where others may be of the family."""
    layout = vocabulary.layout
    if layout.strangers:
        return any(word in group for word in layout.strangers) and not any(
            word in group for word in layout.no_strangers
        )
    return is_of_another_person(vocabulary, group)
