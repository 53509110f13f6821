"""What a department is told of leads that it has no more."""

from datetime import timedelta

import pytest

from domain.accounts.access_scope import AccessScope
from domain.accounts.account import Account
from domain.leads.lead import Decision, LeadId, LeadStatus
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.databases import statements_asked
from tests.factories import COUNTY, VILLAGE, lead
from tests.fakes import NOON

HEALTH = AccessScope(COUNTY, "health")
BEFORE = NOON - timedelta(days=30)


@pytest.fixture
def store_of_leads(store: Store) -> Store:
    with store.unit_of_work() as work:
        for name in ("kept", "taken", "given_back", "long_ago", "never"):
            work.leads.add(lead(name, region=VILLAGE, matter=name))
        own = Account(
            username="own",
            display_name="own",
            role=Role.DEPARTMENT,
            region=COUNTY,
            password_hash="x",
            created_at=NOON,
            department="health",
        )
        work.accounts.add(own)
        for name, days, by in (("taken", 1, "town"), ("given_back", 1, "own"), ("long_ago", 40, "town")):
            decide(work, name, LeadStatus.TO_DEPARTMENT, days + 5, "town", "health")
            decide(work, name, LeadStatus.VISITING, days, by)
        decide(work, "kept", LeadStatus.TO_DEPARTMENT, 3, "town", "health")
        decide(work, "never", LeadStatus.TO_DEPARTMENT, 3, "town", "housing")
        decide(work, "never", LeadStatus.VISITING, 2, "town")
        work.commit()
    return store


def decide(work: UnitOfWork, name: str, status: LeadStatus, days_ago: int, by: str, department: str = "") -> None:
    made = Decision(
        lead_id=LeadId(name),
        status=status,
        decided_by=by,
        decided_at=NOON - timedelta(days=days_ago),
        reason="",
        department=department,
    )
    work.decisions.append(made)


def test_it_is_told_what_others_took_back_lately_and_nothing_else(store_of_leads: Store):
    with store_of_leads.reading() as work:
        [gone] = work.withdrawn_leads.since(HEALTH, BEFORE)

    assert (gone.lead_id, gone.at, gone.transferred_at) == (
        "taken",
        NOON - timedelta(days=1),
        NOON - timedelta(days=6),
    )


def test_transfers_are_found_by_their_index_and_no_other_decision_is_read(sqlite_store: Store):
    with sqlite_store.reading() as work:
        with statements_asked() as asked:
            work.withdrawn_leads.since(HEALTH, BEFORE)
        [query] = [one for one in asked if "DISTINCT decisions.lead_id" in one]
        connection = work.withdrawn_leads._session.connection
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("x",) * query.count("?")).all()

    assert any("USING INDEX decisions_of_department" in row[3] for row in plan)


@pytest.mark.parametrize(
    "scope", [AccessScope(COUNTY), AccessScope(COUNTY, ""), AccessScope(RegionCode("141125"), "health")]
)
def test_nobody_else_is_told(store_of_leads: Store, scope: AccessScope):
    with store_of_leads.reading() as work:
        assert work.withdrawn_leads.since(scope, BEFORE) == []


def test_what_came_back_to_it_is_told_no_more(store_of_leads: Store):
    with store_of_leads.unit_of_work() as work:
        decide(work, "taken", LeadStatus.TO_DEPARTMENT, 0, "town", "health")
        assert work.withdrawn_leads.since(HEALTH, BEFORE) == []
