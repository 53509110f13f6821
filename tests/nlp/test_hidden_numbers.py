"""Numbers are masked however people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.hidden_numbers import hide_numbers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800000000", "电话138****0000"),
        ("打138 0000 0000找他", "打138 **** 0000找他"),
        ("打138-0000-0000找他", "打138-****-0000找他"),
        ("电话１３８００００００００", "电话１３８****００００"),
        ("座机0358-4400000", "座机035*-***0000"),
        ("电话4400012", "电话*****12"),
        ("证件14112419610101000x", "证件141124********000x"),
        ("电话138****0000", "电话138****0000"),
        ("手机尾号1234", "手机尾号1234"),
        ("电话138 1234\n5678", "电话138 ****\n5678"),
        ("电话138123\n  45678", "电话138***\n  *5678"),
        ("1 3 8 0 0 0 0 1 2 3 4", "1 3 8 * * * * 1 2 3 4"),
        ("手机138-00-00-12-34", "手机138-**-**-12-34"),
        ("证件14 1124 1961 0101 000x", "证件14 1124 **** **** 000x"),
        ("证件141124\n196101010000", "证件141124\n********0000"),
        ("共135 2024-10-11报", "共135 2024-10-11报"),
        ("人均1 3500 2100 55", "人均1 3500 2100 55"),
        ("2024 03 12 2024 04 15 2024", "2024 03 12 2024 04 15 2024"),
        ("借了12000元, 3户15人, 2026-11-24", "借了12000元, 3户15人, 2026-11-24"),
    ],
)
def test_a_number_is_masked_and_a_sum_stays(text: str, shown: str):
    assert hide_numbers(text) == shown


@given(st.text(alphabet="0123456789１３ -*xX电话证件号码尾"))
def test_masking_keeps_the_length_so_that_offsets_stay_true(text: str):
    assert len(hide_numbers(text)) == len(text)
