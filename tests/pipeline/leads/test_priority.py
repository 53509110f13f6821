"""Why one lead stands above another."""

import pytest

from domain.register.household import MonitoringRecord
from domain.risk import Risk
from domain.words.vocabulary import MonitoringCategory, Scope
from pipeline.leads.priority import Standing, assess
from pipeline.policy.tables import load_policy
from tests.factories import household, person
from tests.fakes import reading

POLICY = load_policy().priority


def standing(*risks: Risk, **changes: object) -> Standing:
    values: dict[str, object] = {
        "risks": frozenset(risks or {Risk.ILLNESS}),
        "urgent": False,
        "scope": Scope.HOUSEHOLD,
        "readings": (reading(Risk.ILLNESS),),
        "voices": 1,
        "times": 1,
        "household": None,
        "year": 2026,
        **changes,
    }
    return Standing(**values)  # type: ignore[arg-type]


def points(**changes: object) -> int:
    return assess(standing(**changes), POLICY)[0]


def test_the_points_are_the_sum_of_the_reasons_shown():
    total, reasons = assess(standing(Risk.ILLNESS, Risk.HOUSING, urgent=True, voices=3), POLICY)

    assert total == sum(reason.points for reason in reasons)
    assert all(reason.reason for reason in reasons)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"urgent": True}, id="urgent"),
        pytest.param({"voices": 2}, id="reported again"),
        pytest.param({"times": 2}, id="brought in again"),
        pytest.param({"scope": Scope.AREA}, id="a whole village"),
        pytest.param({"household": household()}, id="linked to a household"),
        pytest.param({"risks": frozenset({Risk.ILLNESS, Risk.HOUSING})}, id="a second category"),
    ],
)
def test_what_makes_a_visit_more_pressing_raises_the_lead(change: dict[str, object]):
    assert points(**change) > points()


def test_a_cleared_household_that_shows_risk_again_stands_above_one_under_monitoring():
    cleared = MonitoringRecord(category=MonitoringCategory.UNSTABLE, risks=("因病",), removed=True)
    watched = MonitoringRecord(category=MonitoringCategory.UNSTABLE, risks=("因病",))

    assert points(household=household(monitoring=(cleared,))) > points(household=household(monitoring=(watched,)))


def test_an_old_person_living_alone_is_named():
    alone = household("1411241042020009", person(birth_year=1940))

    _, reasons = assess(standing(household=alone), POLICY)

    assert any("独居老人" in reason.reason for reason in reasons)


def test_repeats_are_capped_so_that_loudness_does_not_outweigh_danger():
    assert points(voices=50) < points(urgent=True)
