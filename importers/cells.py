"""What a cell says: text, whole numbers as text, dates in all the ways offices write them."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from importers.sheet import Cell

_CHINA = ZoneInfo("Asia/Shanghai")
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel serials carry no zone; China time is attached afterwards
_SERIALS = (20_000, 80_000)
"""Excel serials of the years 1954 to 2119; other numbers are no dates."""
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})[:\uff1a时](\d{1,2})(?:[:\uff1a分](\d{1,2}))?)?"
)
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CHINESE_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_FULL_WIDTH |= {0xFF1A: ":", 0xFF0E: ".", 0xFF0F: "/", 0xFF0D: "-"}


class DateProblem(ValueError):
    """The cell says a date that does not exist or cannot be told; the message is Chinese."""


def text_of(cell: Cell) -> str:
    """The cell as a clerk reads it: whole numbers without a decimal point, no leading apostrophe, trimmed."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M" if (cell.hour or cell.minute) else "%Y-%m-%d")
    return str(cell).strip().removeprefix("'").strip()


def moment_of(cell: Cell) -> datetime | None:
    """The instant in China time that the cell names, None when it is empty; DateProblem otherwise."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=_CHINA)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=_CHINA)
    text = text_of(cell).translate(_FULL_WIDTH)
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return _from_number(text)
    return _from_text(text)


def _from_number(text: str) -> datetime:
    compact = _COMPACT.fullmatch(text)
    if compact:
        return _moment(text, compact[1], compact[2], compact[3])
    serial = float(text)
    if _SERIALS[0] <= serial <= _SERIALS[1]:
        return (_EXCEL_EPOCH + timedelta(days=serial)).replace(microsecond=0, tzinfo=_CHINA)
    dotted = _YEAR_FIRST.fullmatch(text)
    if dotted:
        return _moment(text, dotted[1], dotted[2], dotted[3])
    raise DateProblem(f"认不出这个日期: {text}")


def _from_text(text: str) -> datetime:
    chinese = _CHINESE_DATE.search(text)
    if chinese:
        year = "".join(_CHINESE_DIGITS[digit] for digit in chinese[1])
        return _moment(text, year, str(_chinese_number(chinese[2])), str(_chinese_number(chinese[3])))
    found = _YEAR_FIRST.search(text)
    if found is None:
        raise DateProblem(f"认不出这个日期, 请写成 2026-09-03: {text}")
    return _moment(text, found[1], found[2], found[3], found[4] or "0", found[5] or "0", found[6] or "0")


def _moment(
    text: str, year: str, month: str, day: str, hour: str = "0", minute: str = "0", second: str = "0"
) -> datetime:
    try:
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), tzinfo=_CHINA)
    except ValueError as exc:
        raise DateProblem(f"没有这一天: {text}") from exc


def _chinese_number(text: str) -> int:
    """One to ninety-nine written in Chinese: 九, 十一, 二十, 三十一."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_CHINESE_DIGITS[text[-1]])
    return int(_CHINESE_DIGITS.get(tens, "1")) * 10 + int(_CHINESE_DIGITS.get(ones, "0"))
