"""Who must stand back from a lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.leads.recusal import NamesOfLead, may_mean, must_stand_back

NOBODY = NamesOfLead(texts=(), persons=frozenset(), officials=frozenset(), household=frozenset())


def names(**changes: object) -> NamesOfLead:
    values: dict[str, object] = {
        "texts": (),
        "persons": frozenset(),
        "officials": frozenset(),
        "household": frozenset(),
    }
    return NamesOfLead(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("庞有田", "庞有田"),
        ("庞某", "庞有田"),
        ("庞某某", "庞有田"),
        ("庞某甲", "庞有田"),
        ("庞*", "庞有田"),
        ("庞**", "庞有田"),
        ("庞*田", "庞有田"),
        ("庞某田", "庞有田"),
        ("庞××", "庞有田"),
        ("庞XX", "庞有田"),
        ("庞书记", "庞有田"),
        ("庞会计", "庞有田"),
        ("老庞", "庞有田"),
        ("欧阳主任", "欧阳有田"),
    ],
)
def test_a_name_hidden_in_part_may_mean(written: str, name: str):
    assert may_mean(written, name)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("蔡某", "庞有田"),
        ("庞*山", "庞有田"),
        ("庞有地", "庞有田"),
        ("某女士", "庞有田"),
        ("某", "庞有田"),
        ("蔡主任", "庞有田"),
        ("老蔡", "庞有田"),
        ("", "庞有田"),
        ("庞有田的儿子", "庞有田"),
    ],
)
def test_other_names_do_not(written: str, name: str):
    assert not may_mean(written, name)


def test_whom_a_text_names_stands_back_wherever_the_name_stands():
    assert must_stand_back("庞有田", names(texts=("村里的庞有田说过",)), of_the_village=False)
    assert must_stand_back("庞 有田", names(persons=frozenset({"庞有田"})), of_the_village=False)


def test_a_member_of_the_household_stands_back():
    assert must_stand_back("庞有田", names(household=frozenset({"庞有田"})), of_the_village=True)


def test_a_hidden_villager_counts_in_the_village_and_a_hidden_official_everywhere():
    villager = names(persons=frozenset({"庞某"}))
    official = names(persons=frozenset({"庞主任"}), officials=frozenset({"庞主任"}))

    assert must_stand_back("庞有田", villager, of_the_village=True)
    assert not must_stand_back("庞有田", villager, of_the_village=False)
    assert must_stand_back("庞有田", official, of_the_village=False)


def test_an_account_without_a_name_cannot_be_compared():
    assert not must_stand_back(" ", names(texts=("任何人",)), of_the_village=True)


@given(st.text(alphabet="庞蔡有田山某*甲 老书记", max_size=6), st.text(alphabet="庞蔡有田山", min_size=2, max_size=3))
def test_any_writing_can_be_compared_and_a_name_always_means_itself(written: str, name: str):
    may_mean(written, name)

    assert may_mean(name, name)
    assert must_stand_back(name, names(texts=(f"前面{name}后面",)), of_the_village=False)
    assert not must_stand_back(name, NOBODY, of_the_village=True)
