"""Days with a time zone, as programs write them, and the words of the moon's days in one of the sun."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from importers.values.dates import DateProblem, read_date


@pytest.mark.parametrize("zone", ["+99:99", "+9999", "+2400"])
def test_a_time_zone_that_does_not_exist_is_said(zone: str):
    with pytest.raises(DateProblem, match=r"时间后面的「.*」看不懂"):
        read_date(f"2026-11-02T12:00{zone}")


def test_a_time_zone_moves_the_moment_to_china():
    assert read_date("2026-11-02T23:00Z").moment == datetime(2026, 11, 3, 7, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("written", ["2026-11-02 24:00", "2026年11月2日24时", "2026-11-02T24:00:00+08:00"])
def test_the_end_of_a_day_is_the_beginning_of_the_next(written: str):
    assert read_date(written).moment == datetime(2026, 11, 3, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_there_is_no_minute_behind_the_end_of_a_day():
    with pytest.raises(DateProblem, match="没有这个时刻"):
        read_date("2026-11-02 24:01")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二六年九月廿八日", (2026, 9, 28)),
        ("2026年九月廿日", (2026, 9, 20)),
        ("二O二六年九月卅日", (2026, 9, 30)),
        ("二〇二六年九月廿八日晚", (2026, 9, 28)),
        ("二〇二六年九月廿八日（星期一）", (2026, 9, 28)),
        ("二〇二六年二月廿九日", (2026, 4, 16)),
        ("二〇二六年八月廿八", (2026, 10, 8)),
        ("农历二〇二六年八月廿八日", (2026, 10, 8)),
        ("二o二六年正月廿八日", (2026, 3, 16)),
        ("2026年10月8日（二〇二六年八月廿八日）", (2026, 10, 8)),
    ],
)
def test_a_year_in_figures_and_the_word_for_day_say_that_twenty_eight_is_of_the_sun(
    written: str, day: tuple[int, int, int]
):
    assert read_date(written).moment == datetime(*day, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("二〇二四年三月五日上午九点", (9, 0)),
        ("二〇二四年三月五日下午三点半", (15, 30)),
        ("2024年3月5日下午3点半", (15, 30)),
        ("2024年3月5日9时30分", (9, 30)),
        ("2024年3月5日晚八点一刻", (20, 15)),
        ("2024年3月5日十点零五分", (10, 5)),
        ("2024年3月5日二十时", (20, 0)),
        ("2024年3月5日中午一点", (13, 0)),
        ("2024年3月5日夜里两点", (2, 0)),
        ("2024年3月5日上午九点到十点", (9, 0)),
        ("二〇二四年三月五日", (0, 0)),
        ("2024年3月5日第三时段", (0, 0)),
    ],
)
def test_the_hour_is_read_in_words_too(written: str, clock: tuple[int, int]):
    found = read_date(written)

    assert found.moment == datetime(2024, 3, 5, *clock, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert found.remark is None


@pytest.mark.parametrize("written", ["2024年3月5日约九点", "2024年3月5日当晚9点", "农历二〇二四年正月廿五上午九点"])
def test_an_hour_that_is_not_read_is_said(written: str):
    found = read_date(written)

    assert found.moment == datetime(2024, 3, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert found.remark is not None
    assert "时刻没有认出来" in found.remark


@pytest.mark.parametrize("day", ["2024年3月5日", "二〇二四年三月五日"])
@pytest.mark.parametrize(
    "clock",
    [
        "晚上十二点",
        "晚12点",
        "半夜12点",
        "凌晨12点",
        "晚上一点",
        "（星期二）九点",
        "周二上午九点",
        "星期二 9:00",
        "午夜12点",
        "AM9:00",
    ],
)
def test_an_hour_that_may_be_either_or_stands_behind_a_weekday_is_said(day: str, clock: str):
    found = read_date(day + clock)
    assert (found.moment and f"{found.moment:%Y-%m-%d %H:%M}", bool(found.remark)) == ("2024-03-05 00:00", True)
