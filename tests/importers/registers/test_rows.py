"""Which risks a row of a register says where each has a column with ticks."""

from collections.abc import Mapping

import pytest

from domain.places.place import Place
from domain.places.region import RegionCode
from importers.formats.parts import Row
from importers.headers.header import Column, Header
from importers.places.village_names import VillageNames
from importers.registers.rows import RowReader
from importers.table_place import TablePlace
from importers.words.register_words import register_words


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


@pytest.mark.parametrize(("risks", "says"), [(("因病", "因残"), True), (("因病", "门牌颜色"), False)])
def test_a_table_with_ticks_says_of_every_household_what_its_risks_are(risks: tuple[str, ...], says: bool):
    below = reader(("household_id", "village_code", "head_name", *risks), known=3)
    row = Row(2, ("A1", "141124104202", "庞甲", "", ""))

    assert ("risk" in below.read(row, below.values(row)).columns) is says


@pytest.mark.parametrize(
    ("relation", "told"),
    [("户主", ("男", "13800000000")), ("配偶", ("", ""))],
)
def test_what_is_of_the_head_is_nobody_elses(relation: str, told: tuple[str, str]):
    below = reader(("household_id", "village_code", "name", "relation", "head_sex", "head_phone"), known=6)
    row = Row(2, ("A1", "141124104202", "庞甲", relation, "男", "13800000000"))

    person = below.read(row, below.values(row)).person

    assert (person.sex, person.phone) == (register_words().sex(told[0]), told[1])


@pytest.mark.parametrize(
    ("column", "written", "told"),
    [
        ("head_health", "残疾", ("health", "残疾")),
        ("head_labour", "无劳动力", ("labour", "无劳动力")),
        ("head_born_on", "1964-05-06", ("birth_year", 1964)),
    ],
)
@pytest.mark.parametrize("relation", ["户主", "配偶"])
def test_a_column_about_the_head_says_something_in_his_row_alone(
    column: str, written: str, told: tuple[str, object], relation: str
):
    below = reader(("household_id", "village_code", "name", "relation", column), known=5)
    row = Row(2, ("A1", "141124104202", "庞甲", relation, written))

    person = below.read(row, below.values(row)).person

    assert (getattr(person, told[0]) == told[1]) is (relation == "户主")


@pytest.mark.parametrize(
    ("cells", "health"),
    [
        (("庞甲", "", "庞甲", "残疾"), "残疾"),
        (("庞甲", "", "庞 甲", "残疾"), "残疾"),
        (("庞甲（小名狗娃）", "", "庞甲", "残疾"), "残疾"),
        (("庞甲", "户主", "", "残疾"), "残疾"),
        (("李乙", "", "庞甲", "残疾"), ""),
        (("李乙", "户主", "庞甲", "残疾"), ""),
        (("庞甲", "配偶", "庞甲", "残疾"), ""),
    ],
)
def test_the_columns_about_the_head_are_of_who_has_his_name(cells: tuple[str, ...], health: str):
    below = reader(("household_id", "village_code", "name", "relation", "head_name", "head_health"), known=6)
    row = Row(2, ("A1", "141124104202", *cells))

    assert below.read(row, below.values(row)).person.health == health


def test_what_is_said_of_everybody_counts_more_than_the_column_about_the_head():
    below = reader(("household_id", "village_code", "name", "relation", "health", "head_health"), known=6)
    row = Row(2, ("A1", "141124104202", "庞甲", "户主", "健康", "残疾"))

    assert below.read(row, below.values(row)).person.health == "健康"


def test_a_remark_on_what_is_said_of_the_head_names_its_column():
    below = reader(("household_id", "village_code", "head_name", "head_disability_card"), known=4)
    row = Row(2, ("A1", "141124104202", "庞甲", "12"))

    (problem,) = below.read(row, below.values(row)).problems

    assert (problem.column, problem.reason[:5]) == ("head_disability_card", "残疾人证号")


def reader(columns: tuple[str, ...], lines: tuple[Mapping[int, str], ...] = (), known: int = 1) -> RowReader:
    """Of a table whose first columns are known by the names of their fields."""
    header = Header(
        layout="household_register",
        first_row=1,
        last_row=1,
        columns={field: at for at, field in enumerate(columns[:known])},
        texts=columns,
        found=tuple(Column(at, field, 1.0) for at, field in enumerate(columns[:known])),
        lines=lines,
        places={field: (at,) for at, field in enumerate(columns[:known])},
    )
    village = Place(code=RegionCode("141124104202"), name="庞家庄村委会")
    return RowReader(header, TablePlace("", "台账"), VillageNames([village]))
