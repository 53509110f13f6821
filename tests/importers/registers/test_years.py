"""Columns of several years side by side: the latest that is no plan is read."""

import pytest

from importers.headers.header import Column, Header
from importers.registers.years import of_latest_year


@pytest.mark.parametrize("word", ["计划", "预计", "预期", "预测", "目标", "拟增"])
def test_a_plan_is_never_the_latest_year(word: str):
    kept, year = of_latest_year(header(("income", "2026年收入"), ("income", f"2027年{word}收入")))

    assert (kept.columns, kept.places, year) == ({"income": 0}, {"income": (0,)}, "2026年")
    assert [column.index for column in kept.found] == [0]


@pytest.mark.parametrize("other", ["编码12025", "编码20251", "目标收入"])
def test_a_column_without_a_year_keeps_all_columns_of_its_field(other: str):
    side_by_side = header(("income", "2026年收入"), ("income", other))

    assert of_latest_year(side_by_side) == (side_by_side, "")


def test_what_stands_once_or_has_no_years_says_nothing_of_the_latest():
    kept, year = of_latest_year(
        header(
            ("identified_on", "2027年识别时间"),
            ("phone", "电话"),
            ("phone", "手机"),
            ("income", "2025年收入"),
            ("income", "2026年收入"),
        )
    )

    assert (kept.places, year) == ({"identified_on": (0,), "phone": (1, 2), "income": (4,)}, "2026年")


def test_a_year_and_one_of_its_months_are_no_earlier_and_later():
    side_by_side = header(("income", "2026年9月收入"), ("income", "2026年收入"))

    assert of_latest_year(side_by_side) == (side_by_side, "")


def header(*columns: tuple[str, str]) -> Header:
    places: dict[str, tuple[int, ...]] = {}
    for at, (field, _) in enumerate(columns):
        places[field] = (*places.get(field, ()), at)
    return Header(
        layout="household_register",
        first_row=1,
        last_row=1,
        columns={field: found[0] for field, found in places.items()},
        texts=tuple(text for _, text in columns),
        found=tuple(Column(at, field, 1.0) for at, (field, _) in enumerate(columns)),
        places=places,
    )
