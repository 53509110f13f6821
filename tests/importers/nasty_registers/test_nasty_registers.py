"""Nasty registers, each with exactly what has to come of it."""

from datetime import date
from pathlib import Path

import pytest

from domain.failures.errors import FileError
from domain.places.place import Place
from domain.places.region import RegionCode
from domain.register.register_entry import HouseholdEntry
from importers.registers.registry import RegistryFile, read_registry
from tests.importers.nasty.builders import add_picture, book, xlsx
from tests.importers.nasty.cases import Problem
from tests.importers.nasty_registers import again, cards, clerks, families, groups, layouts, marks, outsiders, rows
from tests.importers.nasty_registers.cases import HEADER, NastyRegister, line

REGISTERS = (
    *again.REGISTERS,
    *cards.REGISTERS,
    *clerks.REGISTERS,
    *families.REGISTERS,
    *groups.REGISTERS,
    *layouts.REGISTERS,
    *marks.REGISTERS,
    *outsiders.REGISTERS,
    *rows.REGISTERS,
)
_TODAY = date(2026, 11, 24)
PLACES = [
    Place(code=RegionCode(code), name=name)
    for code, name in (
        ("141124104", "克虎镇"),
        ("141124106", "三交镇"),
        ("141124104202", "庞家庄村委会"),
        ("141124104203", "蔡家洼村委会"),
        ("141124104210", "重名村委会"),
        ("141124106210", "重名村委会"),
    )
]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_a_nasty_register_comes_out_exactly_so(register: NastyRegister, tmp_path: Path):
    path = register.build(tmp_path)
    if register.refused:
        with pytest.raises(FileError) as raised:
            read_registry(path, places=PLACES, today=_TODAY)
        assert register.refused in str(raised.value)
        return

    read = read_registry(path, places=PLACES, today=_TODAY)

    assert people(read) == dict(register.households)
    assert [problem(one) for one in read.problems] == list(register.rejected)
    assert [problem(one) for one in read.warnings] == list(register.warnings)
    assert read.is_of_monitored is register.of_monitored
    assert register.unnumbered in (None, read.unnumbered_rows)
    first = said(read.entries[0]) if register.says else {}
    assert {name: first[name] for name in register.says} == dict(register.says)
    villages = {one.id: one.village.digits for one in read.households}
    assert villages == {**villages, **register.villages}


def test_names_of_the_registers_are_told_apart():
    assert len({one.name for one in REGISTERS}) == len(REGISTERS)


def people(read: RegistryFile) -> dict[str, str]:
    return {one.id: " ".join(person.name for person in one.persons) for one in read.households}


def problem(one: object) -> Problem:
    return one.sheet, one.row, one.column, one.reason, one.value  # type: ignore[attr-defined]


def said(entry: HouseholdEntry) -> dict[str, object]:
    """Everything that a case may ask of a household, by the name of the field."""
    found: dict[str, object] = {"only_head": entry.only_head}
    head, second = entry.household.persons[0], entry.household.persons[-1]
    sources = (
        entry.facts.income,
        entry.facts,
        *entry.household.monitoring[:1],
        entry.household,
        entry.persons[0],
        head,
    )
    for source in sources:
        found |= {name: getattr(source, name) for name in source.__slots__}
    return found | {f"second_{name}": getattr(second, name) for name in second.__slots__}


def test_whoever_watches_hears_of_every_row_of_every_table(tmp_path: Path):
    path = book(
        {
            "一": [HEADER, *(line(str(number)) for number in range(1, 702))],
            "二": [HEADER, *(line(f"9{number}") for number in range(3))],
        }
    )(tmp_path)
    told: list[int] = []

    read_registry(path, places=PLACES, today=_TODAY, progress=told.append)

    assert told == [500, 201, 3]


def test_a_picture_in_a_register_refuses_nobody(tmp_path: Path):
    path = xlsx([HEADER, line()], change=add_picture)(tmp_path)

    read = read_registry(path, places=PLACES, today=_TODAY)

    assert len(read.entries) == 1
    assert read.unnumbered_rows == 0
    assert ["里面有1张图片" in one.reason for one in read.warnings] == [True]
