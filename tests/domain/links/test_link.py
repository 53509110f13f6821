"""What a reason says to a cadre: strong, medium, weak or against; what people said has no weight."""

import math

import pytest

from domain.links.link import OF_REPORTER, Candidate, Strength, WeighedReason, apart_from_reporting
from domain.register.household import HouseholdId


@pytest.mark.parametrize(
    ("weight", "strength"),
    [
        (math.log(20), Strength.STRONG),
        (math.log(19), Strength.MEDIUM),
        (math.log(3), Strength.MEDIUM),
        (1.0, Strength.WEAK),
        (0.0, Strength.WEAK),
        (-0.1, Strength.AGAINST),
        (None, None),
    ],
)
def test_a_weight_is_a_strength(weight: float | None, strength: Strength | None) -> None:
    assert WeighedReason("同村、姓名相同", weight).strength is strength


def test_a_weight_is_how_many_times_as_often() -> None:
    assert WeighedReason("", math.log(60)).times == WeighedReason("", -math.log(60)).times == 60
    assert WeighedReason("", 900.0).times == WeighedReason("", 20.0).times


def test_weights_belong_to_the_reasons_behind_what_people_said() -> None:
    why = ("镇村干部已确认", "同村、姓名相同", "性别与台账不符")
    judged = Candidate(household_id=HouseholdId("a"), probability=1.0, why=why, weights=(4.1, -3.2))
    older = Candidate(household_id=HouseholdId("a"), probability=1.0, why=why)

    assert [reason.weight for reason in judged.reasons] == [None, 4.1, -3.2]
    assert [reason.sentence for reason in judged.reasons] == list(why)
    assert {reason.strength for reason in older.reasons} == {None}


def test_a_household_that_only_reports_is_none_for_whoever_may_not_know_who_petitioned() -> None:
    def candidate(*why: str, weights: tuple[float | None, ...]) -> Candidate:
        return Candidate(household_id=HouseholdId("a"), probability=0.5, why=why, weights=weights)

    reports = candidate(OF_REPORTER, "该户台账中没有文中的姓名", weights=(None, -2.0))
    both = candidate(OF_REPORTER, "同村、姓名相同", weights=(None, 4.1))
    meant = candidate("同村、姓名相同", weights=(4.1,))

    assert apart_from_reporting([reports, both, meant]) == (meant, meant)
