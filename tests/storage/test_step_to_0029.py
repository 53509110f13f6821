"""The step to revision 0029 and back: what was told stays told, and others may be told of the same day."""

from dataclasses import replace
from datetime import date

from domain.leads.lead import LeadId
from domain.leads.reminder import LeadReminder, ReminderKind
from domain.leads.workflow import Deadline
from domain.words.vocabulary import Role
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import OTHER_VILLAGE, VILLAGE, lead
from tests.fakes import NOON
from tests.storage.steps import step_down

FIRST = LeadReminder(
    lead_id=LeadId("a"),
    region=VILLAGE,
    kind=ReminderKind.SOON,
    deadline=Deadline.VISIT,
    due_on=date(2026, 11, 25),
    role=Role.VILLAGE,
    at=NOON,
)
ABOVE = replace(FIRST, kind=ReminderKind.TO_TOWN, role=Role.TOWN)
MOVED = replace(FIRST, region=OTHER_VILLAGE)


def told(store: Store) -> list[LeadReminder]:
    with store.reading() as work:
        return [one for _, one in work.lead_reminders.since(0, limit=9)]


def test_the_steps_down_and_up_leave_every_lead_told_of_and_let_others_be_told(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.leads.add(lead("a"))
        assert all(work.lead_reminders.add(one) for one in (FIRST, ABOVE, MOVED))
        work.commit()

    step_down(database_url, "0028")
    assert told(store) == [ABOVE, MOVED]
    upgrade(database_url, KEY)
    step_down(database_url, "0028")
    upgrade(database_url, KEY)

    assert told(store) == [ABOVE, MOVED]
    with store.unit_of_work() as work:
        assert not work.lead_reminders.add(MOVED)
        assert work.lead_reminders.add(FIRST)
