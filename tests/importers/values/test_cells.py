"""Dates and texts in cells."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.values.cells import DateProblem, moment_of, text_of


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("2026-09-03", id="iso"),
        pytest.param("2026.9.3", id="dots"),
        pytest.param("2026/9/3", id="slashes"),
        pytest.param("2026年9月3日", id="chinese units"),
        pytest.param("二〇二六年九月三日", id="chinese digits"),
        pytest.param("\uff12\uff10\uff12\uff16\uff0e\uff19\uff0e\uff13", id="full width"),
        pytest.param("20260903", id="compact"),
        pytest.param(20260903, id="compact number"),
        pytest.param(46268, id="excel serial"),
        pytest.param(46268.0, id="excel serial as float"),
        pytest.param("46268", id="excel serial as text"),
        pytest.param(datetime(2026, 9, 3), id="datetime cell"),
        pytest.param(date(2026, 9, 3), id="date cell"),
        pytest.param("  2026-09-03 ", id="spaces around"),
    ],
)
def test_one_day_is_read_in_all_the_ways_offices_write_it(written):
    moment = moment_of(written)

    assert moment is not None
    assert moment.date() == date(2026, 9, 3)
    assert moment.utcoffset() is not None


def test_hour_and_minute_are_kept():
    moment = moment_of("2026-09-03 10:21")

    assert moment is not None
    assert (moment.hour, moment.minute) == (10, 21)


@pytest.mark.parametrize("written", ["2026-13-40", "2026年11月32日", "2026.2.30", "昨天", "9月3日", "20261345"])
def test_a_day_that_does_not_exist_or_cannot_be_told_is_a_problem(written: str):
    with pytest.raises(DateProblem):
        moment_of(written)


def test_thirty_first_in_chinese_numbers_is_read():
    moment = moment_of("二〇二六年十二月三十一日")

    assert moment is not None
    assert moment.date() == date(2026, 12, 31)


def test_an_empty_cell_has_no_date():
    assert moment_of("") is None


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(allow_nan=True, allow_infinity=True), st.booleans()))
def test_no_cell_raises_anything_but_a_date_problem(cell):
    try:
        moment = moment_of(cell)
    except DateProblem:
        return

    assert moment is None or moment.tzinfo is not None


def test_a_whole_number_is_read_without_decimal_point():
    assert text_of(123.0) == "123"


def test_a_leading_apostrophe_of_a_text_cell_is_dropped():
    assert text_of("'0012") == "0012"
