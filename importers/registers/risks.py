"""Categories and risks below headers that may as well be about something else: read where all of them are known."""

from collections.abc import Sequence

from importers.formats.parts import Row
from importers.headers.contents import values_of
from importers.headers.header import Header
from importers.headers.vocabulary import plain
from importers.registers.ticks import RISKS
from importers.words.register_words import register_words

_CATEGORIES = frozenset({"category", "unstable", "marginal", "sudden"})


def with_category(header: Header, head: Sequence[Row]) -> Header:
    """The header with 对象类别 read; as it is where another column has the category, or any other word stands there.

    脱贫户 is one: it says that a household is not monitored where 监测对象类别 is asked, here it may be its type.
    """
    if not _CATEGORIES.isdisjoint(header.columns):
        return header
    read = {column.index for column in header.found} | {column.index for column in header.foreign}
    below = [row for row in head if row.number > header.last_row]
    words = register_words()
    for index, text in enumerate(header.texts):
        if index not in read and plain(text) in words.category_headers:
            told = [value for value in values_of(below, index) if value]
            if told and all(words.category(value) is not None for value in told):
                return header.reading(index, "category")
    return header


def with_risks_beside_category(header: Header, head: Sequence[Row]) -> Header:
    """The header with such a column read; as it is where another one has the risks, or other words stand there."""
    if "category" not in header.columns or not header.columns.keys().isdisjoint(RISKS):
        return header
    read = {column.index for column in header.found} | {column.index for column in header.foreign}
    below = [row for row in head if row.number > header.last_row]
    for index, text in enumerate(header.texts):
        if index not in read and plain(text) in register_words().risk_headers and _are_risks(values_of(below, index)):
            return header.reading(index, "risk")
    return header


def _are_risks(values: Sequence[str]) -> bool:
    """True for known risks in words: figures may be anything."""
    named = [one for text in values for one in register_words().risks_in(text)]
    return bool(named) and all(code for _, code in named) and not any(map(str.isdecimal, values))
