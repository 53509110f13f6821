"""Dates in a text, by the sun and by the moon: 2024年3月5日, 去年腊月二十三, 正月初六, 上月底, 今年清明前后.

A lunar date becomes a Gregorian one by the table of borax (MIT, 1900 to 2100). What the text leaves open (本月 of which
year?) the day of the text decides; without it the value says only what is written.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

from domain.links.mention import ValueMention

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "正": 1}
_DAY = r"(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]|[二三]?十|[一二三四五六七八九])"
_MONTH = r"(?:十[一二]?|[一二三四五六七八九])"
_RELATIVE_YEAR: Mapping[str, int] = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "明年": 1}
_YEAR = rf"(?:(?P<year>(?:19|20)\d{{2}})\s?年|(?P<said>{'|'.join(_RELATIVE_YEAR)}))(?:的|农历|阴历)?"
_MOON_MONTHS = {"正月": 1, "冬月": 11, "腊月": 12}
# By the moon, as (month, day); the eve of the new year is the last day of the twelfth month.
_MOON_FESTIVALS = {
    "春节": (1, 1),
    "大年初一": (1, 1),
    "元宵节": (1, 15),
    "元宵": (1, 15),
    "端午节": (5, 5),
    "端午": (5, 5),
    "五月端午": (5, 5),
    "七夕": (7, 7),
    "中秋节": (8, 15),
    "中秋": (8, 15),
    "重阳节": (9, 9),
    "重阳": (9, 9),
    "腊八": (12, 8),
    "小年": (12, 23),
}
_EVE = ("农历除夕", "除夕夜", "除夕", "大年三十", "年三十")
# By the sun; solar terms fall on one of three days, so only their month is told.
_SUN_FESTIVALS = {"元旦": "01-01", "五一": "05-01", "国庆节": "10-01", "国庆": "10-01", "十一": "10-01"}
_TERMS = (
    *("小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至"),
    *("小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至"),
)
_MONTH_OF_TERM = {term: place // 2 + 1 for place, term in enumerate(_TERMS)}
# Words that are often something else without a year or a particle of time: 小满 and 大雪 are names and weather.
_TERM = "清明节?|立冬|立春|立秋|立夏|冬至|夏至|惊蛰|谷雨|霜降|白露|芒种"
_PART = r"(?:前后|以前|之前|左右|前夕|期间|那天|当天|前|后)?"

_ISO = re.compile(r"(?<!\d)(?P<iso>(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2})(?!\d)")
_SUN = re.compile(
    rf"(?:{_YEAR})?(?P<month>\d{{1,2}})\s?月(?:份|(?P<day>\d{{1,2}})\s?[日号]|底|初|中旬|上旬|下旬|末)?前?(?![月\d个])"
)
_THIS_DAY = re.compile(
    r"(?P<this>本月|当月|上月|下月)(?P<on>\d{1,2})[日号]|(?<![\d月年.])(?P<alone>\d{1,2})日(?=[，,、上下晚早凌午在])"
)
_MOON_DAY = re.compile(
    rf"(?:{_YEAR})?(?:农历|阴历|旧历)?闰?(?P<moon>正月|冬月|腊月|{_MONTH}月)(?P<on>{_DAY})(?P<sign>日)?"
    r"(?![个月点块元斤亩户人多余百千万岁名天一二三四五六七八九十])"
)
_MOON_MONTH = re.compile(rf"(?:{_YEAR})?(?:农历|阴历)?(?P<moon>正月|冬月|腊月)(?:里|底|初)?")
_MONTH_SAID = re.compile(rf"{_YEAR}(?P<plain>{_MONTH})月(?:份|里|底|初)?")
_FEAST = re.compile(
    rf"(?:{_YEAR})?(?:农历)?(?P<feast>{'|'.join((*_EVE, *sorted(_MOON_FESTIVALS, key=len, reverse=True)))}"
    rf"|国庆节?|元旦|五一(?=劳动|节|假|厂|放|、|$)|(?<=、)十一(?=[堵假长]|黄金)|{_TERM}){_PART}"
)
_SHIFTED = re.compile(r"(?P<shift>大前天|前天|昨天|昨日|前日|今日|明天)(?:晚上|夜里|早上|上午|下午)?")
_MONTH_AROUND = re.compile(rf"(?P<around>上月|上个月|本月)(?:底|初)?(?P<on>{_DAY})?(?![个])")
_SEASON = re.compile(rf"{_YEAR}(?:春天|夏天|秋天|冬天|春上|年底|年初|开春|入冬|底|初)")
_WHOLE_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?![\d度级届])")
_LEAP_YEAR = 2024
_SHIFTS = {"大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1}


def find_dates(content: str, day: date | None = None) -> tuple[ValueMention, ...]:
    """The dates in the order of the text; the value is ISO 8601 as far as it is known, or empty.

    Args:
        content: The text.
        day: The day on which it was written; 去年 and 本月 are reckoned from it.

    Returns:
        Mentions with a value such as 2024-03-05, 2024-03, 2024, or --03-05 where no year is known; a lunar date whose
        year is not known is written as 农历--12-23.
    """
    found: dict[int, ValueMention] = {}
    taken: set[int] = set()
    for pattern, value_of in _READERS:
        for match in pattern.finditer(content):
            span = range(match.start(), match.end())
            if taken.isdisjoint(span):
                taken.update(span)
                found[match.start()] = ValueMention(
                    text=match[0], value=value_of(match, day), start=match.start(), end=match.end()
                )
    return tuple(found[start] for start in sorted(found))


def _year_of(match: re.Match[str], day: date | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    return day.year + _RELATIVE_YEAR[match["said"]] if day is not None and match["said"] else None


def _iso_value(match: re.Match[str], _day: date | None) -> str:
    year, month, on = (int(part) for part in re.split(r"[-./]", match["iso"]))
    return _iso(year, month, on)


def _sun_value(match: re.Match[str], day: date | None) -> str:
    return _iso(_year_of(match, day), int(match["month"]), int(match["day"]) if match["day"] else None)


def _this_day_value(match: re.Match[str], day: date | None) -> str:
    shift = {"上月": -1, "下月": 1}.get(match["this"] or "", 0)
    return _in_month(day, shift, int(match["on"] or match["alone"]))


def _moon_day_value(match: re.Match[str], day: date | None) -> str:
    year, month, on = _year_of(match, day), _moon_month(match["moon"]), _number(match["on"])
    # People write 九月十八 for the moon's day and 九月十八日 for the sun's.
    by_sun = match["sign"] and match["moon"] not in _MOON_MONTHS and not re.search("[农阴旧]历|初|廿", match[0])
    return _iso(year, month, on) if by_sun else _by_moon(year, month, on)


def _moon_month_value(match: re.Match[str], day: date | None) -> str:
    return _by_moon(_year_of(match, day), _moon_month(match["moon"]), None)


def _month_said_value(match: re.Match[str], day: date | None) -> str:
    return _iso(_year_of(match, day), _number(match["plain"]), None)


def _feast_value(match: re.Match[str], day: date | None) -> str:
    year, feast = _year_of(match, day), match["feast"]
    if feast in _EVE:
        return _by_moon(year - 1 if year else None, 12, 30)
    if feast in _MOON_FESTIVALS:
        return _by_moon(year, *_MOON_FESTIVALS[feast])
    if feast in _SUN_FESTIVALS:
        return f"{year or '-'}-{_SUN_FESTIVALS[feast]}"
    return _iso(year, _MONTH_OF_TERM[feast.removesuffix("节")], None)


def _shifted_value(match: re.Match[str], day: date | None) -> str:
    return (day + timedelta(days=_SHIFTS[match["shift"]])).isoformat() if day else ""


def _month_around_value(match: re.Match[str], day: date | None) -> str:
    return _in_month(day, 0 if match["around"] == "本月" else -1, _number(match["on"]) if match["on"] else None)


def _year_value(match: re.Match[str], day: date | None) -> str:
    return str(_year_of(match, day) or "")


def _whole_year_value(match: re.Match[str], _day: date | None) -> str:
    return match["year"]


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], str]], ...] = (
    (_ISO, _iso_value),
    (_MOON_DAY, _moon_day_value),
    (_SUN, _sun_value),
    (_THIS_DAY, _this_day_value),
    (_MOON_MONTH, _moon_month_value),
    (_MONTH_SAID, _month_said_value),
    (_FEAST, _feast_value),
    (_SHIFTED, _shifted_value),
    (_MONTH_AROUND, _month_around_value),
    (_SEASON, _year_value),
    (_WHOLE_YEAR, _whole_year_value),
)
"""What is read, the fuller forms before those that are parts of them."""


def _in_month(day: date | None, shift: int, on: int | None) -> str:
    if day is None:
        return ""
    months = day.year * 12 + day.month - 1 + shift
    return _iso(months // 12, months % 12 + 1, on)


def _moon_month(written: str) -> int:
    return _MOON_MONTHS.get(written) or _number(written[:-1])


def _by_moon(year: int | None, month: int, on: int | None) -> str:
    if year is None:
        return f"农历--{month:02}" + (f"-{on:02}" if on else "")
    if on is None:
        return f"农历{year}-{month:02}"
    for last in (on, 29):
        try:
            found: date = LunarDate(year, month, min(on, last)).to_solar_date()
        except (InvalidLunarDateError, ValueError):
            continue
        return found.isoformat()
    return ""


def _iso(year: int | None, month: int, on: int | None) -> str:
    try:
        date(year or _LEAP_YEAR, month, on or 1)
    except ValueError:
        return ""
    return f"{year or '-'}-{month:02}" + (f"-{on:02}" if on else "")


def _number(numeral: str) -> int:
    plain = numeral.removeprefix("初").replace("廿", "二十")
    if plain.startswith("二十") and len(plain) == 3:
        return 20 + _DIGITS[plain[2]]
    tens, ten, ones = plain.rpartition("十")
    return (_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_DIGITS[ones] if ones else 0)
