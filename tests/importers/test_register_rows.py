"""Which risks a row of a register says where each has a column with ticks."""

from collections.abc import Mapping

import pytest

from importers.formats.parts import Row
from importers.header import Column, Header
from importers.register_rows import RowReader
from importers.table_place import TablePlace
from importers.village_names import VillageNames


@pytest.mark.parametrize("field", ["risk", "risk_1", "risk_2", "risk_3", "risk_4", "risk_5"])
def test_a_risk_that_is_written_out_counts_more_than_ticks(field: str):
    values = reader((field, "", "因病", "因残")).values(Row(2, ("因学", "", "√", "√")))

    assert values == {field: "因学"}


def test_a_row_without_ticks_names_no_risk_and_a_short_one_neither():
    below = reader(("name", "因病", "因残"))

    assert below.values(Row(2, ("庞甲", "", "×"))) == below.values(Row(3, ("庞甲",))) == {"name": "庞甲"}


def test_one_column_of_a_risk_alone_is_not_ticked():
    assert reader(("name", "因病", "门牌颜色")).ticked_risks == ()


def test_a_risk_over_both_lines_of_a_header_stands_below_no_group():
    lines = {0: "姓名", 1: "因病", 2: "因残"}, {0: "姓名"}

    assert reader(("name", "因病", "因残"), lines).ticked_risks == ("因病", "因残")


def reader(columns: tuple[str, ...], lines: tuple[Mapping[int, str], ...] = ()) -> RowReader:
    """Of a table with one field that is known, in its first column."""
    field, *texts = columns
    header = Header(
        layout="household_register",
        first_row=1,
        last_row=1,
        columns={field: 0},
        texts=(field, *texts),
        found=(Column(0, field, 1.0),),
        lines=lines,
        places={field: (0,)},
    )
    return RowReader(header, TablePlace("", "台账"), VillageNames([]))
