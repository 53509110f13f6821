"""The table of the family within a form: 家庭成员 below what the form says of the household."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from importers.formats.forms.form_labels import is_label, plain
from importers.formats.forms.values_beside import is_of_a_kind
from importers.formats.parts import Row

_COLON = re.compile("[:\uff1a]")
_FIGURE = re.compile(r"\d{4,7}(?:\.\d+)?|\d{1,7}(?:\.\d+)?(?:万?元|亩|平方米|㎡)")
"""A sum or an area; fewer digits may be the code of a relation, more a phone that slipped."""
_ASIDE = re.compile(r"[(\uff08\[【].*|\s+")
"""What may stand within a name or behind it: 李 乙, 李乙(残疾)."""
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
    header = rows[begin]
    title = _title_beside(header)
    if title:
        family, others = _below_title(rows[begin:], title)
        # On the next page the header is printed once more.
        own = [replace(row, cells=row.cells[1:], merged=()) for row in family]
        return [*rows[:begin], *others], tuple(row for at, row in enumerate(own) if not at or not _is_header(row))
    end = begin + 1
    while end < len(rows) and (_is_member(rows[end]) or _counts(rows[end])):
        end += 1
    sums = [row for row in rows[begin:end] if _counts(row)]
    return [*rows[:begin], *sums, *rows[end:]], tuple(row for row in rows[begin:end] if not _counts(row))


def _title_beside(header: Row) -> str:
    """The title of a table left of which it is merged down (家庭成员); "" for any other."""
    is_merged = any(one.column == 0 and one.first_row == header.number for one in header.merged)
    texts = [plain(str(cell)) for cell in header.cells]
    return texts[0] if is_merged and texts[0] in _NAMES and not _NAMES.isdisjoint(texts[1:]) else ""


def _below_title(rows: Sequence[Row], title: str) -> tuple[list[Row], list[Row]]:
    """The header and what is beside the title, there or below it, where no other label stands; and the other rows.

    Behind the break of a page the title may stand once more, and the same header.
    """
    header, family, sums, last = rows[0], list[Row](), list[Row](), 0
    for row in rows:
        beside = replace(row, cells=row.cells[1:])
        is_titled = bool(row.cells) and plain(str(row.cells[0])) == title
        if is_titled:
            last = max((one.last_row for one in row.merged if one.column == 0), default=row.number)
        is_open = is_titled or not str(next(iter(row.cells), "")).strip()
        if is_open and _tells_of_nobody(row, header):
            sums.append(row)
            continue
        # Below a header of other columns stand others, or what nobody knows how to read.
        is_member = _texts(row) == _texts(header) if _is_header(beside) else _is_member(beside)
        if not is_open or not (row.number <= last if beside.is_blank else is_member):
            break
        family.append(row)
    return family, [*sums, *rows[len(family) + len(sums) :]]


def _texts(row: Row) -> list[str]:
    """What stands right of the title."""
    return [plain(str(cell)) for cell in row.cells[1:]]


def _tells_of_nobody(row: Row, header: Row) -> bool:
    """True for 家庭年收入 with a sum where the relation would stand, and neither a name nor a relation anywhere."""
    columns = [at for at, cell in enumerate(header.cells) if plain(str(cell)) in _RELATIONS]
    sums = [at for at in columns if at < len(row.cells) and _FIGURE.fullmatch(str(row.cells[at]).strip())]
    if not sums:
        return False
    from importers.words.register_words import register_words  # slow to load, and few families have such a row

    said = _said(row)
    return not any(map(looks_like_name, said)) and all(register_words().relation(text) is None for text in said)


def looks_like_name(text: str) -> bool:
    """True for what may be somebody's name, also with spaces within, a remark behind it, or the dot of other names."""
    name = _ASIDE.sub("", text)
    return "\u00b7" in name or (not any(map(str.isdecimal, name)) and is_of_a_kind(name))


def _counts(row: Row) -> bool:
    """True for the sum of the family."""
    from importers.words.table_words import table_words  # slow to load, and few families have one

    return any(text.startswith(tuple(table_words().totals)) for text in _said(row)[:1])


def header_and_members(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows but sums, where they are such a table from the first to the last; else none."""
    rows = [row for row in rows if not _counts(row)]
    is_table = len(rows) > 1 and _is_header(rows[0]) and all(map(_is_member, rows[1:]))
    return tuple(rows) if is_table else ()


def is_relation(header: str) -> bool:
    """True for a header of such a table that says whose relative somebody is."""
    return plain(header) in _RELATIONS


def names_a_column(text: str) -> bool:
    """True for what stands above the names or the relations of such a table, though it may look like a name: 关系."""
    return plain(text) in _RELATIONS | _NAMES


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
    if len(said) <= 1 or is_label(said[0]) or _is_helper(said[0]) or _counts(row):
        return False
    return not _COLON.search(said[0])


def _is_helper(text: str) -> bool:
    from importers.words.register_words import register_words  # slow to load, and few files have a family's table

    return register_words().is_helper(text)


def _said(row: Row) -> list[str]:
    return [text for cell in row.cells if (text := str(cell).strip())]
