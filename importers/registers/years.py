"""Registers with several years side by side: what a household is now stands in the columns of the latest."""

import re
from collections.abc import Mapping, Sequence

from importers.headers.header import Header

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)(?:\s*年?度?\s*(1[0-2]|0?[1-9])(?=月))?")
_PLANNED = re.compile("计划|预计|预期|预测|目标|拟")


def of_latest_year(header: Header) -> tuple[Header, str]:
    """The header without columns of years before another of their field, and the latest; else as it is, and "".

    A field with one year alone stays: it says when something was found out. So does everything where a field stands
    twice and one of the places has no year. An empty cell of the latest year says that there is nothing.
    """
    years = _years(header)
    sides = {
        field: places
        for field, places in header.places.items()
        if len(places) > 1 and any(at in years for at in places)
    }
    if any(at not in years for places in sides.values() for at in places):
        return header, ""
    years = _comparable(years, sides)
    latest = {field: max(years[at] for at in places) for field, places in sides.items()}
    earlier = {at for field, places in sides.items() for at in places if years[at] < latest[field]}
    if not earlier:
        return header, ""
    return header.without(earlier), _told(max(latest.values()))


def _comparable(
    years: Mapping[int, tuple[str, str]], sides: Mapping[str, Sequence[int]]
) -> Mapping[int, tuple[str, str]]:
    """The same without months where one of the field's columns is of the whole year, which has no place among them."""
    found = dict(years)
    for places in sides.values():
        for at in places:
            if any(years[other][0] == years[at][0] and not years[other][1] for other in places):
                found[at] = years[at][0], ""
    return found


def time_of(text: str) -> tuple[str, str] | None:
    """The one year that a text names, with its month or ""."""
    found = {(year, month.zfill(2) if month else "") for year, month in _YEAR.findall(text)}
    return found.pop() if len(found) == 1 else None


def _told(time: tuple[str, str]) -> str:
    year, month = time
    return f"{year}年{int(month)}月" if month else f"{year}年"


def _years(header: Header) -> Mapping[int, tuple[str, str]]:
    """By column the one year that the texts above it name, with its month; "" for one that is planned, before any."""
    years: dict[int, tuple[str, str]] = {}
    for index, below in enumerate(header.texts):
        text = header.above(index) + below
        if _YEAR.search(text) and _PLANNED.search(text):
            years[index] = "", ""
        elif (time := time_of(text)) is not None:
            years[index] = time
    return years
