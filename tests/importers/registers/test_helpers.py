"""What stands right of somebody who helps the household is his, until something of the household stands there."""

from dataclasses import replace

import pytest

from importers.headers.header import Column, ForeignColumn, Header
from importers.registers.helpers import without_helpers


@pytest.mark.parametrize("helper", ["帮扶责任人", "帮扶干部", "村级监测员", "签约医生", "包片领导", "村支书"])
def test_a_phone_id_number_or_sex_right_of_a_helper_is_nobodys_of_the_household(helper: str):
    table = header(("phone", "手机"), ("unread", helper), (None, "单位"), ("sex", "性别"), ("phone", "联系电话"))

    kept, said = without_helpers(table)

    assert (kept.columns, kept.places) == ({"phone": 0, "unread": 1}, {"phone": (0,), "unread": (1,)})
    assert "「性别、联系电话」写在帮扶人、监护人等后面" in said


def test_another_field_ends_what_is_a_helpers():
    table = header((None, "帮扶责任人"), ("address", "家庭住址"), ("phone", "联系电话"))

    assert without_helpers(table) == (table, "")


@pytest.mark.parametrize("other", ["帮扶措施", "是否村干部", "入户时间", "就业帮扶", "调查情况"])
def test_a_column_that_names_no_person_has_no_phone(other: str):
    table = header(("unread", other), ("phone", "联系电话"))

    assert without_helpers(table) == (table, "")


def test_a_phone_that_says_itself_that_it_is_the_households_stays():
    table = header((None, "网格员"), ("phone", "农户联系电话"))

    assert without_helpers(table) == (table, "")


def test_a_helper_above_a_group_of_columns_is_the_one_whose_phone_it_is():
    below = header((None, "姓名"), ("phone", "联系电话"))
    table = Header(
        "", 1, 2, below.columns, below.texts, below.found, lines=({0: "帮扶责任人"}, {}), places=below.places
    )

    assert without_helpers(table)[0].columns == {}


@pytest.mark.parametrize(("whose", "said"), [("帮扶单位", "「联系电话」写在帮扶人、监护人等后面"), ("代理律师", "")])
def test_a_column_that_is_known_to_be_a_helpers_is_said_too(whose: str, said: str):
    table = replace(header((None, whose), (None, "联系电话")), foreign=(ForeignColumn(1, "phone", whose),))

    kept, told = without_helpers(table)

    assert kept == table
    assert told.startswith(said)
    assert bool(told) is bool(said)


@pytest.mark.parametrize("phone", ["监护人电话", "监护人联系电话"])
def test_right_of_a_guardians_own_phone_the_next_one_is_the_persons(phone: str):
    table = header(("name", "姓名"), (None, "监护人"), (None, phone), (None, "联系电话"))
    table = replace(table, foreign=(ForeignColumn(3, "phone", phone),))
    read = header(("name", "姓名"), (None, "监护人"), (None, phone), ("phone", "联系电话"))

    assert [without_helpers(one)[0].columns["phone"] for one in (table, read)] == [3, 3]
    assert [without_helpers(one)[1] for one in (table, read)] == ["", ""]


@pytest.mark.parametrize("left", ["监护人", "监护人姓名", "帮扶责任人电话", "监护人身份证号"])
def test_without_a_phone_of_the_guardians_own_the_next_one_may_be_his(left: str):
    read = header(("name", "姓名"), (None, "监护人"), (None, left), ("phone", "联系电话"))

    assert "phone" not in without_helpers(read)[0].columns


def header(*columns: tuple[str | None, str]) -> Header:
    found = tuple(Column(at, field, 1.0) for at, (field, _) in enumerate(columns) if field is not None)
    places = {one.field: tuple(other.index for other in found if other.field == one.field) for one in found}
    texts = tuple(text for _, text in columns)
    return Header("", 1, 1, {field: at[0] for field, at in places.items()}, texts, found, places=places)


@pytest.mark.parametrize("further", ["监护人2", "监护人姓名"])
def test_behind_a_further_guardian_the_next_phone_may_be_his(further: str):
    read = header(("name", "姓名"), (None, "监护人"), (None, "监护人电话"), (None, further), ("phone", "联系电话"))

    assert "phone" not in without_helpers(read)[0].columns
