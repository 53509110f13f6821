"""What lies inside an access scope: a division, and for a department what was transferred to it."""

from dataclasses import replace

import pytest

from domain.access_scope import AccessScope
from domain.household import HouseholdId
from domain.lead import Decision, LeadId, LeadStatus
from storage.lead_filter import LeadFilter
from storage.store import Store
from tests.factories import COUNTY, VILLAGE, household, lead
from tests.fakes import NOON

ALPHA, BETA = AccessScope(COUNTY, "alpha"), AccessScope(COUNTY, "beta")
HERE, GONE = HouseholdId("1411241042020001"), HouseholdId("1411241042020002")


def decided(status: LeadStatus, department: str = "") -> Decision:
    return Decision(
        lead_id=LeadId("one"),
        status=status,
        decided_by="town",
        decided_at=NOON,
        reason="x",
        department=department,
    )


TO_ALPHA, TO_BETA = (decided(LeadStatus.TO_DEPARTMENT, one) for one in ("alpha", "beta"))


@pytest.mark.parametrize(
    ("decisions", "alpha", "beta"),
    [
        pytest.param((), False, False, id="not transferred"),
        pytest.param((TO_ALPHA,), True, False, id="transferred"),
        pytest.param((TO_ALPHA, decided(LeadStatus.TO_DEPARTMENT)), True, False, id="carried out"),
        pytest.param((TO_ALPHA, decided(LeadStatus.REPORTED_BACK)), True, False, id="reported back"),
        pytest.param((TO_ALPHA, decided(LeadStatus.CLOSED)), True, False, id="closed"),
        pytest.param((TO_ALPHA, decided(LeadStatus.VISITING)), False, False, id="taken back"),
        pytest.param((TO_ALPHA, decided(LeadStatus.VISITING), TO_BETA), False, True, id="to another one"),
        pytest.param((TO_ALPHA, TO_BETA), False, True, id="passed on"),
    ],
)
def test_a_department_sees_what_is_with_it(store: Store, decisions: tuple[Decision, ...], alpha: bool, beta: bool):
    with store.unit_of_work() as work:
        work.leads.add(lead("one"))
        for decision in decisions:
            work.decisions.append(decision)

        seen = [work.leads.inside(LeadId("one"), scope) is not None for scope in (ALPHA, BETA)]
        counted = [work.leads.count(LeadFilter(scope=scope)) == 1 for scope in (ALPHA, BETA)]

    assert seen == counted == [alpha, beta]


def test_what_becomes_of_other_leads_takes_none_away_from_a_department(store: Store):
    with store.unit_of_work() as work:
        for name in ("one", "two"):
            work.leads.add(lead(name, matter=name))
        work.decisions.append(TO_ALPHA)
        work.decisions.append(replace(decided(LeadStatus.VISITING), lead_id=LeadId("two")))

        assert [one.lead.id for one in work.leads.feed(LeadFilter(scope=ALPHA))] == ["one"]
        assert work.leads.inside(LeadId("one"), ALPHA) is not None


def test_a_department_without_a_name_sees_nothing(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead("one"))
        work.decisions.append(decided(LeadStatus.TO_DEPARTMENT))

        assert work.leads.inside(LeadId("one"), AccessScope(COUNTY, "")) is None


def test_a_department_sees_the_household_of_its_lead_and_no_other(store: Store):
    with store.unit_of_work() as work:
        work.registry.import_households([household(HERE), household(GONE)], file="a", file_sha256="0", at=NOON)
        work.leads.add(replace(lead("one"), household_id=HERE))
        work.decisions.append(TO_ALPHA)

        assert set(work.registry.households([HERE, GONE], inside=ALPHA)) == {HERE}
        assert work.registry.households([HERE, GONE], inside=BETA) == {}
        assert set(work.registry.households([HERE, GONE], inside=AccessScope(VILLAGE))) == {HERE, GONE}
