"""Number formats and serial numbers of spreadsheets: which numbers are dates, and which dates they are."""

import re
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from importers.formats.parts import EITHER_CALENDAR, Cell, CellNote

_SERIALS_1904 = (18_500, 78_500)
"""Serial numbers of the years 1954 to 2118 where days are counted from 1904."""
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - serials carry no zone
_DAYS_FROM_1900_TO_1904 = 1462
_LAST = 2_958_466
"""31 December 9999 is 2,958,465."""
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_BUILT_IN_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
_BUILT_IN_TIMES = frozenset({*range(18, 22), 45, 47, *range(32, 36), 55, 56})
"""ECMA-376 part 1, 18.8.30: the general ones and those of zh-CN (27 to 36, 50 to 58)."""


class NumberKind(Enum):
    """How a number is to be read."""

    NUMBER = auto()
    DATE = auto()
    TIME = auto()
    DURATION = auto()


def kind_of_format(number: int, code: str | None) -> NumberKind:
    """The kind of a number format: a built-in one by its number, else by its code (ECMA-376 part 1, 18.8.31)."""
    if code is None:
        if number in _BUILT_IN_DATES:
            return NumberKind.DATE
        if number in _BUILT_IN_TIMES:
            return NumberKind.TIME
        return NumberKind.DURATION if number == 46 else NumberKind.NUMBER
    letters = _LITERALS.sub("", code.split(";")[0]).lower()
    if "[h" in letters or "[m" in letters or "[s" in letters:
        return NumberKind.DURATION
    if "general" in letters or "@" in letters:
        return NumberKind.NUMBER
    if "y" in letters or "d" in letters or ("m" in letters and "h" not in letters and "s" not in letters):
        return NumberKind.DATE
    return NumberKind.TIME if "h" in letters or "s" in letters else NumberKind.NUMBER


def value_of(number: float, kind: NumberKind, *, since_1904: bool = False) -> Cell:
    """What the number means under its format; the number itself where it is no date of the calendar."""
    if kind is NumberKind.NUMBER or not 0 <= number < _LAST:
        return number
    if kind is NumberKind.DURATION:
        return timedelta(seconds=round(number * 86400))
    days = number + (_DAYS_FROM_1900_TO_1904 if since_1904 else 0)
    if days < 1:
        return _time(days) if kind is NumberKind.TIME else number
    # The day before 1 March 1900 counts one too few: Lotus 1-2-3 took 1900 for a leap year, and Excel keeps to it.
    moment = _EPOCH + timedelta(seconds=round((days + (1 if days < 60 else 0)) * 86400))
    return date(moment.year, moment.month, moment.day) if moment.time() == time() else moment


def note_of_1904(column: int, value: Cell) -> CellNote | None:
    """What is said of a plain number that a person sees as a day four years off: its format does not say what it is."""
    is_one = isinstance(value, int | float) and _SERIALS_1904[0] <= value <= _SERIALS_1904[1]
    return CellNote(column, EITHER_CALENDAR) if is_one else None


def _time(days: float) -> Cell:
    seconds = round(days * 86400) % 86400
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
