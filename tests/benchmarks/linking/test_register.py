"""The invented register looks like one and is nobody's."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.linking.composition import YEAR
from benchmarks.linking.identity import checksum, invented_phone, wrong_id_number
from benchmarks.linking.register import Register
from domain.failures.errors import ConfigError
from domain.register.household import Household, Relation, Sex


@pytest.fixture(scope="module")
def households(register: Register) -> list[Household]:
    return list(register.households())


def test_the_same_seed_gives_the_same_register_and_another_seed_another(setting, villages, households):
    again = replace(setting).register(villages)
    other = replace(setting, seed=102).register(villages)

    assert list(again.households()) == households
    assert list(other.households()) != households


def test_as_many_persons_are_registered_as_were_asked_for(households):
    count = sum(len(one.persons) for one in households)

    assert 4_000 <= count < 4_000 + 7


def test_household_numbers_are_unique_and_lie_in_their_village(households):
    assert len({one.id for one in households}) == len(households)
    assert all(one.id.startswith(one.village.digits) for one in households)


def test_no_id_number_has_the_right_checksum(register):
    numbers = [
        person.id_number
        for households in (register.households(), register.strangers())
        for one in households
        for person in one.persons
    ]

    assert len(numbers) > 4_000
    assert not any(checksum(number[:17]) == number[17] for number in numbers)


@given(seed=st.integers(), year=st.integers(1920, 2026), sex=st.sampled_from([Sex.MALE, Sex.FEMALE]))
def test_an_id_number_tells_year_and_sex_and_is_never_valid(seed, year, sex):
    number = wrong_id_number(Random(seed), "990121", year, sex)

    assert len(number) == 18
    assert number[6:10] == str(year)
    assert int(number[16]) % 2 == (1 if sex is Sex.MALE else 0)
    assert checksum(number[:17]) != number[17]


def test_a_phone_has_eleven_digits():
    assert all(len(invented_phone(Random(seed))) == 11 for seed in range(200))


def test_households_have_one_head_first_and_at_most_seven_members(households):
    for household in households:
        relations = [person.relation for person in household.persons]
        assert relations[0] is Relation.HEAD
        assert relations.count(Relation.HEAD) == 1
        assert len(relations) <= 7


def test_children_carry_the_fathers_surname_and_spouses_another(households):
    fathers = [one for one in households if one.head.sex is Sex.MALE]

    for household in fathers:
        for person in household.persons:
            if person.relation is Relation.CHILD:
                assert person.name[0] == household.head.name[0]
            if person.relation is Relation.SPOUSE:
                assert person.name[0] != household.head.name[0]
                assert person.sex is Sex.FEMALE


def test_children_are_younger_and_parents_older(households):
    for household in households:
        head = household.head.birth_year
        for person in household.persons:
            if person.relation in (Relation.CHILD, Relation.GRANDCHILD):
                assert person.birth_year > head
            if person.relation is Relation.PARENT:
                assert person.birth_year < head
            assert person.birth_year < YEAR


def test_three_adults_of_five_have_a_phone_and_no_child_has(households):
    persons = [person for one in households for person in one.persons]
    adults = [person for person in persons if YEAR - person.birth_year >= 18]

    assert sum(bool(person.phone) for person in adults) / len(adults) == pytest.approx(0.6, abs=0.04)
    assert not any(person.phone for person in persons if YEAR - person.birth_year < 18)


def test_one_or_two_surnames_cover_about_half_of_a_village(households):
    shares = []
    for village in {one.village for one in households}:
        heads = Counter(one.head.name[0] for one in households if one.village == village)
        if sum(heads.values()) > 100:
            shares.append(sum(count for _, count in heads.most_common(2)) / sum(heads.values()))

    assert len(shares) > 1
    assert all(0.35 < share < 0.8 for share in shares)


def test_groups_are_three_to_eight_and_some_live_at_a_site(households):
    for village in {one.village for one in households}:
        groups = {one.group for one in households if one.village == village}
        assert len(groups) <= 8
    assert any(one.relocation_site for one in households)
    assert not all(one.relocation_site for one in households)


def test_strangers_are_not_registered(register, households):
    strangers = {one.id for one in register.strangers()}

    assert strangers
    assert strangers.isdisjoint({one.id for one in households})


def test_a_list_too_short_for_the_persons_is_refused(setting, villages):
    with pytest.raises(ConfigError, match="容得下"):
        list(replace(setting, persons=10_000_000).register(villages).households())
