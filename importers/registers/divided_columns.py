"""One header over several columns that the line below tells apart: 监测对象类别 above 2025年 and 2026年."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from importers.formats.parts import Row
from importers.headers.header import Column, Header
from importers.headers.register_layouts import person_vocabulary
from importers.headers.vocabulary import plain
from importers.registers.years import time_of
from importers.values.cells import filled_cells
from importers.words.register_words import register_words

_YEAR = re.compile(r"20\d{2}\s*年?度?\s*(?:(?:1[0-2]|0?[1-9])月份?)?[底末初]?(?:[(\uff08][^()\uff08\uff09]*[)\uff09])?")
"""A year, or a month of one, and nothing else but what stands in brackets behind it."""
_AT_LEAST = 2
_EMPTY = "空格"
_TELLS_WHO = ("household_id", "name", "head_name", "relation", "id_number")
_NOBODY_KNOWS = (
    "「{}」下面分了{}几列, 看不出哪一列是现在的, 没有采用, 请核对; 请只留现在的那一列, 删去下面那一行后重新提交"
)


def with_divided(header: Header, head: Sequence[Row]) -> tuple[Header, tuple[str, ...]]:
    """The header in which every column below years holds what stands above them, and what to say of other columns.

    Below 变更前 and 变更后 or 上年 and 本年 nobody knows which is meant, nor below 2025年 and an empty cell, or
    2025年9月 and 2025年底: such columns are not read.
    """
    fields = {column.index: column for column in header.found}
    below = next((row for row in head if row.number > header.last_row), None)
    texts = filled_cells(below.cells) if below is not None else {}
    groups = _divided(header, texts, [row for row in head if row.number > header.last_row + 1])
    if below is None or not groups:
        return _with_years_in_lowest_line(header), ()
    said = []
    header = _with_line(header, below, texts)
    for begin, places in groups.items():
        column = fields[begin]
        if _are_apart([texts.get(index, "") for index in places]):
            for index in places:
                header = _holding(header, index, column)
        else:
            header = header.without({begin})
            parts = "、".join(f"「{texts.get(index, _EMPTY)}」" for index in places)
            said.append(_NOBODY_KNOWS.format(_text_above(header, begin), parts))
    return header, tuple(said)


def _are_apart(texts: Sequence[str]) -> bool:
    """True for years or months that surely are one before the other."""
    times = [time_of(text) if _YEAR.fullmatch(text) else None for text in texts]
    if None in times or len(set(times)) < len(times):
        return False
    found = [time for time in times if time is not None]
    # Of a year and one of its months nobody knows which is the later: 2025年底 is behind 2025年9月.
    return not any(month == "" and (year, "") != other and year == other[0] for year, month in found for other in found)


def _divided(header: Header, texts: Mapping[int, str], below: Sequence[Row]) -> Mapping[int, Sequence[int]]:
    """By the first column of each header that is read, the columns below it that the line of these texts tells apart.

    None where the line tells who somebody is, or says something that is no time: then it is a row of the table, or
    divides columns otherwise (手机 and 座机). A column that holds something in the rows `below` is one of its header,
    also where the line says nothing above it.
    """
    if not texts or any(at in texts for field in _TELLS_WHO for at in header.places.get(field, ())):
        return {}
    groups: dict[int, list[int]] = {}
    for index in texts:
        begin = max((at for at in range(min(index + 1, len(header.texts))) if header.texts[at]), default=-1)
        groups.setdefault(begin, []).append(index)
    read = {column.index for column in header.found}
    is_time = register_words().is_time
    divided = {begin: places for begin, places in groups.items() if begin in read}
    of_times = {at for places in divided.values() if all(is_time(texts[at]) for at in places) for at in places}
    whole = {begin for begin, places in divided.items() if len(places) >= _AT_LEAST and begin in places}
    if not any(begin in of_times for begin in whole):
        return {}
    if any(begin not in whole and places[0] not in of_times for begin, places in divided.items()):
        return {}
    filled = {index for row in below for index in filled_cells(row.cells)}
    return {begin: _with_unnamed(header, begin, places, filled) for begin, places in divided.items()}


def _with_unnamed(header: Header, begin: int, places: Sequence[int], filled: Container[int]) -> Sequence[int]:
    """The columns below a header with those of which the line that divides it says nothing."""
    end = next((at for at in range(begin + 1, len(header.texts)) if header.texts[at]), len(header.texts))
    found = {begin, *places, *(at for at in range(begin, end) if at in filled)}
    return sorted(found)


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
