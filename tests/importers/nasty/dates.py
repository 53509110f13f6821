"""Days as offices write them, one file each."""

from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, Rows, line, text_table, xlsx
from tests.importers.nasty.cases import Build, Nasty

_READ: dict[str, tuple[object, str]] = {
    "dots": ("2024.3.5", "2024-03-05"),
    "two digits of the year": ("24.3.5", "2024-03-05"),
    "two digits of the last century": ("98.5.6", "1998-05-06"),
    "Chinese units": ("2024年3月5日", "2024-03-05"),
    "Chinese units with spaces": ("2024 年 3 月 5 日", "2024-03-05"),
    "the spoken 号": ("2024年3月5号", "2024-03-05"),
    "Chinese digits": ("二〇二四年三月五日", "2024-03-05"),
    "Chinese digits with a letter-like zero": ("二○二四年十二月三十一日", "2024-12-31"),
    "Chinese digits with 零": ("二零二四年十一月二十日", "2024-11-20"),
    "full-width digits": ("２０２４年３月５日", "2024-03-05"),
    "an Excel serial as text": ("45356", "2024-03-05"),
    "an Excel serial with the hour": (45356.4375, "2024-03-05"),
    "a date cell": (date(2024, 3, 5), "2024-03-05"),
    "eight digits": (20240305, "2024-03-05"),
    "fourteen digits of a program": ("20240305093000", "2024-03-05"),
    "slashes and a time": ("2024/3/5 9:30:15", "2024-03-05"),
    "the afternoon": ("2024年3月5日下午3时20分", "2024-03-05"),
    "the form of programs in UTC": ("2024-03-04T20:30:00Z", "2024-03-05"),
    "the day of the week behind": ("2024年3月5日（星期二）", "2024-03-05"),
    "a quote before": ("'2024-3-5", "2024-03-05"),
    "the moon by name": ("农历二〇二四年正月初六", "2024-02-15"),
    "the moon in digits": ("农历2024年2月15日", "2024-03-24"),
    "the twelfth moon": ("2023年腊月二十三", "2024-02-02"),
    "a leap moon": ("2023年闰二月初三", "2023-03-24"),
    "a line break": ("2024年\n3月5日", "2024-03-05"),
    "the moon in brackets behind": ("2024年3月5日（农历正月廿五）", "2024-03-05"),
    "the moon in words behind": ("2024.3.5 农历正月二十五", "2024-03-05"),
    "the moon before": ("农历正月廿五（2024年3月5日）", "2024-03-05"),
    "the moon of the year before": ("2024年2月2日（农历腊月廿三）", "2024-02-02"),
    "the moon by a word in brackets": ("2024年3月5日（农历）", "2024-04-13"),
    "backslashes": ("2024\\3\\5", "2024-03-05"),
    "the month in English": ("5-Mar-24", "2024-03-05"),
    "a digit among Chinese ones": ("二0二四年三月五日", "2024-03-05"),
    "digits of accountants": ("贰零贰肆年叁月伍日", "2024-03-05"),
    "two digits of the year before a short day": ("09.3.5", "2009-03-05"),
}
_TWO: dict[str, str] = {
    "two days": "2024.3.5、2024.3.8",
    "a span of days": "2024年3月5日至3月8日",
    "a span within a month": "2024.3.5-8",
}
_REFUSED: dict[str, tuple[str, str]] = {
    "no such day": ("2024年2月30日", "日历上没有这一天, 请对照原件改正后重新提交: 2024年2月30日"),
    "no such month": ("2026-13-40", "日历上没有这一天, 请对照原件改正后重新提交: 2026-13-40"),
    "no such hour": ("2024-03-05 25:00", "没有这个时刻, 请对照原件改正后重新提交: 2024-03-05 25:00"),
    "no year": ("3月5日", "日期没有写年份, 请补上年份, 像 2026-09-03 这样写: 3月5日"),
    "no day": ("2024年3月", "日期只写到月, 请补上日, 像 2026-09-03 这样写: 2024年3月"),
    "a year alone": ("2024年", "日期只写了年份, 请补上月和日, 像 2026-09-03 这样写: 2024年"),
    "a moon without a year": ("腊月二十三", "农历日期没有写年份, 请补上年份或写成公历: 腊月二十三"),
    "a year of sixty": ("甲辰年正月初六", "干支年份每六十年重复一次, 看不出是哪一年, 请写成公历: 甲辰年正月初六"),
    "a moon without that day": (
        "农历2024年正月三十",
        "农历里没有这一天, 请对照原件改正或写成公历后重新提交: 农历2024年正月三十",
    ),
    "day or month first": ("5/3/2024", "看不出哪个是月、哪个是日, 请像 2026-09-03 这样写: 5/3/2024"),
    "the year first or last": ("03-05-24", "看不出哪个是年, 请像 2026-09-03 这样写: 03-05-24"),
    "the year first or last with slashes": ("10/11/24", "看不出哪个是年, 请像 2026-09-03 这样写: 10/11/24"),
    "a word": ("昨天", "认不出这个日期, 请像 2026-09-03 这样写: 昨天"),
    "a year before any register": ("1024-3-5", "年份1024不对, 请对照原件改正后重新提交: 1024-3-5"),
    "the future": ("2027年1月1日", reasons.FUTURE),
}


def _since_1904(rows: Rows) -> Build:
    def build(folder: Path) -> Path:
        path = xlsx(rows)(folder)
        book = load_workbook(path)
        book.epoch = CALENDAR_MAC_1904
        book.save(path)
        return path

    return build


def _read(name: str, written: object, day: str) -> Nasty:
    return Nasty(f"date: {name}", xlsx([HEADER, line(day=written)]), says={2: {"day": day}})


def _two(name: str, written: str) -> Nasty:
    warning = ("", 2, "信访日期", reasons.TWO_DATES, written)
    table = text_table([HEADER, line(day=written)])
    return Nasty(f"date: {name}", table, warnings=[warning], says={2: {"day": "2024-03-05"}})


def _refused(name: str, written: str, reason: str) -> Nasty:
    table = text_table([HEADER, line("X001", day=written), line("X002")])
    return Nasty(f"date: {name}", table, rejected=[("", 2, "信访日期", reason, written)], says={3: {"number": "X002"}})


CASES = [
    *(_read(name, written, day) for name, (written, day) in _READ.items()),
    *(_two(name, written) for name, written in _TWO.items()),
    *(_refused(name, written, reason) for name, (written, reason) in _REFUSED.items()),
    Nasty(
        "date: a date cell with its hour",
        xlsx([HEADER, line(day=datetime(2024, 3, 5, 9, 30))]),
        says={2: {"day": "2024-03-05", "minute": "09:30"}},
    ),
    Nasty(
        "date: a time alone",
        xlsx([HEADER, line(day=time(9, 30))]),
        accepted=0,
        rejected=[("台账", 2, "信访日期", "认不出这个日期, 请像 2026-09-03 这样写: 09:30:00", "09:30:00")],
    ),
    Nasty(
        "date: an empty cell",
        xlsx([HEADER, line(day="")]),
        warnings=[("台账", 2, "信访日期", reasons.NO_DAY, "")],
        says={2: {"day": ""}},
    ),
    Nasty(
        "date: by sun and moon that differ",
        text_table([HEADER, line(day="2024年3月5日（农历正月廿六）")]),
        warnings=[("", 2, "信访日期", reasons.CALENDARS_DIFFER, "2024年3月5日（农历正月廿六）")],
        says={2: {"day": "2024-03-05"}},
    ),
    Nasty(
        "date: a bare number where days are counted from 1904",
        _since_1904([HEADER, line("X001", day=date(2024, 3, 5)), line("X002", OTHER_TEXT, day=43894)]),
        rejected=[("台账", 3, "信访日期", reasons.SINCE_1904, "43894")],
        says={2: {"day": "2024-03-05"}},
    ),
    Nasty(
        "date: a formula without its result",
        xlsx([HEADER, line(day="=TODAY()"), line("X002", OTHER_TEXT)]),
        rejected=[("台账", 2, "信访日期", reasons.NOT_CALCULATED, "")],
        says={3: {"number": "X002"}},
    ),
]
