"""Masking of phones, ID numbers and names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.privacy.masking import mask_id_number, mask_name, mask_phone, mask_text


def test_the_middle_of_a_phone_is_hidden():
    assert mask_phone("13800000000") == "138****0000"


def test_the_birth_date_in_an_id_number_is_hidden():
    assert mask_id_number("141124196101010000") == "141124********0000"


def test_only_the_surname_of_a_name_is_shown():
    assert mask_name("庞建国") == "庞**"


def test_phones_and_id_numbers_inside_a_text_are_hidden():
    masked = mask_text("电话13800000000，证号14112419610101000x。")

    assert masked == "电话138****0000，证号141124********000x。"


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("99999919750506101×", "999999********101×"),
        ("９９９９９９１９７５０５０６１０１Ｘ", "９９９９９９********１０１Ｘ"),
        ("99999919750506101", "999999********101"),
        ("99999919750506101X42", "999999********101X42"),
        ("141124101205001", "141124101205001"),
        ("1411242002050123", "1411242002050123"),
        ("2026101500012345", "2026101500012345"),
    ],
    ids=[
        "multiplied",
        "full width",
        "a digit short",
        "a card",
        "a household",
        "a household of sixteen",
        "a number of the office",
    ],
)
def test_id_numbers_are_hidden_however_they_are_mistyped_and_other_numbers_are_not(written: str, masked: str):
    assert mask_text(written) == masked


@given(st.text())
def test_masking_a_text_keeps_its_length_so_that_offsets_stay_true(text: str):
    assert len(mask_text(text)) == len(text)
