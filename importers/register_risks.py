"""Risks below a header that may as well be about something else: read beside a category where all of them are known."""

from collections.abc import Sequence

from importers.formats.parts import Row
from importers.header import Header
from importers.header_contents import values_of
from importers.header_vocabulary import plain
from importers.register_ticks import RISKS
from importers.register_words import register_words


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
