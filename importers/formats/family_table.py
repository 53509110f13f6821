"""The table of the family within a form: 家庭成员 below what the form says of the household."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from importers.formats.form_labels import is_label, plain
from importers.formats.parts import Row

_COLON = re.compile("[:\uff1a]")
_RELATIONS = frozenset(
    {"与户主关系", "户主关系", "与本人关系", "与申请人关系", "与信访人关系", "与来访人关系", "家庭关系", "关系", "称谓"}
)
_NAMES = frozenset({"姓名", "成员姓名", "家庭成员姓名", "家庭成员"})
_HOUSEHOLDS = frozenset({"户编号", "户号", "户编码", "户码", "户主", "户主姓名", "家庭编号"})
"""Above a column they make a register of many households, beside a value they make a form of one."""
_PERSONS = frozenset({"信访人", "信访人姓名", "来访人", "来访人姓名", "申请人", "申请人姓名", "反映人", "求助人"})


def split_off(rows: Sequence[Row]) -> tuple[list[Row], tuple[Row, ...]]:
    """The rows of the form itself, and those of the family's table with its header; no such table: none."""
    begin = next((index for index, row in enumerate(rows) if _is_header(row)), None)
    if begin is None or not _names_one_household(rows[:begin]):
        return list(rows), ()
    end, last = begin + 1, _last_beside_title(rows[begin])
    while end < len(rows) and (_is_member(rows[end]) if last is None else _is_below_title(rows[end], last)):
        end += 1
    family = rows[begin:end]
    if last is not None:
        family = [replace(row, cells=row.cells[1:], merged=()) for row in family]
    return [*rows[:begin], *rows[end:]], tuple(family)


def _last_beside_title(header: Row) -> int | None:
    """The last row of a table left of which its title is merged down (家庭成员); None for any other."""
    title = next((one for one in header.merged if one.column == 0 and one.first_row == header.number), None)
    texts = [plain(str(cell)) for cell in header.cells]
    is_title = title is not None and texts[0] in _NAMES and bool(_NAMES & set(texts[1:]))
    return title.last_row if title is not None and is_title else None


def _is_below_title(row: Row, last: int) -> bool:
    """True for a row of nobody beside the title, and for a member there or below it, where no further label stands."""
    if row.is_blank:
        return row.number <= last
    return not str(row.cells[0]).strip() and _is_member(row) and not _counts(row)


def _counts(row: Row) -> bool:
    """True for the sum of the family."""
    from importers.table_words import table_words  # slow to load, and few families have one

    return _said(row)[0].startswith(tuple(table_words().totals))


def header_and_members(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows where they are such a table from the first to the last; else none."""
    is_table = len(rows) > 1 and _is_header(rows[0]) and all(map(_is_member, rows[1:]))
    return tuple(rows) if is_table else ()


def is_relation(header: str) -> bool:
    """True for a header of such a table that says whose relative somebody is."""
    return plain(header) in _RELATIONS


def _is_header(row: Row) -> bool:
    found = {plain(text) for text in _said(row)}
    return bool(found & _RELATIONS and found & _NAMES) and not found & _HOUSEHOLDS


def _names_one_household(rows: Sequence[Row]) -> bool:
    return any(
        plain(cell) in _HOUSEHOLDS | _PERSONS | _NAMES and not is_label(beside)
        for row in rows
        for cell, beside in pairwise(_said(row))
    )


def _is_member(row: Row) -> bool:
    """False for what stands below: a label with its value, who helps the household, a signature, a note of one cell."""
    said = _said(row)
    if len(said) <= 1 or is_label(said[0]) or _is_helper(said[0]):
        return False
    return not _COLON.search(said[0])


def _is_helper(text: str) -> bool:
    from importers.register_words import register_words  # slow to load, and few files have a family's table

    return register_words().is_helper(text)


def _said(row: Row) -> list[str]:
    return [text for cell in row.cells if (text := str(cell).strip())]
