"""Moments as Chinese pages write them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extraction.dates import (
    CHINA,
    date_in_address,
    full_dates,
    parse_date,
    parse_date_without_century,
    parse_machine_date,
    parse_relative_date,
)

NOW = datetime(2026, 9, 3, 12, 30, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布时间：2026-09-03 08:15:20", "2026-09-03T08:15:20+08:00"),
        ("2026年9月3日 星期四", "2026-09-03T00:00:00+08:00"),
        ("2026年9月3日（星期四）8:05", "2026-09-03T08:05:00+08:00"),
        ("2026/9/3 8:05", "2026-09-03T08:05:00+08:00"),
        ("２０２６．０９．０３", "2026-09-03T00:00:00+08:00"),
        ("2026年09月03日07:12  来源：某报", "2026-09-03T07:12:00+08:00"),
        ("2026年9月3日下午3时20分", "2026-09-03T15:20:00+08:00"),
        ("2026/9/3 8:12 pm", "2026-09-03T20:12:00+08:00"),
        ("Sep 3, 2026 8:12:20 P.M.", "2026-09-03T20:12:20+08:00"),
        ("星期四, 03 九月 2026 20:12", "2026-09-03T20:12:00+08:00"),
        ("3 September 2026", "2026-09-03T00:00:00+08:00"),
        ("03 Sep 2026 00:15 GMT", "2026-09-03T08:15:00+08:00"),
        ("2026-09-03 08:15 UTC+8", "2026-09-03T08:15:00+08:00"),
        ("2026-9-3 PM 8:12", "2026-09-03T20:12:00+08:00"),
        ("2026-9-3 12:05 AM", "2026-09-03T00:05:00+08:00"),
        ("2026-9-3 12:05 pm", "2026-09-03T12:05:00+08:00"),
        ("2026年9月3日中午1点20分", "2026-09-03T13:20:00+08:00"),
        ("2026年9月3日凌晨12:30", "2026-09-03T00:30:00+08:00"),
        ("2026-9-3 8:12 amber", "2026-09-03T08:12:00+08:00"),
        ("二〇二六年九月三日", "2026-09-03T00:00:00+08:00"),
        ("二○二六年十二月三十一日", "2026-12-31T00:00:00+08:00"),
        ("二零二六年元月廿一日", "2026-01-21T00:00:00+08:00"),
        ("2026-09-03T00:15:00Z", "2026-09-03T08:15:00+08:00"),
        ("2026-09-03T08:15:00+09:00", "2026-09-03T07:15:00+08:00"),
        ("2026-09-03 24:00", "2026-09-04T00:00:00+08:00"),
        ("2026-13-45 更新，2026-09-03 发布", "2026-09-03T00:00:00+08:00"),
        ("2024-02-29", "2024-02-29T00:00:00+08:00"),
    ],
)
def test_dates_are_read_as_pages_write_them(text: str, expected: str):
    moment = parse_date(text)

    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2023-02-29", "2026-00-10", "0000-01-01", "电话 2026-10-1234", "1.2.3", "20260903"]
)
def test_what_is_no_date_is_none(text: str):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20260903081520", "2026-09-03T08:15:20+08:00"),
        ("20260903", "2026-09-03T00:00:00+08:00"),
        ("1788394520", "2026-09-03T08:15:20+08:00"),
        ("1788394520000", "2026-09-03T08:15:20+08:00"),
        ("Thu, 03 Sep 2026 00:15:20 GMT", "2026-09-03T08:15:20+08:00"),
    ],
)
def test_machines_write_dates_in_more_ways(text: str, expected: str):
    moment = parse_machine_date(text)

    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3小时前", "2026-09-03T09:30:00+08:00"),
        ("半小时前", "2026-09-03T12:00:00+08:00"),
        ("两天前", "2026-09-01T12:30:00+08:00"),
        ("15分钟前", "2026-09-03T12:15:00+08:00"),
        ("昨天 08:15", "2026-09-02T08:15:00+08:00"),
        ("前天", "2026-09-01T00:00:00+08:00"),
        ("今天", "2026-09-03T00:00:00+08:00"),
    ],
)
def test_relative_dates_are_told_from_the_moment_of_fetching(text: str, expected: str):
    moment = parse_relative_date(text, NOW)

    assert moment is not None
    assert moment.isoformat() == expected


def test_a_date_without_year_takes_the_year_given():
    moment = parse_date_without_century("10-08 12:00", 2026)

    assert moment == datetime(2026, 10, 8, 12, 0, tzinfo=CHINA)
    assert parse_date_without_century("10-08 12:00", None) is None


def test_a_month_before_its_day_and_year_is_read_as_one_date():
    assert parse_date("周三, 07/15/2020 - 10:00") == datetime(2020, 7, 15, tzinfo=CHINA)
    assert parse_date_without_century("07/15/2020", 2026) is None


def test_a_year_of_two_digits_is_of_this_century():
    assert parse_date_without_century("18-03-08 23:16", None) == datetime(2018, 3, 8, 23, 16, tzinfo=CHINA)


@pytest.mark.parametrize(
    "url",
    [
        "http://a/202609/03/1.html",
        "http://a/2026-09/03/1.html",
        "http://a/t20260903_12.shtml",
        "http://a/art/2026/9/3/art_1_2.html",
        "http://a/GB/20260903/17960.html",
        "http://a/show/20260903092757303.html",
    ],
)
def test_a_day_in_the_address_is_read(url: str):
    moment = date_in_address(url)

    assert moment is not None
    assert (moment.year, moment.month, moment.day) == (2026, 9, 3)


@pytest.mark.parametrize(
    "url",
    ["http://a/20261399/1.html", "http://a/20260903992757303.html", "http://a/news/120260903.html", "http://a/", "::"],
)
def test_numbers_in_an_address_are_no_day(url: str):
    assert date_in_address(url) is None


@given(st.text(max_size=80))
def test_no_text_makes_a_reader_fail(text: str):
    list(full_dates(text))
    parse_machine_date(text)
    parse_date_without_century(text, 2024)
    parse_relative_date(text, NOW)
    date_in_address(text)


@given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2099, 12, 31)))
def test_every_day_comes_back_as_it_was_written(moment: datetime):
    written = f"发布日期：{moment.year}年{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02d}"

    found = parse_date(written)

    assert found is not None
    assert found.replace(tzinfo=None) == moment.replace(second=0, microsecond=0)
