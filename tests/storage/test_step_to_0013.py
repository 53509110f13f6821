"""The step to revision 0013 and back: the way of a lead."""

from dataclasses import replace

from sqlalchemy import create_engine, text

from domain.accounts.account import Account
from domain.leads.lead import Assignment, Decision, LeadStatus
from domain.leads.step import Step
from domain.words.vocabulary import Role
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import COUNTY, TOWN, lead
from tests.fakes import NOON
from tests.storage.steps import step_down

DECISION = Decision(
    lead_id=lead().id,
    status=LeadStatus.TO_DISCIPLINE,
    decided_by="clerk",
    decided_at=NOON,
    reason="按规定转送",
    step=Step.MEASURE,
    signed=True,
    measures="已转",
)
ACCOUNT = Account(
    username="health",
    display_name="卫健局",
    role=Role.DEPARTMENT,
    region=COUNTY,
    password_hash="x",
    created_at=NOON,
    department="health",
)


def test_what_came_before_keeps_its_days_and_later_steps_become_the_nearest_known(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.leads.add(lead())
        work.decisions.append(DECISION)
        work.accounts.add(ACCOUNT)
        work.assignments.append(
            Assignment(
                lead_id=lead().id,
                holder=Role.TOWN,
                assignee="town",
                assigned_by="system",
                assigned_at=NOON,
                reason="按分派表派办",
            )
        )
        assert work.decisions.of(lead().id) == [DECISION]
        assert work.accounts.get("health") == ACCOUNT
        work.commit()

    step_down(database_url, "0012")
    upgrade(database_url, KEY)

    with store.unit_of_work() as work:
        view = work.leads.get(lead().id)
        assert view is not None
        day = lead().due.decide
        assert view.lead.due == replace(lead().due, measure=day, report_back=day)
        assert (view.status, view.assignment) == (LeadStatus.CLOSED, None)
        assert (view.decisions[0].step, view.decisions[0].measures, view.decisions[0].signed) == (None, "", None)
        account = work.accounts.get("health")
        assert account is not None
        assert (account.role, account.disabled, account.department) == (Role.AUDITOR, True, "")
        work.leads.set_due(lead().id, replace(lead().due, visit=day), NOON)
        assert work.leads.earlier_due(lead().id) == view.lead.due


def test_every_status_goes_back_to_one_that_was_known_before(store: Store, database_url: str):
    known = {"new", "assigned", "visiting", "confirmed", "partly_confirmed", "not_confirmed", "already_known"}
    with store.unit_of_work() as work:
        for status in LeadStatus:
            work.leads.add(lead(status.value))
            work.decisions.append(replace(DECISION, lead_id=lead(status.value).id, status=status))
        work.leads.add(lead("town", region=TOWN))
        work.commit()

    step_down(database_url, "0012")

    engine = create_engine(database_url)
    with engine.connect() as connection:
        found = set(connection.scalars(text("SELECT status FROM decisions")))
    engine.dispose()
    assert found <= known | {"not_here", "duplicate", "closed"}
