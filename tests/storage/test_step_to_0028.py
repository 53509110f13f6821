"""The step to revision 0028 and back: a visit in vain reads as one that was begun where nobody knows of it."""

from dataclasses import replace
from datetime import date

from domain.leads.lead import Decision, LeadId, LeadStatus
from domain.leads.reminder import LeadReminder, ReminderKind
from domain.leads.step import Step
from domain.leads.workflow import Deadline
from domain.words.vocabulary import Role
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import VILLAGE, lead
from tests.fakes import NOON
from tests.storage.entries import entries
from tests.storage.steps import step_down

TRIED = Decision(
    lead_id=LeadId("a"),
    status=LeadStatus.VISITED_IN_VAIN,
    decided_by="village",
    decided_at=NOON,
    reason="锁门",
    visited_on=date(2026, 11, 20),
    step=Step.VISIT_IN_VAIN,
)


def test_the_steps_down_and_up_leave_every_visit(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.leads.add(lead("a"))
        work.decisions.append(TRIED)
        for kind in (ReminderKind.SOON, ReminderKind.IN_VAIN_TO_TOWN):
            work.lead_reminders.add(reminder(kind))
        work.commit()
    assert [one.days_in_vain for one in entries(database_url)] == [1]

    step_down(database_url, "0027")
    upgrade(database_url, KEY)

    [entry] = entries(database_url)
    assert (entry.status, entry.days_in_vain) == ("visiting", 0)
    with store.reading() as work:
        assert work.decisions.of(LeadId("a")) == [replace(TRIED, status=LeadStatus.VISITING, step=Step.VISIT)]
        assert [one.kind for _, one in work.lead_reminders.since(0, limit=9)] == [ReminderKind.SOON]


def reminder(kind: ReminderKind) -> LeadReminder:
    return LeadReminder(
        lead_id=LeadId("a"),
        region=VILLAGE,
        kind=kind,
        deadline=Deadline.VISIT,
        due_on=date(2026, 11, 25),
        role=Role.TOWN,
        at=NOON,
    )
