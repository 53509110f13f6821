"""What a delivery changed, told by people and not by numbers."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.register.household import Household, HouseholdId, Person, Relation, Sex
from domain.register.register_change import HouseholdChangeKind, PersonChangeKind, RegisterDiff, Succession
from pipeline.registers.diff import register_diff
from tests.factories import OTHER_VILLAGE, VILLAGE, household, person

Register = dict[HouseholdId, Household]


def register(*households: Household) -> Register:
    return {one.id: one for one in households}


def diff(before: Register, after: Register) -> RegisterDiff:
    """As the import does it: only what differs is compared."""
    return register_diff(
        {key: one for key, one in before.items() if after.get(key) != one},
        {key: one for key, one in after.items() if before.get(key) != one},
        {},
        year=2026,
    )


def kinds(found: RegisterDiff) -> dict[str, HouseholdChangeKind]:
    return {change.household_id: change.kind for change in found.households}


def succession(found: RegisterDiff, number: str) -> Succession:
    return next(one for one in found.successions if one.household_id == number)


HEAD, WIFE = person("庞甲甲", birth_year=1950), person("李乙乙", Relation.SPOUSE, birth_year=1952, sex=Sex.FEMALE)
SON, SONS_WIFE = (
    person("庞丙丙", Relation.CHILD, birth_year=1978),
    person("王丁丁", Relation.CHILD_IN_LAW, birth_year=1980, sex=Sex.FEMALE),
)
FAMILY = household("1", HEAD, WIFE, SON, SONS_WIFE)
OTHERS = household("2", person("刘戊戊", birth_year=1960))


def test_the_same_register_changes_nothing():
    found = diff(register(FAMILY, OTHERS), register(FAMILY, OTHERS))

    assert found == RegisterDiff(added=(), replaced=(), gone=(), households=(), persons=(), successions=())


def test_a_birth_a_death_and_a_marriage_are_told_apart():
    child = person("庞新新", Relation.GRANDCHILD, birth_year=2026)
    married = person("赵己己", Relation.CHILD_IN_LAW, birth_year=1990, sex=Sex.FEMALE)
    found = diff(register(FAMILY), register(replace(FAMILY, persons=(HEAD, SON, SONS_WIFE, child, married))))

    assert kinds(found) == {"1": HouseholdChangeKind.CHANGED}
    assert {(one.kind, one.masked_name) for one in found.persons} == {
        (PersonChangeKind.BORN, "庞**"),
        (PersonChangeKind.JOINED, "赵**"),
        (PersonChangeKind.LEFT, "李**"),
    }
    assert found.successions == ()


def test_a_household_with_another_number_is_moved_and_its_number_leads_to_the_new_one():
    found = diff(register(FAMILY), register(replace(FAMILY, id=HouseholdId("9"))))

    assert kinds(found) == {"1": HouseholdChangeKind.MOVED}
    assert found.persons == ()
    step = succession(found, "1")
    assert (step.successors, step.clear, step.same_people) == (("9",), True, True)


def test_numbers_that_all_move_on_by_one_lead_each_household_to_its_own_people():
    after = register(replace(FAMILY, id=HouseholdId("2")), replace(OTHERS, id=HouseholdId("3")), household("1"))

    found = diff(register(FAMILY, OTHERS), after)

    assert [(one.household_id, one.successors, one.clear) for one in found.successions] == [
        ("1", ("2",), True),
        ("2", ("3",), True),
    ]


def test_a_son_who_sets_up_his_own_household_splits_it_and_the_number_stays_with_the_parents():
    found = diff(
        register(FAMILY),
        register(
            replace(FAMILY, persons=(HEAD, WIFE)), household("5", replace(SON, relation=Relation.HEAD), SONS_WIFE)
        ),
    )

    assert kinds(found) == {"1": HouseholdChangeKind.SPLIT}
    assert found.successions == ()


def test_a_household_that_falls_into_two_equal_halves_leads_nowhere_without_a_person():
    found = diff(register(FAMILY), register(household("5", HEAD, WIFE), household("6", SON, SONS_WIFE)))

    assert kinds(found) == {"1": HouseholdChangeKind.SPLIT}
    step = succession(found, "1")
    assert (set(step.successors), step.clear) == ({"5", "6"}, False)


def test_a_widow_who_moves_in_with_others_is_merged_and_they_are_not_the_same_people():
    widow = household("1", WIFE)
    found = diff(register(widow, OTHERS), register(replace(OTHERS, persons=(*OTHERS.persons, WIFE))))

    assert kinds(found) == {"1": HouseholdChangeKind.MERGED, "2": HouseholdChangeKind.CHANGED}
    step = succession(found, "1")
    assert (step.successors, step.clear, step.same_people) == (("2",), True, False)


def test_nobody_left_is_gone():
    found = diff(register(FAMILY, OTHERS), register(FAMILY))

    assert kinds(found) == {"2": HouseholdChangeKind.GONE}
    assert [(one.kind, one.before) for one in found.persons] == [(PersonChangeKind.LEFT, "2")]
    assert found.successions == ()


def test_the_same_number_with_nobody_of_before_is_not_trusted():
    stranger = household("2", person("孙庚庚", birth_year=2001, sex=Sex.FEMALE))

    step = succession(diff(register(OTHERS), register(stranger)), "2")

    assert (step.successors, step.clear) == (("2",), False)


def test_a_number_that_nobody_had_for_a_while_and_others_have_now_is_not_trusted():
    found = register_diff({}, register(OTHERS), {OTHERS.id: replace(FAMILY, id=OTHERS.id)}, year=2026)

    assert kinds(found) == {"2": HouseholdChangeKind.NEW}
    [others] = found.successions
    assert (others.household_id, others.successors, others.clear, others.same_people) == ("2", ("2",), False, False)


def test_a_number_that_anybody_of_before_is_back_under_is_his():
    back = replace(FAMILY, persons=(replace(SON, name="庞炳炳"), person("赵己己", birth_year=1990)))

    assert register_diff({}, register(back), register(FAMILY), year=2026).successions == ()


def test_a_name_that_was_corrected_is_the_same_person():
    found = diff(register(OTHERS), register(household("2", person("刘戍戍", birth_year=1960))))

    assert (found.persons, found.successions) == ((), ())


def test_a_namesake_of_the_same_age_in_another_village_is_not_followed_without_more():
    alone = household("1", HEAD)
    elsewhere = household("8", HEAD, village=OTHER_VILLAGE)
    numbered = replace(HEAD, id_number="141124195001010000")

    assert not succession(diff(register(alone), register(elsewhere)), "1").clear
    assert succession(
        diff(register(replace(alone, persons=(numbered,))), register(replace(elsewhere, persons=(numbered,)))), "1"
    ).clear


def test_two_different_id_numbers_are_two_people_whatever_the_name():
    before = household("1", replace(HEAD, id_number="141124195001010000"))
    after = household("8", replace(HEAD, id_number="141124195001010011"))

    found = diff(register(before), register(after))

    assert kinds(found) == {"1": HouseholdChangeKind.GONE, "8": HouseholdChangeKind.NEW}


def test_two_who_fit_alike_are_both_left_alone():
    found = diff(register(household("1", HEAD)), register(household("8", HEAD), household("9", HEAD)))

    assert kinds(found)["1"] is HouseholdChangeKind.GONE


def test_a_household_that_lives_in_another_village_now_is_moved():
    found = diff(register(FAMILY), register(replace(FAMILY, village=OTHER_VILLAGE)))

    assert kinds(found) == {"1": HouseholdChangeKind.MOVED}
    assert found.successions == ()


_people = st.builds(
    lambda name, year, sex, number: person(name, birth_year=year, sex=sex, id_number=number),
    st.sampled_from(["庞甲甲", "庞乙乙", "李丙丙", "王丁丁", "刘戊戊"]),
    st.sampled_from([None, 1950, 1978, 2026]),
    st.sampled_from(list(Sex)),
    st.sampled_from(["", "", "141124195001010000", "141124197801010011", "141124202601010020"]),
)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    members: Iterable[tuple[str, list[Person]]] = draw(
        st.dictionaries(st.sampled_from("123456"), st.lists(_people, min_size=1, max_size=4), max_size=5)
    ).items()
    villages = st.sampled_from([VILLAGE, OTHER_VILLAGE])
    return register(*(household(number, *persons, village=draw(villages)) for number, persons in members))


@given(before=registers(), after=registers())
def test_a_diff_applied_to_the_old_register_gives_the_new_one(before: Register, after: Register):
    found = diff(before, after)

    applied = {key: one for key, one in before.items() if key not in found.gone}
    applied |= register(*found.added, *found.replaced)
    assert applied == after


@given(before=registers(), after=registers())
def test_everybody_is_told_of_at_most_once_and_every_number_that_ended_has_a_fate(before: Register, after: Register):
    found = diff(before, after)

    left = [one for one in found.persons if one.kind is PersonChangeKind.LEFT]
    came = [one for one in found.persons if one.kind in {PersonChangeKind.BORN, PersonChangeKind.JOINED}]
    moved = [one for one in found.persons if one.kind is PersonChangeKind.MOVED]
    count = lambda side: sum(len(one.persons) for one in side.values())  # noqa: E731
    assert count(after) - count(before) == len(came) - len(left)
    assert all(one.before != one.after for one in moved)
    told = [change.household_id for change in found.households]
    assert len(told) == len(set(told))
    assert set(found.gone) <= set(told)
    assert all(set(one.successors) <= after.keys() for one in found.successions)


@pytest.mark.parametrize("kind", list(HouseholdChangeKind))
def test_every_kind_is_counted_even_when_there_is_none(kind: HouseholdChangeKind):
    assert diff({}, {}).counts()[kind] == 0
