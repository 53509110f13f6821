"""Numbers, months and birth dates as registers write them; what cannot be read is said, never guessed."""

import json
import re
from calendar import IllegalMonthError, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from importers.formats.parts import Cell
from importers.values.cells import half_width, text_of
from importers.values.identifiers import KEPT_DIGITS, id_number_of, phone_of
from importers.values.ticked_options import NONE_TICKED, chosen_of
from importers.words.register_words import register_words

_DAY = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?(?:[T\s].*)?|(\d{4})(\d{2})(\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[.\-/年]?\s*(\d{1,2})\s*月?|(\d{4})\s*年?")
_MONTH = re.compile(r"(\d{4})[.\-/年]?(\d{1,2})(?:月|(?=[.\-/])|$)|(\d{4})(\d{2})\d{2}$")
_WHOLE_DAY = re.compile(
    r"(\d{4})(?:\s*年\s*|[./\-])(\d{1,2})(?:\s*月\s*|[./\-])(\d{1,2})[日号]?(?:[T\s][\d:.]+)?|(\d{4})(\d{2})(\d{2})"
)
_WHOLE_MONTH = re.compile(r"(\d{4})(?:\s*年\s*|[./\-])?(\d{1,2})\s*月?")
_SERIAL = re.compile(r"\d{5}(?:\.0)?")
_SERIALS = range(36_500, 55_001)
"""Days of the years 1999 to 2050 as Excel counts them; of another number nobody knows what it is."""
_EXCEL_EPOCH = date(1899, 12, 30)
_SUM = re.compile(r"-?\d+(?:\.\d+)?")
_COUNT = re.compile(r"(\d{1,3})(?:\.0)?\s*(?:人|口|个月|月)?")
_CARD = re.compile(r"(\d{17}[\dX])\d{2}")
_ISSUED_AGAIN = re.compile(r"(\d{17}[\dX]\d{2})B\d")
"""The number of a disability card that was lost and issued once more."""
_WHOLE = re.compile(r"(?<=\d)\.0+$")
_ONE_PHONE = re.compile(r"(?P<before>[^\d()]{2,8}?)?\s*[:]?\s*\d[\d -]{5,13}\d\s*(?:\((?P<behind>[^()\d]+)\)?)?")
"""One number, with who it is before it or in a bracket behind it."""
_OTHERS = "其中写着「{}」的电话没有当作这一户的, 其余已接收, 请核对; 是这一户的请只写号码后重新提交"
_EXACT = 2**53
"""Below this a floating-point number is exact."""
_YEARS = range(1880, 2101)
_NO_DAY = "日历上没有这一天, 没有记下, 请对照证件改正出生日期后重新提交"
_NO_YEAR = "出生年份不对, 没有记下, 请对照证件改正后重新提交"
_NO_BIRTH = "出生日期看不懂, 没有记下, 请写成 1961-05-06 这样后重新提交"
_ROUNDED = (
    "证件号码在表格里存成了数字, 后几位已丢失, 没有记下, 其余已接收; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)


@dataclass(frozen=True, slots=True)
class Birth:
    """What a column of birth dates says."""

    year: int | None = None
    day: date | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class RegisteredNumber:
    """What a column of ID numbers says."""

    number: str = ""
    """The ID number, checked for its length only."""
    card: str = ""
    """All twenty digits where it is the number of a disability card."""
    problem: str | None = None


def registered_number(cell: Cell) -> RegisteredNumber:
    """The ID number of a cell, also out of the number of a disability card (ID number, kind, grade)."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**KEPT_DIGITS:
        return RegisteredNumber(problem=_ROUNDED)
    text = text_of(cell)
    again = _ISSUED_AGAIN.fullmatch(half_width(text).upper())
    text = again[1] if again else text
    number, problem = id_number_of(text)
    card = _CARD.fullmatch(half_width(text).upper())
    return RegisteredNumber(number, card[0] if card else "", problem)


def household_number(cell: Cell) -> str:
    """The number of a household as text; one that lost digits because it was stored as a number as 1.41124E+17.

    However it is written - full-width, quoted, in groups, with the .0 of a table program - one number stays one.
    Table programs keep fifteen digits and write zeros for the others; a number that ends otherwise is whole.
    """
    if isinstance(cell, bool) or not isinstance(cell, int | float) or abs(cell) < 10**KEPT_DIGITS:
        return _WHOLE.sub("", "".join(half_width(text_of(cell)).split()))
    kept = int(cell)
    lost = 10 ** (len(str(abs(kept))) - KEPT_DIGITS)
    exact = isinstance(cell, int) or abs(kept) < _EXACT
    return str(kept) if exact and kept % lost else f"{cell:.5E}"


def listed(text: str) -> str:
    """A list of JSON as words side by side: ["因病","因残"] is 因病、因残; other texts and lists as they are."""
    if not text.startswith("["):
        return text
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return "、".join(found) if all(isinstance(one, str) for one in found) else text


def without_boxes(text: str) -> str:
    """The ticked ones of the options that are printed in a cell: □是 ☑否 is 否; as it is where nobody can tell."""
    chosen = chosen_of(text)
    return text if chosen.remark or not any(map(str.isalpha, text)) else chosen.text or text


def is_unticked(text: str) -> bool:
    """True for printed options of which none is ticked: □因病 □因残 says nothing."""
    return chosen_of(text).remark == NONE_TICKED


def phone_of_household(text: str) -> tuple[str, str | None]:
    """As `phone_of`, and empty for the one number of a cell that itself gives it for a neighbour's or a cadre's."""
    word = _whose_phone(text)
    return ("", _OTHERS.format(word)) if word else phone_of(text)


def is_left_out(text: str) -> bool:
    """True for a phone that is left out because it is somebody else's: of the person's own nothing is said."""
    return bool(_whose_phone(text))


def _whose_phone(text: str) -> str:
    if text.isdecimal():
        return ""
    found = _ONE_PHONE.fullmatch(half_width(text))
    words = register_words()
    if found is None or any(own in text for own in words.own_phones):
        return ""
    said = found["before"] or found["behind"] or ""
    return next((one for one in words.other_phones if said.startswith(one)), "")


def birth_of(cell: Cell) -> Birth:
    """The day of birth, or the year alone where the month or the day is missing."""
    return _birth(text_of(cell))


@lru_cache(maxsize=65_536)
def _birth(written: str) -> Birth:
    """One object for each day: a register has a million persons and forty thousand days of birth."""
    text = half_width(written)
    if not text:
        return Birth()
    try:
        day = _day(text)
    except ValueError:
        return Birth(problem=_NO_DAY)
    if day is not None:
        return Birth(day.year, day) if day.year in _YEARS else Birth(problem=_NO_YEAR)
    part = _YEAR_MONTH.fullmatch(text)
    year = int(part[1] or part[3]) if part else 0
    return Birth(year) if year in _YEARS else Birth(problem=_NO_BIRTH)


def month_of(text: str) -> date | None:
    """The first day of the month that 202203, 2022年3月, 2022-03-15, 20220315 or 44635 names; None when none."""
    written = half_width(text)
    if _SERIAL.fullmatch(written) and int(float(written)) in _SERIALS:
        return (_EXCEL_EPOCH + timedelta(days=int(float(written)))).replace(day=1)
    found = _MONTH.match(written)
    year, month = (int(found[1] or found[3]), int(found[2] or found[4])) if found else (0, 0)
    return date(year, month, 1) if year in _YEARS and 1 <= month <= 12 else None


def last_day_of(text: str) -> date | None:
    """The day that is written, or the last one of the month; None where anything else stands beside it."""
    written = half_width(text)
    is_serial = _SERIAL.fullmatch(written) is not None and int(float(written)) in _SERIALS
    try:
        if is_serial or _WHOLE_DAY.fullmatch(written):
            day = _day(written)
        else:
            month = _WHOLE_MONTH.fullmatch(written)
            year, number = (int(month[1]), int(month[2])) if month else (0, 0)
            day = date(year, number, monthrange(year, number)[1]) if month else None
    except (ValueError, IllegalMonthError):
        return None
    return day if day is not None and day.year in _YEARS else None


def sum_of(text: str) -> float | None:
    """A sum in yuan, with or without thousands separators and 元; None for anything else."""
    plain = half_width(text).replace(",", "").removesuffix("元").strip()
    return float(plain) if _SUM.fullmatch(plain) else None


def count_of(text: str) -> int | None:
    """A small number of persons or months; None for anything else."""
    found = _COUNT.fullmatch(half_width(text))
    return int(found[1]) if found else None


def _day(text: str) -> date | None:
    if _SERIAL.fullmatch(text):
        return _EXCEL_EPOCH + timedelta(days=int(float(text)))
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) for part in (found.groups()[:3] if found[1] else found.groups()[3:]))
    return date(year, month, day)
