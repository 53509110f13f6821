"""Days of monitoring below words that other days bear too: 认定日期, right of the category or the risk."""

from importers.headers.header import Header
from importers.headers.vocabulary import plain
from importers.registers.ticks import CATEGORIES, RISKS
from importers.words.register_words import register_words

_BEFORE = {"identified_on": frozenset({"category", *CATEGORIES, *RISKS}), "removed_on": frozenset({"identified_on"})}
"""By field what has to stand right before its column: right of 残疾等级 or 低保类别 it is another day."""


def with_days_of_monitoring(header: Header) -> Header:
    """The header with these days read; as it is where they stand elsewhere, or a column of their own is known."""
    fields = {column.index: column.field for column in header.found}
    for index, text in enumerate(header.texts):
        field = register_words().day_of_monitoring(plain(text))
        if field is None or index in fields or field in header.columns or fields.get(index - 1) not in _BEFORE[field]:
            continue
        fields[index] = field
        header = header.reading(index, field)
    return header
