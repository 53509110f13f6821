"""Days with a time zone, as programs write them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from importers.dates import DateProblem, read_date


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
