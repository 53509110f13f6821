"""Risk points."""

from dataclasses import replace

from domain.household import HouseholdId
from domain.lead import Decision, LeadStatus
from domain.risk_point import AlertLevel
from domain.vocabulary import Scope
from pipeline.policy.tables import load_policy
from pipeline.risk_points import cluster
from tests.factories import COUNTY, OTHER_VILLAGE, document, lead, view
from tests.fakes import NOON

POLICY = load_policy().risk_points


def views(count: int, **changes: object) -> list:
    return [
        view(lead(f"lead-{index}", matter=f"cluster:{index}", **changes), document(f"X{index}"))
        for index in range(count)
    ]


def test_three_matters_of_one_village_and_cause_are_yellow():
    points, cells = cluster(views(3), POLICY, NOON)

    assert [point.level for point in points] == [AlertLevel.YELLOW]
    assert points[0].matter_count == 3
    assert cells == 1


def test_two_matters_are_no_risk_point():
    assert cluster(views(2), POLICY, NOON) == ([], 1)


def test_matters_of_different_villages_are_not_added_up():
    points, _ = cluster([*views(2), *views(2, region=OTHER_VILLAGE)], POLICY, NOON)

    assert points == []


def test_many_texts_of_one_matter_count_once():
    repeated = view(lead(matter="household:1"), *(document(f"X{index}") for index in range(40)))

    assert cluster([repeated], POLICY, NOON)[0] == []


def test_one_text_about_a_whole_village_is_yellow():
    points, _ = cluster(views(1, scope=Scope.AREA), POLICY, NOON)

    assert [point.level for point in points] == [AlertLevel.YELLOW]


def test_thirty_matters_are_red():
    assert cluster(views(30), POLICY, NOON)[0][0].level is AlertLevel.RED


def test_what_people_found_untrue_is_not_counted():
    dismissed = Decision(
        lead_id=lead().id, status=LeadStatus.NOT_CONFIRMED, decided_by="w", decided_at=NOON, reason="核实不属实"
    )
    found = [replace(one, decisions=(dismissed,)) for one in views(3)]

    assert cluster(found, POLICY, NOON) == ([], 0)


def test_leads_without_a_village_make_no_risk_point():
    assert cluster(views(5, region=COUNTY), POLICY, NOON) == ([], 0)


def test_a_household_is_counted_once():
    found = views(3, household_id=HouseholdId("1411241042020001"))

    assert cluster(found, POLICY, NOON)[0][0].household_count == 1
