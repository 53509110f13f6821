from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.values.dates import find_dates

DAY = date(2024, 11, 26)


@pytest.mark.parametrize(
    ("content", "text", "value"),
    [
        pytest.param("于2024年3月5日来访", "2024年3月5日", "2024-03-05", id="sun"),
        pytest.param("2024-05-06到账", "2024-05-06", "2024-05-06", id="signs"),
        pytest.param("去年腊月二十三查出", "去年腊月二十三", "2024-02-02", id="moon, last year"),
        pytest.param("去年八月十五跌下来", "去年八月十五", "2023-09-29", id="moon without its word"),
        pytest.param("九月十八日起", "九月十八日", "--09-18", id="day with its sign is the sun's"),
        pytest.param("正月初六回来", "正月初六", "农历--01-06", id="year not told"),
        pytest.param("2024年春节前后发病", "2024年春节前后", "2024-02-10", id="festival"),
        pytest.param("今年清明回去", "今年清明", "2024-04", id="solar term"),
        pytest.param("去年腊月三十", "去年腊月三十", "2024-02-09", id="last day of a lunar year"),
        pytest.param("上月底停水", "上月底", "2024-10", id="last month"),
        pytest.param("本月8日走失", "本月8日", "2024-11-08", id="day of this month"),
        pytest.param("昨天塌了", "昨天", "2024-11-25", id="yesterday"),
        pytest.param("去年冬天没炭", "去年冬天", "2023", id="season"),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(content: str, text: str, value: str) -> None:
    assert [(one.text, one.value) for one in find_dates(content, DAY)] == [(text, value)]


@pytest.mark.parametrize("content", ["三个月没发", "一月一千二", "八月二十五块钱", "十一个人", "月底前"])
def test_numbers_beside_a_month_are_no_dates(content: str) -> None:
    assert find_dates(content, DAY) == ()


def test_without_the_day_of_the_text_only_what_is_written_is_said() -> None:
    assert [one.value for one in find_dates("去年腊月二十三，本月8日，去年")] == ["农历--12-23", ""]


def test_a_day_that_never_was_has_no_value() -> None:
    assert [one.value for one in find_dates("2024年2月30日")] == [""]


@given(st.text(alphabet="0123456789年月日号初廿一二三十正腊冬去今上本农历春节除夕清明前后-. ", max_size=40), st.dates())
def test_any_text_is_read_without_error_and_spans_do_not_overlap(content: str, day: date) -> None:
    end = 0
    for one in find_dates(content, day):
        assert content[one.start : one.end] == one.text
        assert one.start >= end
        end = one.end
