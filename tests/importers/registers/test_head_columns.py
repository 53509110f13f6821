"""Below 户主信息 the columns are the head's, and nobody else's in the family."""

import pytest

from importers.headers.header import Column, Header
from importers.headers.vocabulary import plain
from importers.registers.head_columns import of_the_head, of_two_groups

_HEAD, _FAMILY = "户主信息", "家庭成员信息"


@pytest.mark.parametrize(
    ("field", "of_head"),
    [
        ("id_number", "head_id_number"),
        ("phone", "head_phone"),
        ("sex", "head_sex"),
        ("born_on", "head_born_on"),
        ("health", "head_health"),
        ("labour", "head_labour"),
        ("disability_card", "head_disability_card"),
        ("name", "head_name"),
    ],
)
def test_what_stands_below_the_head_is_his(field: str, of_head: str):
    table = header((field, _HEAD), ("name", _FAMILY), (field, _FAMILY))

    known, said = of_the_head(table)

    assert known.places[of_head] == (0,)
    assert known.places[field] == ((1, 2) if field == "name" else (2,))
    assert known.columns == {one: at[0] for one, at in known.places.items()}
    assert said == ""


@pytest.mark.parametrize("group", ["户主基本情况", "户主", "户主个人信息"])
def test_the_group_of_the_head_goes_by_several_names(group: str):
    assert of_the_head(header(("phone", group), ("name", _FAMILY)))[0].columns == {"head_phone": 0, "name": 1}


@pytest.mark.parametrize("group", ["户主及家庭成员信息", "农户信息", "", "与户主关系"])
def test_another_group_is_of_everybody(group: str):
    table = header(("phone", group), ("name", _FAMILY))

    assert of_the_head(table) == (table, "")


def test_a_ledger_of_heads_has_no_other_person():
    table = header(("name", _HEAD), ("phone", _HEAD))

    assert of_the_head(table) == (table, "")


def test_a_group_with_the_relation_is_of_everybody():
    table = header(("phone", _HEAD), ("relation", _HEAD), ("name", _FAMILY))

    assert of_the_head(table) == (table, "")


def test_what_is_said_of_nobody_but_the_head_and_has_no_field_is_left_out_and_told():
    known, said = of_the_head(header(("student", _HEAD), ("name", _FAMILY), ("student", _FAMILY)))

    assert known.places == {"name": (1,), "student": (2,)}
    assert said.startswith("「student」写在户主各列下面")


def test_what_stands_between_the_heads_name_and_the_members_and_returns_is_the_heads():
    fields = ("head_name", "id_number", "household_type", "phone", "name", "relation", "id_number")

    known, _ = of_the_head(header(*((field, "") for field in fields)))

    assert known.places["head_id_number"] == (1,)
    assert (known.places["id_number"], known.places["phone"]) == ((6,), (3,))


def test_a_number_before_the_heads_name_is_not_told_to_be_his():
    table = header(*((field, "") for field in ("id_number", "head_name", "name", "id_number")))

    assert of_the_head(table) == (table, "")


@pytest.mark.parametrize(
    ("groups", "columns"),
    [((_FAMILY, "配偶信息"), (0, 1)), ((_FAMILY, _FAMILY), ()), (("", _FAMILY), ())],
)
def test_id_numbers_below_several_groups_may_be_anybodys(groups: tuple[str, str], columns: tuple[int, ...]):
    assert of_two_groups(header(*(("id_number", group) for group in groups))) == columns


def header(*columns: tuple[str, str]) -> Header:
    """Of fields, each below the group that stands above it; nothing stands above some."""
    found = tuple(Column(at, field, 1.0) for at, (field, _) in enumerate(columns))
    places = {one.field: tuple(other.index for other in found if other.field == one.field) for one in found}
    texts = tuple(field for field, _ in columns)
    lines = {at: group or plain(texts[at]) for at, (_, group) in enumerate(columns)}, {}
    return Header("", 1, 2, {field: at[0] for field, at in places.items()}, texts, found, lines=lines, places=places)
