"""Phones and ID numbers: whatever a cell says, what is taken from it stands in it."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.register.id_number import check_character
from importers.values.identifiers import id_number_doubt, id_number_of, mobile_in, name_and_phone, phone_of

_CELLS = st.text(alphabet="0123456789 -()（）/、;+.E'xX张三", max_size=40)


@given(_CELLS)
def test_a_phone_is_digits_of_its_cell_and_what_is_no_phone_has_a_problem(cell: str):
    phone, problem = phone_of(cell)

    assert bool(phone) != bool(problem) or not cell.strip(" '")
    assert not phone or "E" in cell or phone.replace("-", "") in "".join(sign for sign in cell if sign.isdigit())


@given(_CELLS)
def test_an_id_number_stands_in_its_cell(cell: str):
    number, _ = id_number_of(cell)

    assert number in "".join(sign for sign in cell.upper() if sign.isdigit() or sign == "X")


@pytest.mark.parametrize("written", ["1.38E+10", "1.3800000E+10"])
def test_scientific_notation_that_lost_digits_is_no_phone(written: str):
    assert phone_of(written)[0] == ""


@pytest.mark.parametrize("cell", ["13900000000/138****0000", "138****0000 13900000000", "13900000000*"])
def test_a_whole_number_beside_a_hidden_one_is_taken(cell: str):
    assert phone_of(cell) == ("13900000000", None)


@pytest.mark.parametrize("cell", ["+86 138-0000-0000", "138.0000.0000", "138·0000·0000", "电话 138.0000.0000（本人）"])
def test_a_country_and_dots_between_the_groups_are_no_part_of_a_mobile_number(cell: str):
    assert phone_of(cell) == ("13800000000", None)


def test_a_sum_and_a_day_beside_it_are_no_mobile_number():
    assert mobile_in("欠150.00 2026.9.3") == ""


@pytest.mark.parametrize(
    ("cell", "said"), [("138****0000", "星号"), ("1380000****/139****0001", "星号"), (".0", "位数不对")]
)
def test_what_is_no_whole_number_is_said(cell: str, said: str):
    phone, problem = phone_of(cell)

    assert phone == ""
    assert said in str(problem)


def test_a_wrong_character_is_doubted_and_a_right_number_is_not():
    right = "14112419990203001" + check_character("14112419990203001")
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")

    assert id_number_doubt(right, today=date(2026, 9, 3)) is None
    assert "校验位" in str(id_number_doubt(wrong, today=date(2026, 9, 3)))
    assert id_number_doubt("141124990203001", today=date(2026, 9, 3)) is None


@pytest.mark.parametrize(
    ("cell", "name", "phone"),
    [
        ("张三 13800000000", "张三", "13800000000"),
        ("张三13800000000", "张三", "13800000000"),
        ("张三（13800000000）", "张三", "13800000000"),
        ("张三", "张三", ""),
        ("13800000000", "13800000000", ""),
    ],
)
def test_a_name_and_a_mobile_number_in_one_cell_are_told_apart(cell: str, name: str, phone: str):
    assert name_and_phone(cell) == (name, phone)


@pytest.mark.parametrize("cell", ["x" + "(" * 30_000 + "x", "x" + "()" * 15_000 + "x", "（x" * 15_000 + "）x"])
def test_brackets_without_end_are_no_phone_and_take_no_time(cell: str):
    began = time.process_time()
    assert phone_of(cell)[0] == ""
    assert id_number_of(f"{cell}1")[0] == ""
    assert time.process_time() - began < 2  # it took half a minute


@pytest.mark.parametrize("cell", ["0358-4420000（本人）", "0358-4420000(家里)(本人)", "电话：0358-4420000"])
def test_a_remark_beside_a_phone_is_left_out(cell: str):
    assert phone_of(cell) == ("03584420000", None)
