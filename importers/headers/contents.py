"""The day and the matter of a list below headers that nobody knows, by their ends and by what stands below them."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from importers.formats.parts import Row
from importers.headers.header import Column, Header
from importers.headers.vocabulary import HeaderVocabulary, header_vocabulary, load_layouts, plain
from importers.values.cells import text_of
from importers.values.column_contents import Content, share_of
from importers.values.identifiers import phone_of
from importers.values.stated_purposes import may_state_purpose
from importers.words.table_words import table_words

_MONTHS = ("年月", "年份", "月份")
_DAY, _MATTER, _NUMBER, _PURPOSE = "occurred_on", "summary", "number", "purpose"
_OF_AN_OFFICE = re.compile(r"^(?=.*\d)(?=.*[A-Za-z\u4e00-\u9fff])|^(?:19|20)\d\d\D+\d")
"""A number that an office gave: letters beside digits, or a year and a number."""
_YEAR_OR_LONG = re.compile(r"(?<!\d)20\d\d\D+\d|(?<!\d)[1-9]\d{4}")
_COUNTS = re.compile(r"第?\d{1,3}[件号批]?|No\.?\s*\d+", re.IGNORECASE)
_TELLING = frozenset({"name", "phone", "id_number"})
_SHORTEST = 4
"""Characters of a cell that may be a matter, said as briefly as offices do: 水井坏了。"""
_NO_MATTER = (Content.PHONE, Content.ID_NUMBER, Content.DATE)


def columns_by_content(
    vocabulary: HeaderVocabulary,
    texts: Mapping[int, str],
    below: Sequence[Row],
    fields: Collection[str],
) -> list[Column]:
    """The day and the matter among the columns `texts`, by index to a header that nobody knows.

    `fields` are those found beside them. A matter is told only of a list that has a day and says who somebody is, and
    that has no numbers of households: a register is none.
    """
    found = []
    with_day = set(fields)
    if _NUMBER not in fields and (number := number_by_content(vocabulary, texts, below)) is not None:
        found.append(number)
    if _DAY not in fields and (day := _day(vocabulary, texts, below)) is not None:
        found.append(day)
        with_day.add(_DAY)
    if _PURPOSE in vocabulary.layout.fields and _PURPOSE not in fields:
        found += [Column(index, _PURPOSE, 1.0) for index, text in texts.items() if _holds_purposes(text, below, index)][
            :1
        ]
    wanted = vocabulary.layout.content.get(_MATTER) is Content.LONG_TEXT and _MATTER not in fields
    if wanted and _DAY in with_day and _TELLING & with_day and not any(map(_is_of_register, texts.values())):
        matters = [index for index, text in texts.items() if _may_be_matter(text, values_of(below, index))]
        if matters:
            longest = max(matters, key=lambda index: sum(map(len, values_of(below, index))))
            found.append(Column(longest, _MATTER, table_words().similarity.content_alone))
    return found


def number_by_content(vocabulary: HeaderVocabulary, texts: Mapping[int, str], below: Sequence[Row]) -> Column | None:
    """登记序号 above KH-2026-88: every value has a year or five digits in a row, and none stands twice.

    第1件 and No.1 count rows, and begin anew in the next file; 2026-09-03 is a day.
    """
    if _MATTER not in vocabulary.layout.fields:
        return None
    for index, text in texts.items():
        values = [value for value in values_of(below, index) if value]
        if plain(text) in table_words().counting_numbers and _numbers_petitions(values):
            return Column(index, _NUMBER, table_words().similarity.content_alone)
    return None


def _numbers_petitions(values: Sequence[str]) -> bool:
    return bool(values) and len(set(values)) == len(values) and all(map(_is_of_an_office, values))


def _is_of_an_office(value: str) -> bool:
    given = _OF_AN_OFFICE.search(value) and _YEAR_OR_LONG.search(value)
    return given is not None and _COUNTS.fullmatch(value) is None and share_of(Content.DATE, [value]) == 0


def _holds_purposes(text: str, below: Sequence[Row], index: int) -> bool:
    """True for 诉求目的 above purposes alone: elsewhere it is what somebody wants in words of his own."""
    values = {value for value in values_of(below, index) if value}
    return plain(text) in table_words().purpose_headers and bool(values) and values <= table_words().purposes


def unread_purposes(header: Header, head: Sequence[Row]) -> int | None:
    """The column of purposes that is not read though it holds nothing else; None where there is none.

    Row by row a purpose is read below 反映类型 and the like.
    """
    if "purpose" in header.columns:
        return None
    below = [row for row in head if row.number > header.last_row]
    read = {column.index for column in header.found}
    for index in sorted(header.names.keys() - read):
        values = {value for value in values_of(below, index) if value}
        if values and values <= table_words().purposes and not may_state_purpose(header.texts[index]):
            return index
    return None


def values_of(below: Sequence[Row], index: int) -> list[str]:
    """The texts of the column below its header."""
    return [text_of(row.cells[index]) for row in below if index < len(row.cells)]


def wish_columns(texts: Mapping[int, str]) -> list[Column]:
    """The columns, by index to their full header, that ask what whoever fills in hopes for: part of the matter."""
    return [Column(index, _MATTER, 1.0) for index, text in texts.items() if table_words().is_wish(plain(text))]


def hold_phones(values: Sequence[str]) -> bool:
    """True where half of the cells have a phone, with words around it or not, and the others have no digit: 没电话."""
    filled = [value for value in values if value]
    numbers = sum(phone_of(value)[0] != "" for value in filled)
    others = sum(not any(map(str.isdecimal, value)) for value in filled)
    return numbers * 2 >= len(filled) > 0 and numbers + others == len(filled)


def first_day(vocabulary: HeaderVocabulary, texts: Sequence[str], below: Sequence[Row]) -> Column | None:
    """The day on which somebody first came, for a list that has no other of a petition; None without one."""
    words = table_words()
    if vocabulary.layout.content.get(_DAY) is not Content.DATE:
        return None
    forms = [plain(text) for text in texts]
    if any(_may_be_later_day(vocabulary, form, values_of(below, index)) for index, form in enumerate(forms)):
        return None
    for index, form in enumerate(forms):
        is_first = form in words.first_days
        if is_first and share_of(Content.DATE, values_of(below, index)) >= words.similarity.share:
            return Column(index, _DAY, words.similarity.content_alone)
    return None


def _may_be_later_day(vocabulary: HeaderVocabulary, form: str, values: Sequence[str]) -> bool:
    """True where a column that nobody knows holds days, or is named after a month: 受理, 信访年月, not 办结时间."""
    words = table_words()
    if (
        form in words.first_days
        or vocabulary.exact(form) is not None
        or any(one in form for one in words.other_matters)
    ):
        return False
    return form.endswith(_MONTHS) or share_of(Content.DATE, values) >= words.similarity.share


def _day(vocabulary: HeaderVocabulary, texts: Mapping[int, str], below: Sequence[Row]) -> Column | None:
    words = table_words()
    if vocabulary.layout.content.get(_DAY) is not Content.DATE:
        return None
    for index, text in texts.items():
        if _ends(text, words.day_ends) and share_of(Content.DATE, values_of(below, index)) >= words.similarity.share:
            return Column(index, _DAY, words.similarity.content_alone)
    return None


def _may_be_matter(text: str, values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    share = table_words().similarity.share
    if not filled or not _ends(text, table_words().matter_ends):
        return False
    told = sum(len(value) >= _SHORTEST for value in filled) / len(filled)
    return told >= share and all(share_of(content, filled) < share for content in _NO_MATTER)


def _ends(text: str, ends: tuple[str, ...]) -> bool:
    """True for a header with such an end, and without a word for what offices do or households are."""
    return plain(text).endswith(ends) and table_words().other_matter.search(plain(text)) is None


@cache
def _is_of_register(text: str) -> bool:
    name = "household_register"
    known = header_vocabulary(name, load_layouts()[name]).exact(text)
    return known is not None and known.field == "household_id"
