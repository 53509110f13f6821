"""Risk points."""

from dataclasses import replace

import pytest

from domain.accounts.access_scope import AccessScope
from domain.counting.risk_point import AlertLevel
from domain.leads.lead import Decision, LeadStatus
from domain.register.household import HouseholdId
from domain.words.vocabulary import Scope
from pipeline.leads.risk_points import cluster, find_risk_points
from pipeline.policy.tables import load_policy
from storage.store import Store
from tests.factories import COUNTY, OTHER_VILLAGE, document, lead, view
from tests.fakes import NOON, FakeClock

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


def decided(*statuses: LeadStatus) -> list:
    steps = [
        Decision(lead_id=lead().id, status=one, decided_by="w", decided_at=NOON, reason="到家里看过")
        for one in statuses
    ]
    return [replace(one, decisions=tuple(steps)) for one in views(3)]


@pytest.mark.parametrize("last", [LeadStatus.REPORTED_BACK, LeadStatus.CLOSED])
def test_what_people_found_untrue_does_not_count_again_once_the_source_has_its_answer(last: LeadStatus):
    assert cluster(decided(LeadStatus.NOT_CONFIRMED, last), POLICY, NOON) == ([], 0)
    assert cluster(decided(LeadStatus.CONFIRMED, last), POLICY, NOON)[1] == 1


def test_what_is_worked_on_again_counts_again():
    reopened = decided(LeadStatus.NOT_CONFIRMED, LeadStatus.CLOSED, LeadStatus.VISITING)

    assert cluster(reopened, POLICY, NOON)[1] == 1


def test_an_alert_is_shown_until_a_later_computation_finds_none(store: Store, clock: FakeClock):
    with store.unit_of_work() as work:
        for one in views(3):
            work.leads.add(one.lead)
        work.commit()
    assert find_risk_points(store, POLICY, COUNTY, clock).done == 1
    with store.reading() as work:
        assert len(work.risk_points.latest(AccessScope(COUNTY))) == 1

    clock.move(days=POLICY.window_days + 1)

    assert find_risk_points(store, POLICY, COUNTY, clock).done == 0
    with store.reading() as work:
        assert work.risk_points.latest(AccessScope(COUNTY)) == []


def test_leads_without_a_village_make_no_risk_point():
    assert cluster(views(5, region=COUNTY), POLICY, NOON) == ([], 0)


def test_a_household_is_counted_once():
    found = views(3, household_id=HouseholdId("1411241042020001"))

    assert cluster(found, POLICY, NOON)[0][0].household_count == 1
