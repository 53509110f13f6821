"""What stands below somebody else in the line above a header: 帮扶责任人 over 姓名, 单位 and 电话."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from importers.cells import text_of
from importers.formats.parts import Row
from importers.header import ForeignColumn, Header
from importers.header_block import heads_groups
from importers.header_persons import is_bare, is_of_another_person
from importers.header_vocabulary import PERSONAL, HeaderVocabulary, plain
from importers.table_words import table_words

_NAMES = ("name", "head_name")


def without_strangers_groups(header: Header, vocabulary: HeaderVocabulary, head: Sequence[Row]) -> Header:
    """The header in which what is somebody else's below a group is foreign: a bare 姓名, and what is bare beside it.

    As it is where no other column names the petitioner, or the family: whose the name is would not be sure.
    """
    groups = _groups_above(header, head)
    found = {column.index: column.field for column in header.found}
    names = {
        groups.get(index, "") for index, field in found.items() if field == "name" and _is_bare_name(header, index)
    }
    strangers = {group for group in names if group and _is_of_stranger(vocabulary, group)}
    theirs = {
        index: ForeignColumn(index, field, groups[index])
        for index, field in found.items()
        if groups.get(index) in strangers and field in PERSONAL and is_bare(header.texts[index])
    }
    if not any(field in _NAMES and index not in theirs for index, field in found.items()):
        return header
    called = {index: f"{one.whose}{header.texts[index]}" for index, one in theirs.items()}
    return replace(
        header.without(theirs), foreign=(*header.foreign, *theirs.values()), names={**header.names, **called}
    )


def _groups_above(header: Header, head: Sequence[Row]) -> Mapping[int, str]:
    """By column the text over it in the header, else in the row above; none where that is no row of groups.

    A text reaches over the empty cells to its right where its own column has a header of its own below it.
    """
    if len(header.lines) > 1:
        return {index: header.above(index) for index, text in enumerate(header.texts) if text}
    above = next((row for row in reversed(head) if row.number < header.first_row and not row.is_blank), None)
    if above is None or not heads_groups(above):
        return {}
    groups: dict[int, str] = {}
    group = ""
    for index, text in enumerate(header.texts):
        if written := text_of(above.cells[index]) if index < len(above.cells) else "":
            group = written if text else ""
        if group and text:
            groups[index] = group
    return groups


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
