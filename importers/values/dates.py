"""Dates in all the ways offices write them, by the sun and by the moon; what is not said is never guessed.

A lunar date becomes a Gregorian one by the table of borax (MIT, 1900 to 2100).
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

from domain.privacy.masking import mask_text

CHINESE_YEAR = "[〇零○◯0OoＯ一二三四五六七八九]{4}"
"""A year in characters, as a pattern: 二〇二六, and 二O二六 as keyboards have it."""
YEAR = rf"(?:\d{{4}}|{CHINESE_YEAR})"
"""A year of four digits or characters."""
_CHINA = ZoneInfo("Asia/Shanghai")
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel serials carry no zone; China time is attached afterwards
_SERIALS = (20_000, 80_000)
"""Excel serials of the years 1954 to 2119; other numbers are no dates."""
_YEARS = (1949, 2100)
"""No register is older; a year outside is a slip of the pen or a number that a table program made a date of."""
_CENTURY_TURN = 49
"""24.3.5 is of 2024 and 98.3.5 of 1998."""
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "零○◯Oo", "0"
)
_FORMAL_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_MOON_MONTHS = {"正": 1, "冬": 11, "腊": 12}

_NUMBER = re.compile(r"[0-9]{1,14}(\.[0-9]{1,12})?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
"""As programs write it; nothing else can be meant, and most registers hold nothing else."""
_MILLISECONDS = re.compile(r"1\d{12}")
"""Since 1970, as programs write a moment: of the years 2001 to 2033."""
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_APART = r"\s*[年./\\\-—–、,·]\s*"
_EVENING = ("下午", "午后", "傍晚", "晚上", "晚间", "晚")
_NIGHT = ("深夜", "半夜", "夜里", "夜间")
"""Before midnight or behind it."""
_HALVES = "|".join(("上午", "凌晨", "清晨", "早晨", "早上", "早", "中午", *_EVENING, *_NIGHT))
_IN_WORDS = "[零〇一二两三四五六七八九十]"
_SPOKEN_CLOCK = re.compile(
    rf"(?P<half>(?:{_HALVES})\s*)?(?<![初廿卅\d零〇一二三四五六七八九十])(?P<hour>{_IN_WORDS}{{1,3}}|\d{{1,2}})\s*[点时][钟整]?\s*"
    rf"(?P<minute>半|[一三]刻|{_IN_WORDS}{{1,3}}分|[零〇]{_IN_WORDS}|{_IN_WORDS}?十{_IN_WORDS}?|\d{{1,2}}分?)?(?P<behind>\w?)"
)
"""九点, 三点半, 十时二十分; the text in half-width characters."""
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}
_BEHIND_CLOCK = frozenset("许左多到至在来前后")
_UNREAD_CLOCK = re.compile(
    rf"(?:[\s日号,]*\(?(?:星期|周|礼拜)[一二三四五六日天1-6]\)?)?[\s日号,(]*(?:大?约|大概|当[日天晚]|午夜|夜|[AaPp][Mm]|{_HALVES})*\s*(?:\d{{1,2}}|{_IN_WORDS}{{1,3}})\s*[点时:](?!间|候|段|常|效|限|期)"
)
_EITHER_CLOCK = re.compile(
    rf"(?:(?:晚上|晚间|晚|{'|'.join(_NIGHT)})\s*12|(?:晚上|晚间|晚)\s*0?[1-4]|凌晨\s*12)\s*[点时:]"
)
"""Midnight before or behind the day, or noon; one in the afternoon or in the night."""
_CLOCK_BY_MOON = re.compile(rf"(?:{_HALVES})\s*(?:\d{{1,2}}|{_IN_WORDS}{{1,3}})\s*[点时:]")
_CLOCK = (
    rf"(?:[T\s日号,(]*(?P<half>{_HALVES})?\s*(?P<hour>\d{{1,2}})(?:[:时点]\s*(?P<minute>\d{{1,2}})?)"
    r"(?:[:分]\s*(?P<second>\d{1,2})?(?:\.\d+)?)?\s*秒?(?P<zone>Z|\+\d{2}:?\d{2})?)?"
)
_SUN = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}}|\d{{2}}){_APART}(?P<month>\d{{1,2}})\s*[月./\\\-—–、,·]\s*(?P<day>\d{{1,2}})(?![\d])\s*[日号]?{_CLOCK}"
)
_SPACED = re.compile(r"(?P<year>\d{4})\s+(?P<month>\d{1,2})\s+(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./\-](\d{1,2})[./\-]((?:19|20)\d{2})(?!\d)")
_YEAR_LAST = re.compile(r"(?:0?[1-9]|1[0-2])[./\\\-—–、,·]\s*\d{1,2}[./\\\-—–、,·]\s*\d{2}(?!\d)")
"""03-05-24 is of 2003 or, as American programs write it, of 2024."""
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})[\s\-/.]*(?P<month>{'|'.join(_ENGLISH_MONTHS)})[a-z]*[\s\-/.,]*(?P<year>\d{{4}}|\d{{2}})(?!\d)",
    re.IGNORECASE,
)
"""5-Mar-24, as programs write it; with the month in letters nothing else can be meant."""
_ENGLISH_MONTH_FIRST = re.compile(
    rf"(?P<month>{'|'.join(_ENGLISH_MONTHS)})[a-z]*\.?\s+(?P<day>\d{{1,2}})(?:\s*,\s*|\s+)(?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
"""Mar 5, 2024."""
_WRITTEN = re.compile(
    rf"(?P<year>{YEAR})\s*[年.\-/]\s*(?P<month>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})\s*[月.\-/]\s*"
    rf"(?P<day>[一二三四五六七八九十廿卅]{{1,4}}|\d{{1,2}})\s*[日号]?{_CLOCK}"
)
_MOON_WORD = re.compile("农历|阴历|旧历|夏历")
_MOON = re.compile(
    r"(?:(?P<year>[〇零○◯Oo一二三四五六七八九]{4}|\d{4})\s*[年.\-/]?\s*)?(?P<leap>闰)?"
    r"(?P<month>正|冬|腊|十[一二]?|[一二三四五六七八九]|\d{1,2})\s*[月.\-/]\s*"
    r"(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]|[二三]?十|[一二三四五六七八九]|\d{1,2})"
)
_SUN_IN_TWENTIES = re.compile(
    rf"\s*(?P<year>{YEAR})\s*年\s*(?P<month>[一二三四五六七八九十]{{1,2}}|\d{{1,2}})\s*月\s*"
    r"(?P<day>(?:廿|卅)[一二三四五六七八九]?)\s*[日号]"
    r"\s*(?:[上下]午|晚上?|中午)?\s*(?:[(\uff08]?(?:星期|周).[)\uff09]?)?\s*"
)
"""二〇二六年九月廿八日: a year in figures and 日 behind it name a day of the sun, if it has that day."""
_MOON_BEFORE = re.compile("(?:农历|阴历|旧历|夏历)[\\s:的]*$")
_MOON_DIGITS = frozenset("廿卅")
_MOON_SIGN = re.compile("[正冬腊闰]月|闰.{1,2}月|月初[一二三四五六七八九十]|月廿")
_STEM_YEAR = re.compile("[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年")
_AND_ANOTHER = re.compile(r"\s*(?:至|到|和|[-—–~,、])\s*\d{1,2}(?!\s*[:时点\d])")
_MONTH_ONLY = re.compile(
    r"(?:\d{4}|[〇零○◯Oo一二三四五六七八九]{4})\s*[年./\-]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月?(?:份)?"
)
_YEAR_ONLY = re.compile(r"(?:\d{4}|[〇零○◯Oo一二三四五六七八九]{4})\s*年?(?:度)?")
_NO_YEAR = re.compile(
    r"\d{1,2}\s*[月./\-]\s*\d{1,2}\s*[日号]?|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}[日号]?"
)
_CLOCK_UNREAD = "日期后面的时刻没有认出来, 已按当天接收; 要记下时刻的请写成 2026-09-03 09:00 这样后重新提交"
_MIDNIGHT = (24, 0, 0)
"""The end of a day as offices write it: the beginning of the next."""
_FUTURE = timedelta(days=1)
_LONG_AGO = timedelta(days=30 * 365)
_WRITE = "像 2026-09-03 这样写"
_SHOWN = 20
_READ = 200
"""Characters that are masked before a text is cut, so that no number is cut before it is known as one."""


class DateProblem(ValueError):
    """The cell says a date that does not exist or cannot be told; the message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """The instant a cell names, in China time, and what a person should look at."""

    moment: datetime | None
    remark: str | None = None


def read_date(cell: object) -> DateReading:
    """What a cell says about the day; no moment for an empty cell.

    Of two dates in one cell the first counts, and the remark says so.

    Raises:
        DateProblem: no such day, or the cell does not tell which day.
    """
    if isinstance(cell, datetime):
        return DateReading(_in_range(cell if cell.tzinfo else cell.replace(tzinfo=_CHINA), str(cell)))
    if isinstance(cell, date):
        return DateReading(_in_range(datetime(cell.year, cell.month, cell.day, tzinfo=_CHINA), str(cell)))
    text = _plain(cell)
    if not text:
        return DateReading(None)
    if iso := _ISO.fullmatch(text):
        return DateReading(_moment(text, *map(int, iso.groups())))
    if _NUMBER.fullmatch(text):
        return DateReading(_from_number(text))
    return _from_text(text)


def is_ahead(moment: datetime | None, received_at: datetime) -> bool:
    """True for a day more than one day ahead of the delivery: what is written by hand has slips of the pen."""
    return moment is not None and moment > received_at + _FUTURE


def is_long_ago(moment: datetime | None, received_at: datetime) -> bool:
    """True for a day more than thirty years before the delivery: 20269.6 for 2026.9.6 is read as a day of 1955."""
    return moment is not None and moment < received_at - _LONG_AGO


def _plain(cell: object) -> str:
    """Half-width, dashes and quotes of one kind, whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    text = unicodedata.normalize("NFKC", str(cell)).strip().strip("'\"‘’`").strip()
    return text.translate(_FORMAL_DIGITS).replace("。", ".").replace("∶", ":")


def _from_number(text: str) -> datetime:
    compact = _COMPACT.fullmatch(text)
    if compact:
        return _moment(text, *(int(part or 0) for part in compact.groups()))
    if _MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) // 1000, _CHINA)
    serial = float(text)
    if _SERIALS[0] <= serial <= _SERIALS[1]:
        found = _EXCEL_EPOCH + timedelta(days=serial)
        return (found + timedelta(microseconds=500_000)).replace(microsecond=0, tzinfo=_CHINA)
    raise DateProblem(_untold(text))


def _from_text(text: str) -> DateReading:
    if _STEM_YEAR.search(text):
        raise DateProblem(f"干支年份每六十年重复一次, 看不出是哪一年, 请写成公历: {_shown(text)}")
    if not _is_of_sun(text) and (_MOON_WORD.search(text) or _MOON_SIGN.search(text)):
        unread = _CLOCK_UNREAD if _CLOCK_BY_MOON.search(text) else None
        return _beside_the_moon(text) or DateReading(_from_moon(text), unread)
    text = _SPOKEN_CLOCK.sub(_clock_in_digits, text)
    found = list(_sun_dates(text))
    if not found:
        raise DateProblem(_untold(text))
    first, end = found[0]
    if len(found) > 1 or _AND_ANOTHER.match(text, end):
        return DateReading(first, "一格里有两个日期, 已按第一个接收; 不对的请只写对的那一个后重新提交")
    if _EITHER_CLOCK.search(text):
        return DateReading(first.replace(hour=0, minute=0, second=0), _CLOCK_UNREAD)
    return DateReading(first, _CLOCK_UNREAD if _UNREAD_CLOCK.match(text, end) else None)


def _is_of_sun(text: str) -> bool:
    """False also for 二〇二六年二月廿九日: only the moon has that day."""
    found = _SUN_IN_TWENTIES.fullmatch(text)
    if found is None:
        return False
    month, day = _chinese_number(found["month"]), _chinese_number(found["day"])
    return 1 <= month <= 12 and day <= monthrange(int(_digits(found["year"])), month)[1]


def _clock_in_digits(found: re.Match[str]) -> str:
    """三点半 as 3:30; what may be the beginning of other words (三点诉求) as it stands."""
    minute, behind = found["minute"] or "", found["behind"]
    follows = behind in _BEHIND_CLOCK or not behind.isalpha() or found["half"] or minute
    in_words = not (found["hour"] + minute).replace("分", "").isdecimal()
    if not follows or not in_words or (minute.isdecimal() and behind.isdecimal()):
        return found[0]
    minutes = _QUARTERS.get(minute, 0) or _chinese_number(minute.rstrip("分").lstrip("零〇") or "0")
    hours = _chinese_number(found["hour"].replace("两", "二"))
    return f"{found['half'] or ''}{hours}:{minutes:02d}{' ' if behind else ''}{behind}"


def _beside_the_moon(text: str) -> DateReading | None:
    """The sun's day of a text that gives both: 2024年3月5日(农历正月廿五); None where the only day is the moon's."""
    for pattern in (_SUN, _WRITTEN):
        for found in pattern.finditer(text):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            by_moon = _MOON_BEFORE.search(text[: found.start()]) or _MOON_DIGITS & set(found[0])
            if by_moon or not _MOON.search(_MOON_WORD.sub("", rest)):
                continue
            moment, _ = next(_sun_dates(found[0]))
            agree = moment.date() in _moon_days(rest, moment.year)
            return DateReading(
                moment, None if agree else "公历和农历的日期对不上, 已按公历接收; 公历写错的请改正后重新提交"
            )
    return None


def _moon_days(text: str, year: int) -> Iterator[date]:
    """The days that the moon's date may be when the sun's is in `year`: its own year begins a month or two later."""
    found = _MOON.search(_MOON_WORD.sub("", text))
    for beginning in (year, year - 1):
        try:
            if found is not None:
                yield _from_moon(found[0] if found["year"] else f"{beginning}年{found[0]}").date()
        except DateProblem:
            continue


def _sun_dates(text: str) -> Iterator[tuple[datetime, int]]:
    """Every full date of the text with its end, from left to right."""
    for found in _SUN.finditer(text):
        if _YEAR_LAST.match(found[0]):
            raise DateProblem(f"看不出哪个是年, 请{_WRITE}: {_shown(text)}")
        hour, minute, second = _clock(found)
        moment = _moment(text, _year(found["year"]), int(found["month"]), int(found["day"]), hour, minute, second)
        yield _zoned(text, moment, found["zone"]), found.end()
    if not _SUN.search(text):
        for pattern in (_WRITTEN, _SPACED):
            for found in pattern.finditer(text):
                parts = (_chinese_number(found[name]) for name in ("month", "day"))
                clock = _clock(found) if pattern is _WRITTEN else ()
                yield _moment(text, int(_digits(found["year"])), *parts, *clock), found.end()
        for pattern in (_ENGLISH, _ENGLISH_MONTH_FIRST):
            for found in pattern.finditer(text):
                month = _ENGLISH_MONTHS.index(found["month"].lower()) + 1
                yield _moment(text, _year(found["year"]), month, int(found["day"])), found.end()
        for found in _DAY_FIRST.finditer(text):
            first, second = int(found[1]), int(found[2])
            if first <= 12 and second <= 12 and first != second:
                raise DateProblem(f"看不出哪个是月、哪个是日, 请{_WRITE}: {_shown(text)}")
            month, day = (second, first) if first > 12 else (first, second)
            yield _moment(text, int(found[3]), month, day), found.end()


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    half = found["half"]
    if (half in _EVENING and hour < 12) or (half in _NIGHT and 6 <= hour < 12) or (half == "中午" and 0 < hour < 4):
        hour += 12
    return hour, minute, second


def _zoned(text: str, moment: datetime, zone: str | None) -> datetime:
    """The instant in China time where the cell names another zone, as programs write it."""
    if not zone:
        return moment
    try:
        stated = datetime.strptime("+0000" if zone == "Z" else zone.replace(":", ""), "%z").tzinfo
    except ValueError as exc:
        raise DateProblem(f"时间后面的「{zone}」看不懂, 请去掉它, {_WRITE}: {_shown(text)}") from exc
    return moment.replace(tzinfo=stated).astimezone(_CHINA)


def _from_moon(text: str) -> datetime:
    found = _MOON.search(_MOON_WORD.sub("", text).replace("的", ""))
    if found is None:
        raise DateProblem(_untold(text))
    if not found["year"]:
        raise DateProblem(f"农历日期没有写年份, 请补上年份或写成公历: {_shown(text)}")
    year, month = int(_digits(found["year"])), _MOON_MONTHS.get(found["month"]) or _chinese_number(found["month"])
    try:
        lunar = LunarDate(year, month, _chinese_number(found["day"]), 1 if found["leap"] else 0)
        day = lunar.to_solar_date()
    except (InvalidLunarDateError, ValueError) as exc:
        raise DateProblem(f"农历里没有这一天, 请对照原件改正或写成公历后重新提交: {_shown(text)}") from exc
    return _in_range(datetime(day.year, day.month, day.day, tzinfo=_CHINA), text)


def _year(digits: str) -> int:
    """Four digits as they stand, two digits as offices shorten them."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year <= _CENTURY_TURN else 1900)


def _moment(text: str, year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    try:
        whole_day = datetime(year, month, day, tzinfo=_CHINA)
    except ValueError as exc:
        raise DateProblem(f"日历上没有这一天, 请对照原件改正后重新提交: {_shown(text)}") from exc
    if (hour, minute, second) == _MIDNIGHT:
        return _in_range(whole_day + timedelta(days=1), text)
    try:
        moment = whole_day.replace(hour=hour, minute=minute, second=second)
    except ValueError as exc:
        raise DateProblem(f"没有这个时刻, 请对照原件改正后重新提交: {_shown(text)}") from exc
    return _in_range(moment, text)


def _in_range(moment: datetime, text: str) -> datetime:
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise DateProblem(f"年份{moment.year}不对, 请对照原件改正后重新提交: {_shown(text)}")
    return moment


def _shown(text: str) -> str:
    return mask_text(text[:_READ])[:_SHOWN]


def _untold(text: str) -> str:
    """Why the cell does not tell the day."""
    if _NO_YEAR.fullmatch(text):
        return f"日期没有写年份, 请补上年份, {_WRITE}: {_shown(text)}"
    if _MONTH_ONLY.fullmatch(text):
        return f"日期只写到月, 请补上日, {_WRITE}: {_shown(text)}"
    if _YEAR_ONLY.fullmatch(text):
        return f"日期只写了年份, 请补上月和日, {_WRITE}: {_shown(text)}"
    return f"认不出这个日期, 请{_WRITE}: {_shown(text)}"


def _digits(text: str) -> str:
    return "".join(_CHINESE_DIGITS.get(digit, digit) for digit in text)


def _chinese_number(text: str) -> int:
    """One to ninety-nine: 9, 九, 十一, 二十, 三十一, and the moon's 初三, 廿三, 卅."""
    if text.isdecimal():
        return int(text)
    text = text.removeprefix("初").replace("廿", "二十").replace("卅", "三十").replace("十十", "十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_CHINESE_DIGITS[text[-1]])
    return int(_CHINESE_DIGITS.get(tens, "1")) * 10 + int(_CHINESE_DIGITS.get(ones, "0"))
