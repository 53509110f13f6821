"""What a row of a register is that seems to be a person's: the sum of a group, who signs, half a row."""

import re
from collections.abc import Mapping

from importers.headers.header import Header
from importers.headers.persons import is_bare
from importers.registers.row_checks import is_number
from importers.rows.kinds import RowKind
from importers.words.register_words import register_words
from importers.words.table_words import table_words

_NAMES = ("name", "head_name")
_SIGNS = re.compile(r"[\u4e00-\u9fff\s]{2,10}[:\uff1a]")
"""Begins a cell of an office and who holds it, or of a day: 会计：某某."""
_COUNT = re.compile(r"\d+\s*[户人]")


def kind_below(filled: Mapping[int, str], header: Header) -> RowKind:
    """What a row is that names nobody: the sum of a group (一组小计), or who signs (村主任：某某, 填表日期：…)."""
    if _heads_helpers(filled, header):
        return RowKind.HEADER_AGAIN
    persons = {index for field in (*_NAMES, "id_number") for index in header.places.get(field, ())}
    first, texts = next(iter(filled)), list(filled.values())
    named = {at for at in persons & filled.keys() if at != first and not _COUNT.fullmatch(filled[at])}
    is_sum = texts[0].endswith(tuple(table_words().totals)) and not named
    if is_sum and not _tells_of_a_household(filled, header, first):
        return RowKind.TOTAL
    signs = all(map(_SIGNS.match, texts)) and any(map(table_words().note.match, texts))
    is_person = any(text.startswith(register_words().person_labels) for text in texts)
    return RowKind.NOTE if signs and not is_person else RowKind.RECORD


def _heads_helpers(filled: Mapping[int, str], header: Header) -> bool:
    """True for 姓名, 单位 and 电话 below 帮扶责任人 alone: a further line of the header."""
    first = next(iter(filled))
    group = header.texts[first] if first < len(header.texts) else ""
    if not register_words().is_helper(group):
        return False
    headed = {column.index for column in header.found} - {first}
    return not headed & filled.keys() and all(map(is_bare, filled.values()))


def is_half(filled: Mapping[int, str], header: Header) -> bool:
    """True for a row with nothing but a number of a household: a person is missing in it, it is no note."""
    return header.columns["household_id"] in filled and next(iter(filled.values())).isascii()


def _tells_of_a_household(filled: Mapping[int, str], header: Header, first: int) -> bool:
    """True where behind the first cell stands a number of a household or a relation; 1户 and 2人 are counts."""
    told = [index for index in filled if index != first]
    numbers = [filled[index] for index in header.places["household_id"] if index in told]
    relations = [filled[index] for index in header.places.get("relation", ()) if index in told]
    is_related = any(register_words().relation(text) is not None for text in relations)
    return is_related or any(is_number(text) and not _COUNT.fullmatch(text) for text in numbers)
