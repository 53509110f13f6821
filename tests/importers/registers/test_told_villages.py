"""A sheet of households that tells their villages, and one of their members that does not."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from importers.registers.registry import RegistryFile, read_registry
from importers.registers.told_villages import BY_HOUSEHOLD
from tests.factories import OTHER_VILLAGE, VILLAGE

_HOUSEHOLDS = (
    ("户编号", "村代码", "户主姓名"),
    ("01", VILLAGE.digits, "庞甲"),
    ("02", OTHER_VILLAGE.digits, "薛乙"),
)
_HEADER = ("户编号", "姓名", "与户主关系")
_MEMBERS = (_HEADER, ("01", "庞甲", "户主"), ("01", "李丙", "配偶"), ("02", "薛乙", "户主"))


def delivered(folder: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> RegistryFile:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for cells in rows:
            page.append(list(cells))
    path = folder / "户和人.xlsx"
    book.save(path)
    return read_registry(path, places=(), today=date(2026, 9, 20))


def test_members_are_where_the_sheet_of_households_says(tmp_path: Path) -> None:
    read = delivered(tmp_path, {"户信息": _HOUSEHOLDS, "人员信息": _MEMBERS})

    told = {one.id: (one.village, [person.name for person in one.persons]) for one in read.households}
    assert told == {"01": (VILLAGE, ["庞甲", "李丙"]), "02": (OTHER_VILLAGE, ["薛乙"])}
    assert [one.reason for one in read.warnings] == [BY_HOUSEHOLD]
    assert not any(one.may_lack_members for one in read.entries)


def test_who_is_in_no_household_of_that_sheet_is_refused(tmp_path: Path) -> None:
    read = delivered(tmp_path, {"户信息": _HOUSEHOLDS, "人员信息": (*_MEMBERS, ("03", "乔丁", "户主"))})

    assert [(one.row, one.reason[:4]) for one in read.problems] == [(5, "没有填村")]
    assert len(read.households) == 2


@pytest.mark.parametrize(
    "members",
    [
        pytest.param((*_MEMBERS[:3], ("02", "乔丁", "户主")), id="another head has the number"),
        pytest.param((_HEADER, ("01", "李丙", "配偶")), id="no head among them"),
        pytest.param(tuple(one[:2] for one in _MEMBERS), id="nobody's relation"),
    ],
)
def test_members_of_whom_it_is_not_sure_that_they_are_theirs_are_refused(
    tmp_path: Path, members: Sequence[Sequence[str]]
) -> None:
    read = delivered(tmp_path, {"户信息": _HOUSEHOLDS, "人员信息": members})

    assert len(read.problems) == len(members) - 1
    assert {one.reason[:4] for one in read.problems} == {"没有填村"}


def test_a_number_of_two_villages_tells_none(tmp_path: Path) -> None:
    households = (*_HOUSEHOLDS, ("01", OTHER_VILLAGE.digits, "乔丁"))

    read = delivered(tmp_path, {"户信息": households, "人员信息": (*_MEMBERS[:1], *_MEMBERS[3:], _MEMBERS[2])})

    assert (4 - 1, "没有填村") in [(one.row, one.reason[:4]) for one in read.problems]


@pytest.mark.parametrize(
    ("members", "doubtful"),
    [
        pytest.param(_MEMBERS[:3], ["01"], id="a household of the file has no member"),
        pytest.param((*_MEMBERS[:1], *_MEMBERS[2:]), ["01"], id="its head is not among them"),
    ],
)
def test_a_sheet_that_may_list_some_persons_only_is_known_as_such(
    tmp_path: Path, members: Sequence[Sequence[str]], doubtful: Sequence[str]
) -> None:
    read = delivered(tmp_path, {"户信息": _HOUSEHOLDS, "残疾人": members})

    assert [one.household.id for one in read.entries if one.may_lack_members] == doubtful


@pytest.mark.parametrize("sheet", ["疑似死亡人员", "监测减少", "含迁出人口"])
def test_who_is_on_a_sheet_that_may_be_of_those_that_left_is_taken_into_no_household(
    tmp_path: Path, sheet: str
) -> None:
    gone = (_HEADER, ("01", "庞甲", "户主"), ("01", "庞老汉", "父亲"))

    read = delivered(tmp_path, {"户信息": _HOUSEHOLDS, "人员信息": _MEMBERS, sheet: gone})

    assert [one.name for one in read.households[0].persons] == ["庞甲", "李丙"]
    assert [(one.sheet, one.row) for one in read.problems] == [(sheet, 2), (sheet, 3)]


def test_a_head_that_changed_keeps_no_other_household_out(tmp_path: Path) -> None:
    households = (*_HOUSEHOLDS, ("03", VILLAGE.digits, "乔丁"))
    members = (*_MEMBERS, ("03", "冯戊", "户主"), ("03", "乔己", "之子"))

    read = delivered(tmp_path, {"户信息": households, "人员信息": members})

    told = {one.id: [person.name for person in one.persons] for one in read.households}
    assert told == {"01": ["庞甲", "李丙"], "02": ["薛乙"], "03": ["乔丁"]}
    assert [one.row for one in read.problems] == [5, 6]
    assert "03" in read.partly_read
