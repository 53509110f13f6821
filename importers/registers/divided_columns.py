"""One header over several columns that the line below tells apart: 监测对象类别 above 2025年 and 2026年."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from importers.formats.parts import Row
from importers.headers.header import Column, Header
from importers.headers.register_layouts import person_vocabulary
from importers.headers.vocabulary import plain
from importers.values.cells import filled_cells

_YEAR = re.compile(r"20\d{2}\s*年?度?\s*(?:(?:1[0-2]|0?[1-9])月份?)?[底末初]?(?:[(\uff08][^()\uff08\uff09]*[)\uff09])?")
"""A year, or a month of one, and nothing else but what stands in brackets behind it."""
_AT_LEAST = 2
_TELLS_WHO = ("household_id", "name", "head_name", "relation", "id_number")
_NOBODY_KNOWS = (
    "「{}」下面分了{}几列, 看不出哪一列是现在的, 没有采用, 请核对; 请只留现在的那一列, 删去下面那一行后重新提交"
)


def with_divided(header: Header, head: Sequence[Row]) -> tuple[Header, tuple[str, ...]]:
    """The header in which every column below years holds what stands above them, and what to say of other columns.

    Below 变更前 and 变更后 or 上年 and 本年 nobody knows which is meant: such columns are not read.
    """
    fields = {column.index: column for column in header.found}
    below = next((row for row in head if row.number > header.last_row), None)
    texts = filled_cells(below.cells) if below is not None else {}
    groups = _divided(header, texts)
    if below is None or not groups:
        return _with_years_in_lowest_line(header), ()
    said = []
    header = _with_line(header, below, texts)
    for begin, places in groups.items():
        column = fields[begin]
        if all(_YEAR.fullmatch(texts[index]) for index in places):
            for index in places:
                header = _holding(header, index, column)
        else:
            header = header.without({begin})
            parts = "、".join(f"「{texts[index]}」" for index in places)
            said.append(_NOBODY_KNOWS.format(_text_above(header, begin), parts))
    return header, tuple(said)


def _divided(header: Header, texts: Mapping[int, str]) -> Mapping[int, Sequence[int]]:
    """By the first column of each header that is read, the columns below it that the line of these texts tells apart.

    None where the line tells who somebody is, or says something in one column alone of a header that is read: then it
    is a row of the table.
    """
    if not texts or any(at in texts for field in _TELLS_WHO for at in header.places.get(field, ())):
        return {}
    groups: dict[int, list[int]] = {}
    for index in texts:
        begin = max((at for at in range(min(index + 1, len(header.texts))) if header.texts[at]), default=-1)
        groups.setdefault(begin, []).append(index)
    read = {column.index for column in header.found}
    divided = {begin: places for begin, places in groups.items() if begin in read}
    is_row = any(len(places) < _AT_LEAST or begin not in places for begin, places in divided.items())
    return {} if is_row else divided


def _with_years_in_lowest_line(header: Header) -> Header:
    """The same where the lowest line of the header has other names beside the years."""
    if len(header.lines) < _AT_LEAST:
        return header
    vocabulary = person_vocabulary()
    read = {column.index for column in header.found}
    for index, text in enumerate(header.texts):
        if index in read or not _YEAR.fullmatch(text):
            continue
        known = vocabulary.exact(_text_above(header, index))
        if known is not None and known.field is not None:
            header = _holding(header, index, Column(index, known.field, 1.0))
    return header


def _text_above(header: Header, index: int) -> str:
    """The text of the last line but one that reaches over the column."""
    line = header.lines[-2]
    begin = max((at for at in line if at <= index), default=-1)
    return line.get(begin, "")


def _with_line(header: Header, below: Row, texts: Mapping[int, str]) -> Header:
    width = max(len(header.texts), max(texts) + 1)
    own = tuple(texts.get(at, header.texts[at] if at < len(header.texts) else "") for at in range(width))
    lines = (*header.lines, {index: plain(text) for index, text in texts.items()})
    return replace(header, texts=own, lines=lines, last_row=below.number)


def _holding(header: Header, index: int, column: Column) -> Header:
    """The header in which one more column holds the field of this one."""
    places = header.places.get(column.field, ())
    if index in places:
        return header
    return replace(
        header,
        found=(*header.found, replace(column, index=index)),
        places={**header.places, column.field: (*places, index)},
        columns={column.field: index, **header.columns},
    )
