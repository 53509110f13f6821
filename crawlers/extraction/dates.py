"""Moments as Chinese pages write them, in China time."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_LONGEST = 20_000
"""Characters read of one text; a date never stands further from where it is sought."""
_EARLIEST_YEAR = 1990
_CLOCK = (
    r"(?:[T\s日/|]*(?:[(（]?(?:星期|周)[一二三四五六日天][)）]?\s*)?(?P<half>上午|下午|晚上?|凌晨|早上|中午|[AaPp][Mm])?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{1,2})(?:\s*[:分]\s*(?P<second>\d{1,2}))?(?:\.\d+)?"
    r"(?:\s*(?P<noon>[AaPp]\.?[Mm])(?![A-Za-z]))?\s*(?P<zone>Z|(?:GMT|UTC)(?![+-])|[+-]\d{2}:?\d{2}(?!\d))?)?"
)
_FULL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*(?:[-/.]|年)\s*(?P<month>\d{1,2})\s*(?:[-/.]|月)\s*(?P<day>\d{1,2})(?!\d)"
    + _CLOCK
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)(?:[T\s]*(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?(?!\d)"
)
_EPOCH = re.compile(r"^\s*(\d{10})(?:\d{3})?\s*$")
_WRITTEN = re.compile(
    r"([一二][〇○零O0一二三四五六七八九]{3})年([元正一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅初]{1,3})[日号]?"
)
_SHORT_YEAR = re.compile(r"(?<![\d-])(?P<year>[012]\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?![\d-])" + _CLOCK)
_NO_YEAR = re.compile(r"(?<![\d/.年-])(?P<month>\d{1,2})\s*(?:[-/]|月)\s*(?P<day>\d{1,2})(?![-/]?\d)" + _CLOCK)
_MONTH_FIRST = re.compile(r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>20\d{2})(?!\d)" + _CLOCK)
"""As systems of foreign make write it."""
_NAMED_MONTH = re.compile(
    r"(?<!\d)(?:(?P<month>\d{1,2})\s*月|(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?)\s*"
    r"(?P<day>\d{1,2})\s*(?:日|st|nd|rd|th)?\s*,\s*(?P<year>20\d{2})(?!\d)" + _CLOCK,
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s+(?:(?P<numeral>[一二三四五六七八九十]{1,2})月|"
    r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?,?\s+(?P<year>20\d{2})(?!\d)" + _CLOCK,
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AGO = re.compile(r"(\d{1,3}|[一二两三四五六七八九十半])\s*个?(秒钟?|分钟|小时|钟头|天|周|星期)(?:以?前|之前)")
_NAMED_DAY = re.compile(r"(刚刚|今天|今日|昨天|昨日|前天|前日)" + _CLOCK)
_DAYS_BACK = {"刚刚": 0, "今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}
_STEPS = {"秒": "seconds", "分": "minutes", "小": "hours", "钟": "hours", "天": "days", "周": "weeks", "星": "weeks"}
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "○": 0,
    "零": 0,
    "O": 0,
    "0": 0,
    "元": 1,
    "正": 1,
    "两": 2,
}
_IN_ADDRESS = re.compile(
    r"(?<!\d)(?:(20\d{2})[-/_]?(\d{2})[-/_]?(\d{2})|(20\d{2})[-/](\d{1,2})[-/](\d{1,2}))(?!\d)"
    # A number that begins with the second in which the page was made.
    r"|(?<!\d)(20\d{2})([01]\d)([0-3]\d)(?=[0-2]\d[0-5]\d[0-5]\d\d{0,6}(?!\d))"
)


def parse_date(text: str) -> datetime | None:
    """The first date with a year in the text, in China time; None when there is none or it does not exist."""
    return next(full_dates(text), None)


def full_dates(text: str) -> Iterator[datetime]:
    """Every date with a year of four digits, in the order of the text; dates that the calendar lacks are left out."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    found = [(one.start(), _from_match(one)) for one in _FULL.finditer(plain)]
    found += [(one.start(), _from_match(one)) for one in _MONTH_FIRST.finditer(plain)]
    found += [(one.start(), _from_match(one)) for one in _NAMED_MONTH.finditer(plain)]
    found += [(one.start(), _from_match(one)) for one in _DAY_FIRST.finditer(plain)]
    found += [(one.start(), _from_written(one)) for one in _WRITTEN.finditer(plain)]
    for _, moment in sorted(found, key=lambda pair: pair[0]):
        if moment is not None:
            yield moment


def parse_machine_date(text: str) -> datetime | None:
    """The moment of a meta or data field: also 20260903081500, seconds since 1970 and RFC 5322 dates."""
    plain = text[:80]
    moment = parse_date(plain)
    if moment is not None:
        return moment
    epoch = _EPOCH.match(plain)
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), tz=CHINA)
    compact = _COMPACT.search(plain)
    if compact:
        return _from_match(compact)
    return _from_mail_form(plain)


def parse_date_without_century(text: str, year: int | None) -> datetime | None:
    """A date as 26-09-03, or one as 09-03 08:15 in the year given; None when there is none."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    for one in _SHORT_YEAR.finditer(plain):
        moment = _from_match(one, year=2000 + int(one["year"]))
        if moment is not None:
            return moment
    for one in _NO_YEAR.finditer(plain) if year is not None else ():
        moment = _from_match(one, year=year)
        if moment is not None:
            return moment
    return None


def parse_relative_date(text: str, fetched_at: datetime) -> datetime | None:
    """A moment told from the moment of fetching: 3小时前, 昨天 08:15; None when there is none."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    now = fetched_at.astimezone(CHINA)
    ago = _AGO.search(plain)
    if ago:
        count = 0.5 if ago[1] == "半" else float(ago[1]) if ago[1].isdigit() else float(_below_forty(ago[1]) or 0)
        moment = now - timedelta(**{_STEPS[ago[2][0]]: count})
        return moment.replace(second=0, microsecond=0)
    named = _NAMED_DAY.search(plain)
    if not named:
        return None
    day = now - timedelta(days=_DAYS_BACK[named[1]])
    return _from_match(named, day=day)


def tells_day(text: str) -> bool:
    """Whether the text names a time of day or distance that only the moment of fetching makes a date: 昨天 08:15."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    named = _NAMED_DAY.search(plain)
    return _AGO.search(plain) is not None or (named is not None and named["hour"] is not None)


def date_in_address(url: str) -> datetime | None:
    """The day in an address such as /202609/03/ or /t20260903_12.shtml; None when there is none."""
    for found in _IN_ADDRESS.finditer(url):
        year, month, day = (part for part in found.groups() if part)
        moment = _moment(int(year), int(month), int(day))
        if moment is not None:
            return moment
    return None


def _from_match(found: re.Match[str], *, year: int | None = None, day: datetime | None = None) -> datetime | None:
    parts = found.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    hour = _of_day(hour, (parts.get("half") or parts.get("noon") or "").lower().replace(".", ""))
    if day is not None:
        moment = _moment(day.year, day.month, day.day, hour, minute, second)
    else:
        known = int(parts["year"]) if year is None else year
        moment = _moment(known, _month(parts), int(parts["day"]), hour, minute, second)
    return _in_china(moment, parts.get("zone")) if moment else None


def _month(parts: Mapping[str, str | None]) -> int:
    if name := parts.get("name"):
        return _MONTHS.index(name.lower()) + 1
    numeral = parts.get("numeral")
    return (_below_forty(numeral) or 0) if numeral else int(parts.get("month") or 0)


def _of_day(hour: int, half: str) -> int:
    """The hour of 24 for one of twelve; as it stands where nothing says in which half of the day it lies."""
    if half in {"下午", "晚", "晚上", "pm"} and hour < 12:
        return hour + 12
    if half == "中午" and hour < 11:
        return hour + 12
    return 0 if half in {"凌晨", "am"} and hour == 12 else hour


def _in_china(moment: datetime, zone: str | None) -> datetime:
    if not zone:
        return moment
    offset = "+0000" if zone.upper() in {"Z", "GMT", "UTC"} else zone.replace(":", "")
    away = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5])) * (-1 if offset[0] == "-" else 1)
    return moment + (timedelta(hours=8) - away)


def _from_written(found: re.Match[str]) -> datetime | None:
    year = int("".join(str(_DIGITS[sign]) for sign in found[1]))
    month, day = _below_forty(found[2]), _below_forty(found[3].removeprefix("初"))
    return _moment(year, month, day) if month and day else None


def _below_forty(numeral: str) -> int | None:
    plain = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = plain.rpartition("十")
    try:
        return (_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_DIGITS[ones] if ones else 0)
    except KeyError:
        return None


def _from_mail_form(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(CHINA) if moment.tzinfo else moment.replace(tzinfo=CHINA)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime | None:
    try:
        # Some systems close a day at 24:00.
        extra = timedelta(days=1) if (hour, minute) == (24, 0) else timedelta()
        moment = datetime(year, month, day, hour % 24 if extra else hour, minute, second, tzinfo=CHINA) + extra
    except (ValueError, OverflowError):
        return None
    return moment if year >= _EARLIEST_YEAR else None
