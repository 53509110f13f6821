"""Registers with several years side by side: what a household is now stands in the columns of the latest."""

import re
from collections.abc import Mapping
from dataclasses import replace

from importers.header import Header

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


def of_latest_year(header: Header) -> tuple[Header, str]:
    """The header without the columns of earlier years, and the latest; as it is, and "", where no field has two years.

    An empty cell of the latest year says that there is nothing, not that the year before goes on.
    """
    years = _years(header)
    told = {field: {years[at] for at in places if at in years} for field, places in header.places.items()}
    latest = max((max(found) for found in told.values() if len(found) > 1), default="")
    if not latest:
        return header, ""
    earlier = {
        at for field, places in header.places.items() if told[field] for at in places if years.get(at, latest) < latest
    }
    found = tuple(column for column in header.found if column.index not in earlier)
    places = {
        field: kept
        for field, places in header.places.items()
        if (kept := tuple(at for at in places if at not in earlier))
    }
    columns = {field: kept[0] for field, kept in places.items()}
    return replace(header, found=found, places=places, columns=columns), latest


def _years(header: Header) -> Mapping[int, str]:
    """By column the year that its header names, or the text above it that was merged over several columns."""
    years: dict[int, str] = {}
    for line in header.lines:
        above = ""
        for index in range(len(header.texts)):
            above = line.get(index, above)
            if year := _YEAR.search(above):
                years[index] = year[1]
    return years
