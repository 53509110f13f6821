"""Months, births, sums and words of registers, whatever is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.register.household import Sex
from domain.register.id_number import born_on, check_character, eighteen, has_right_check, sex_of
from domain.words.vocabulary import MonitoringCategory
from importers.registers.values import (
    birth_of,
    count_of,
    is_left_out,
    listed,
    month_of,
    phone_of_household,
    registered_number,
    sum_of,
)
from importers.values.identifiers import phone_of
from importers.words.register_words import register_words

_OWN, _OTHER = "13900001111", "13900002222"


@pytest.mark.parametrize(
    ("text", "listed_as"),
    [
        ('["因病","因残"]', "因病、因残"),
        ('["因病"]', "因病"),
        ("[]", ""),
        ("因病、因残", "因病、因残"),
        ('["因病",', '["因病",'),
        ("[1, 3]", "[1, 3]"),
        ('[{"risk": "因病"}]', '[{"risk": "因病"}]'),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_a_list_of_json_becomes_words_and_nothing_else_does(text: str, listed_as: str):
    assert listed(text) == listed_as


@pytest.mark.parametrize(
    "text",
    [
        f"{_OTHER}（邻居）",
        f"{_OTHER}（村支书代）",
        f"{_OTHER}(帮扶人李某)",
        f"邻居{_OTHER}",
        f"邻居王某：{_OTHER}",
        "139-0000-2222（邻居-张某）",
        f"村主任 {_OTHER}",
    ],
)
def test_the_one_phone_of_a_cell_that_is_somebody_elses_is_left_out_and_said(text: str):
    phone, reason = phone_of_household(text)

    assert (phone, is_left_out(text)) == ("", True)
    assert "没有当作这一户的" in (reason or "")


@pytest.mark.parametrize(
    "text",
    [
        _OWN,
        f"{_OWN}（长子）",
        f"{_OWN}（本人）、{_OTHER}",
        f"庞建国 {_OWN}",
        f"{_OWN}（本人是村民小组长）",
        f"{_OWN} 邻居{_OTHER}",
        f"{_OWN}（长子，在村委上班）",
        f"{_OWN}（儿子，县医院医生）",
        f"{_OWN}（邻村亲戚家，本人使用）",
        f"{_OWN}（邻居代接，本人使用）",
        f"{_OWN} （工作队已核实）",
        f"{_OWN}(本人){_OTHER}(村支书)",
        f"李文书{_OWN}",
    ],
)
def test_a_phone_of_the_family_is_theirs_whatever_stands_beside(text: str):
    assert (phone_of_household(text), is_left_out(text)) == (phone_of(text), False)
    assert phone_of(text)[0] == _OWN


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("202203", date(2022, 3, 1)),
        ("2022年3月", date(2022, 3, 1)),
        ("2022-03-15", date(2022, 3, 1)),
        ("20220315", date(2022, 3, 1)),
        ("２０２２．３", date(2022, 3, 1)),
        ("2022", None),
        ("202213", None),
        ("44941", date(2023, 1, 1)),
        ("44941.0", date(2023, 1, 1)),
        ("36500", date(1999, 12, 1)),
        ("55000", date(2050, 7, 1)),
        ("36499", None),
        ("55001", None),
        ("去年", None),
        ("", None),
    ],
)
def test_a_month_is_read_or_none(text: str, month: date | None):
    assert month_of(text) == month


@pytest.mark.parametrize(
    ("text", "value"),
    [("20,000.50", 20000.5), ("3000元", 3000.0), ("-12", -12.0), ("2万", None), ("1 2", None), ("", None)],
)
def test_a_sum_is_read_or_none(text: str, value: float | None):
    assert sum_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("4人", 4), ("4.0", 4), ("8个月", 8), ("3-4人", None), ("半年", None), ("", None)]
)
def test_a_count_is_read_or_none(text: str, value: int | None):
    assert count_of(text) == value


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.from_regex(r"[0-9]{4}.[0-9]{1,2}.[0-9]{1,2}")))
def test_whatever_stands_in_a_cell_is_read_or_said(cell: str | float):
    birth = birth_of(cell)
    assert birth.day is None or birth.day.year == birth.year
    registered_number(cell)
    for read in (month_of, sum_of, count_of):
        read(str(cell))


@given(st.text(max_size=20))
def test_words_are_understood_or_not_and_nothing_breaks(text: str):
    words = register_words()
    words.relation(text)
    words.category(text)
    words.answer(text)
    assert all(word for word, _ in (*words.risks_in(text), *words.causes_in(text)))


@pytest.mark.parametrize(("text", "answer"), [("是", True), ("√", True), ("否", False), ("未参保", False), ("", None)])
def test_answers(text: str, answer: bool | None):
    assert register_words().answer(text) is answer


def test_a_named_insurance_is_a_yes_and_an_unknown_word_is_no_answer():
    assert register_words().answer("城乡居民医保", named=True) is True
    assert register_words().answer("城乡居民医保") is None


def test_categories_are_known_with_what_stands_in_brackets():
    assert register_words().category("边缘易致贫户（风险已消除）") is MonitoringCategory.MARGINAL
    assert register_words().category("低保户") is None


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_an_old_number_becomes_the_new_one_of_the_same_person(day: date, serial: int):
    old = f"999999{day:%y%m%d}{serial:03d}"
    new = eighteen(old)
    assert has_right_check(new)
    assert born_on(old) == born_on(new) == day
    assert sex_of(new) is (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(st.from_regex(r"999999(19|20)[0-9]{2}[0-9]{7}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(first: str, place: int, shift: int):
    number = first + check_character(first)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert has_right_check(number)
    assert not has_right_check(wrong)
