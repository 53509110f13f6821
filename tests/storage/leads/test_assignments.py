"""Who has which lead, on both databases."""

from dataclasses import replace
from datetime import timedelta

from domain.leads.lead import Assignment, Decision, LeadEvidence, LeadId, LeadMove, LeadStatus
from domain.leads.reminder import LeadReminder, ReminderKind
from domain.leads.workflow import Deadline
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, lead
from tests.fakes import NOON

LATER = NOON + timedelta(hours=1)


def given(lead_id: str, name: str = "li") -> Assignment:
    return Assignment(
        lead_id=LeadId(lead_id),
        holder=Role.VILLAGE,
        assignee=name,
        assigned_by="system",
        assigned_at=NOON,
        reason="按分派表派办",
    )


def assigned(work: UnitOfWork, lead_id: str, name: str = "li", status: LeadStatus = LeadStatus.ASSIGNED) -> None:
    work.leads.add(lead(lead_id))
    work.assignments.append(given(lead_id, name))
    decision = Decision(lead_id=LeadId(lead_id), status=status, decided_by="system", decided_at=NOON, reason="x")
    work.decisions.append(decision)


def test_the_latest_assignment_counts(store: Store):
    with store.unit_of_work() as work:
        assigned(work, "a")
        work.assignments.append(given("a", "wang"))

        view = work.leads.get(LeadId("a"))
        assert view is not None
        assert view.assignment == given("a", "wang")
        assert work.assignments.of(LeadId("a")) == [given("a"), given("a", "wang")]
        assert work.assignments.open_of_each() == {"wang": 1}


def test_what_nobody_of_its_holders_level_sees_needs_somebody(store: Store):
    with store.unit_of_work() as work:
        for name, region, holder in (
            ("seen", VILLAGE, Role.VILLAGE),
            ("raised", TOWN, Role.VILLAGE),
            ("seen by the town", VILLAGE, Role.TOWN),
            ("raised high", COUNTY, Role.TOWN),
            ("handed up", COUNTY, Role.LEADER),
        ):
            assigned(work, name)
            work.leads.move(
                LeadMove(
                    lead_id=LeadId(name),
                    household_before=None,
                    household_after=None,
                    region_before=VILLAGE,
                    region_after=region,
                    matter_before="x",
                    matter_after="y",
                    moved_at=NOON,
                    reason="台账更新",
                )
            )
            work.assignments.append(replace(given(name, ""), holder=holder))

        assert work.assignments.to_assign(["li"], after="", limit=10) == ["raised", "raised high"]


def test_what_needs_somebody_is_found_and_nothing_else(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead("new"))
        assigned(work, "kept")
        assigned(work, "done", status=LeadStatus.CONFIRMED)
        assigned(work, "shut", name="gone")
        assigned(work, "text")
        text = LeadEvidence(
            lead_id=LeadId("text"), document_id=document().id, risks=lead().risks, urgent=False, added_at=LATER
        )
        work.leads.add_evidence(text)
        assigned(work, "moved")
        work.leads.move(
            LeadMove(
                lead_id=LeadId("moved"),
                household_before=None,
                household_after=None,
                region_before=VILLAGE,
                region_after=VILLAGE,
                matter_before="x",
                matter_after="y",
                moved_at=LATER,
                reason="改户",
            )
        )
        assigned(work, "anew", status=LeadStatus.NEW)

        assert work.assignments.to_assign(["li"], after="", limit=9) == ["anew", "moved", "new", "shut", "text"]
        assert work.assignments.to_assign(["li"], after="new", limit=1) == ["shut"]
        assert work.assignments.open_of_each() == {"li": 4, "gone": 1}


def test_texts_that_left_and_came_at_a_moment_are_known(store: Store):
    evidence = LeadEvidence(
        lead_id=LeadId("a"), document_id=document().id, risks=lead().risks, urgent=False, added_at=NOON
    )
    with store.unit_of_work() as work:
        for name in "ab":
            work.leads.add(lead(name))
        work.leads.add_evidence(evidence)
        work.leads.leave(LeadId("a"), document().id, LATER)
        work.leads.add_evidence(replace(evidence, lead_id=LeadId("b"), added_at=LATER))

        assert work.leads.left_at(LeadId("a"), LATER) == [evidence]
        assert work.leads.left_at(LeadId("a"), NOON) == []
        assert work.leads.came_at(LeadId("b"), LATER) == {document().id}
        work.leads.add_evidence(replace(evidence, added_at=LATER))
        assert work.leads.left_at(LeadId("a"), LATER) == []
        assert work.leads.came_at(LeadId("a"), LATER) == {document().id}


def overdue(username: str = "") -> LeadReminder:
    return LeadReminder(
        lead_id=LeadId("a"),
        region=VILLAGE,
        kind=ReminderKind.OVERDUE,
        deadline=Deadline.VISIT,
        due_on=lead().due.visit,
        role=Role.VILLAGE,
        username=username,
        at=NOON,
    )


def test_a_reminder_is_written_once(store: Store):
    reminder = overdue("li")
    with store.unit_of_work() as work:
        work.leads.add(lead("a"))

        assert work.lead_reminders.add(reminder)
        assert not work.lead_reminders.add(replace(reminder, at=LATER))
        assert work.lead_reminders.add(replace(reminder, kind=ReminderKind.TO_TOWN, role=Role.TOWN, username=""))
        assert [one for _, one in work.lead_reminders.since(0, limit=1)] == [reminder]


def test_who_has_a_lead_after_it_moved_is_reminded_of_the_same_day(store: Store):
    first = overdue()
    above = replace(first, kind=ReminderKind.TO_TOWN, role=Role.TOWN)
    county = replace(first, kind=ReminderKind.TO_COUNTY, role=Role.LEADER)
    elsewhere = RegionCode("141124105201")
    with store.unit_of_work() as work:
        work.leads.add(lead("a"))
        assert all(work.lead_reminders.add(one) for one in (first, above, county))

        assert work.lead_reminders.add(replace(first, region=OTHER_VILLAGE))
        assert not work.lead_reminders.add(replace(first, region=OTHER_VILLAGE, at=LATER))
        assert not work.lead_reminders.add(first)
        assert not work.lead_reminders.add(replace(above, region=OTHER_VILLAGE))
        assert work.lead_reminders.add(replace(above, region=elsewhere))
        assert not work.lead_reminders.add(replace(county, region=elsewhere))
        assert work.lead_reminders.add(replace(first, region=TOWN, role=Role.TOWN))


def test_another_department_and_another_person_are_reminded_of_the_same_day(store: Store):
    named = overdue("li")
    everybody = replace(named, kind=ReminderKind.SOON, username="")
    health = replace(named, deadline=Deadline.MEASURE, role=Role.DEPARTMENT, username="", department="health")
    with store.unit_of_work() as work:
        work.leads.add(lead("a"))
        assert all(work.lead_reminders.add(one) for one in (named, everybody, health))

        assert work.lead_reminders.add(replace(named, username="wang"))
        assert not work.lead_reminders.add(replace(named, username="wang", at=LATER))
        assert not work.lead_reminders.add(named)
        assert not work.lead_reminders.add(replace(everybody, username="li"))
        assert work.lead_reminders.add(replace(health, department="civil"))
        assert not work.lead_reminders.add(health)
