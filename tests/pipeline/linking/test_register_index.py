"""The index finds who has a name, who has nearly it, and whom a partial name may mean; it survives being kept."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from domain.places.region import Level, RegionCode
from domain.register.household import HouseholdId
from pipeline.linking.index_building import build_index
from pipeline.linking.names import MISSPELT, agreement
from pipeline.linking.register_index import Registered, RegisterIndex
from tests.pipeline.linking.households import HERE, THERE, TOWN


def _index(*rows: tuple[str, RegionCode, str]) -> RegisterIndex:
    return build_index(Registered(HouseholdId(number), village, name) for number, village, name in rows)


def _names(index: RegisterIndex, persons: list[int]) -> list[str]:
    return sorted(index.name_of(person) for person in persons)


def test_namesakes_are_found_with_their_household_and_village() -> None:
    index = _index(("b", THERE, "庞建国"), ("a", HERE, "庞建国"), ("a", HERE, "李秀英"))

    found = index.named("庞建国")

    assert {(index.household_of(person), index.village_of(person)) for person in found} == {("a", HERE), ("b", THERE)}
    assert index.named("无此人") == []
    assert index.households_named("庞建国") == {"a", "b"}


def test_names_that_sound_alike_or_differ_in_one_character_are_near() -> None:
    index = _index(
        *((str(number), HERE, name) for number, name in enumerate(["庞健国", "庞建军", "薛建国", "庞卫东", "庞建国"]))
    )

    assert _names(index, index.misspelt("庞建国", [TOWN])) == ["庞健国", "庞建军", "薛建国"]


def test_two_characters_are_only_compared_by_sound() -> None:
    index = _index(("a", HERE, "李强"), ("b", HERE, "李墙"), ("c", HERE, "王强"))

    assert _names(index, index.misspelt("李强", [HERE])) == ["李墙"]


def test_a_misspelt_name_is_looked_for_inside_its_divisions_and_one_of_the_same_sound_everywhere() -> None:
    index = _index(("a", HERE, "庞健国"), ("b", THERE, "庞件国"), ("c", THERE, "庞建军"))

    assert _names(index, index.misspelt("庞建国", [HERE])) == ["庞健国"]
    assert _names(index, index.sounding("庞建国")) == ["庞件国", "庞健国"]


def test_a_partial_name_is_looked_for_inside_its_division_only() -> None:
    index = _index(("a", HERE, "庞建国"), ("b", THERE, "庞卫东"), ("c", HERE, "薛改花"))

    assert _names(index, index.agreeing("庞某某", HERE)) == ["庞建国"]
    assert _names(index, index.agreeing("庞某某", TOWN)) == ["庞卫东", "庞建国"]
    assert index.agreeing("庞某某", RegionCode("141124105")) == []


def test_an_empty_register_knows_nobody() -> None:
    index = _index()

    assert index.named("庞建国") == index.misspelt("庞建国", [TOWN]) == index.agreeing("庞某某", HERE) == []


def test_the_index_is_the_same_from_its_arrays() -> None:
    index = _index(("a", HERE, "庞建国"), ("b", THERE, "李秀英"))

    again = RegisterIndex(**index.arrays())  # type: ignore[arg-type]

    assert again.named("李秀英") == index.named("李秀英")
    assert all(np.array_equal(own, again.arrays()[name]) for name, own in index.arrays().items())


_VILLAGES = st.sampled_from([HERE, THERE, RegionCode("141124105201")])
_NAMES = st.builds("".join, st.tuples(st.sampled_from("庞李"), st.text(alphabet="建健国果秀", min_size=1, max_size=2)))
_ROWS = st.lists(st.tuples(st.sampled_from("abcdef"), _VILLAGES, _NAMES), max_size=20)


@given(_ROWS, _NAMES)
def test_every_person_is_found_by_the_own_name_and_by_no_other(
    rows: list[tuple[str, RegionCode, str]], name: str
) -> None:
    index = _index(*rows)

    assert len(index.named(name)) == sum(other == name for _, _, other in rows)
    near = {index.name_of(person) for person in index.misspelt(name, [RegionCode("141124")])}
    assert near == {other for _, _, other in rows if agreement(name, other) in MISSPELT}


@given(_ROWS, _VILLAGES)
def test_a_division_has_its_own_people(rows: list[tuple[str, RegionCode, str]], village: RegionCode) -> None:
    index = _index(*rows)

    for division in (village, village.ancestor(Level.TOWN), village.ancestor(Level.COUNTY)):
        assert len(index.persons_of(division)) == sum(division.contains(home) for _, home, _ in rows)


def test_a_surname_that_too_many_have_means_nobody() -> None:
    index = build_index(Registered(HouseholdId(name), HERE, name) for name in ("庞建国", "庞健", "庞小军", "薛改花"))

    assert len(index.agreeing("庞某某", HERE, most=3)) == 3
    assert index.agreeing("庞某某", HERE, most=2) == []
    assert len(index.agreeing("庞*国", HERE, most=2)) == 1
