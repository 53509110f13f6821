"""The citizen's ID number and the character that checks it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.register.household import Sex
from domain.register.id_number import born_on, check_character, id_number_problem, sex_of

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1900, 1, 1), TODAY)


def number_of(day: date, serial: int, area: str = "141124") -> str:
    digits = f"{area}{day:%Y%m%d}{serial:03d}"
    return digits + check_character(digits)


@given(DAYS, st.integers(0, 999))
def test_a_well_made_number_is_fine_and_says_day_and_sex(day: date, serial: int):
    number = number_of(day, serial)

    assert id_number_problem(number, today=TODAY) is None
    assert born_on(number) == day
    assert sex_of(number) is (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(DAYS, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(day: date, serial: int, place: int, step: int):
    number = number_of(day, serial)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]

    assert id_number_problem(wrong, today=TODAY) is not None


@given(DAYS, st.integers(0, 999), st.integers(0, 15))
def test_two_neighbouring_digits_exchanged_are_always_found(day: date, serial: int, place: int):
    number = number_of(day, serial)
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert (id_number_problem(wrong, today=TODAY) is None) == (wrong == number)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "现有0位"),
        ("14112419900101001", "现有17位"),
        ("1411241990010100²0", "现有18位"),
        ("14112419901301001X", "出生日期"),
        ("141124187901010010", "出生日期"),
        ("141124202701010010", "出生日期"),
    ],
)
def test_what_is_wrong_is_said(number: str, said: str):
    assert said in str(id_number_problem(number, today=TODAY))
