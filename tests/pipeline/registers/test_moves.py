"""Households that stay as they were bring those between which and them somebody moves."""

from domain.register.household import HouseholdId
from pipeline.registers.moves import held_back
from pipeline.registers.persons import Place, Traced

A, B, C, D = (HouseholdId(number) for number in ("01", "02", "03", "04"))


def move(left: HouseholdId, joined: HouseholdId) -> Traced:
    return Traced(Place(left, 0), Place(joined, 0), by_id_number=True)


def test_both_ends_of_a_move_are_held_and_one_brings_the_next():
    moves = [move(A, B), move(C, B), move(C, C), move(D, D)]

    assert held_back(moves, {A}) == {B: A, C: B}
    assert held_back(moves, {B}) == {A: B, C: B}


def test_nothing_is_held_where_every_household_changes_or_nobody_moves():
    assert held_back([move(A, B)], {D}) == {}
    assert held_back([move(A, A), move(B, B)], {A}) == {}
