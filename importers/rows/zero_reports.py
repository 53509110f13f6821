"""Rows that only say that nobody came: 郭家垛村, 本周无."""

import re
from collections.abc import Mapping
from functools import cache

from importers.headers.header import Header, matter_columns
from importers.headers.vocabulary import plain
from importers.values.column_contents import Content, share_of
from importers.words.letter_words import is_surname
from importers.words.table_words import table_words

_MAY_STAND = ("town", "village", "natural_village", "group", "address", "occurred_on", "year", "month", "day")
"""What a report of nothing tells all the same: of where, and when."""
_BY_ITSELF = re.compile("报告|上报|^[(（]?[本当上0-9一二三四五六七八九十]|来访|来信|来电|信访|上访|接访")
"""What says it in any column: 本周无; 无 and 无问题 may be about that column alone."""
_ENDS_OF_PLACES = ("村", "组", "队", "社区", "镇", "乡", "委会", "委员会", "屯", "庄")
_IN_CHARGE = ("人", "人姓名", "员", "干部", "领导", "书记", "长", "签字", "电话", "联系方式")
_OFFICES = ("单位", "部门")
"""Ends of headers of who is in charge."""
_BETWEEN_NAMES = re.compile(r"[、,\uff0c\s]+")
_LONGEST_NAME = 3
_LONGEST_OFFICE = 8
_MARKS = re.compile(r"[\W_]+")


def reports_nothing(filled: Mapping[int, str], header: Header) -> bool:
    """True for a row that names nobody and no matter, and says that there are none.

    Beside it only a village, a day and who is in charge may stand, in columns that are not read either.
    无 says so in the column of the name or the matter, 本周无 or 零报告 in any. 匿名 and 不详 are somebody, 待补 is
    a matter to come, and an office's number was given to something.
    """
    may_stand = {index for field in _MAY_STAND for index in header.places.get(field, ())}
    telling = {index for places in header.places.values() for index in places} - may_stand
    addresses, counting = header.places.get("address", ()), _counting(header)
    for index, text in filled.items():
        if index in counting or (index in may_stand and index not in addresses):
            continue
        in_charge = index not in telling and _is_of_office(header, index, text)
        if not _is_nothing(text) and not (_names_a_place(text) if index in addresses else in_charge):
            return False
    who_and_what = {*header.places.get("name", ()), *matter_columns(header)}
    return any(
        _says_nothing_came(text) and (index in who_and_what or _says_it_by_itself(text))
        for index, text in filled.items()
        if index not in counting
    )


def _names_a_place(text: str) -> bool:
    """True for a village or a group; 二组高二家 is a household, of which a matter may be forgotten."""
    return text.endswith(_ENDS_OF_PLACES)


def _is_of_office(header: Header, index: int, text: str) -> bool:
    """True for who is in charge and a day: what may stand in a column that nobody reads beside a report of nothing.

    Whatever else stands there may be what somebody brought forward.
    """
    if share_of(Content.DATE, [text]) > 0:
        return True
    head = plain(header.texts[index]) if index < len(header.texts) else ""
    if head.endswith(_OFFICES):
        return len(text) <= _LONGEST_OFFICE
    named = all(len(one) <= _LONGEST_NAME and is_surname(one[:1]) for one in _BETWEEN_NAMES.split(text.strip()))
    return head.endswith(_IN_CHARGE) and (named or share_of(Content.PHONE, [text]) > 0)


def _says_it_by_itself(text: str) -> bool:
    """True for 本周无 and 零报告; 无问题 says what became of something."""
    return _BY_ITSELF.search(text) is not None


def _is_nothing(text: str) -> bool:
    return _MARKS.fullmatch(text) is not None or _says_nothing_came(text)


def _says_nothing_came(text: str) -> bool:
    return table_words().zero_report.fullmatch("".join(text.split())) is not None


def _counting(header: Header) -> frozenset[int]:
    return frozenset(index for index, text in enumerate(header.texts) if plain(text) in _counters())


@cache
def _counters() -> frozenset[str]:
    return frozenset(map(plain, table_words().counters))
