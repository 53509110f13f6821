"""Who is told of what is due, and that it is told once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.leads.lead import Assignment, Decision, LeadStatus
from domain.leads.reminder import LeadReminder, ReminderKind
from domain.leads.step import Step
from domain.leads.workflow import Deadline
from domain.words.vocabulary import Role
from pipeline.leads.remind import remind, reminders_of
from pipeline.policy.tables import load_policy
from storage.store import Store
from tests.factories import COUNTY, OTHER_VILLAGE, VILLAGE, document, lead, lead_move, view
from tests.fakes import NOON, FakeClock

DAYS = load_policy().workflow.reminders
DUE = lead().due.visit


def decided(status: LeadStatus, **changes: object) -> Decision:
    values: dict[str, object] = {
        "lead_id": lead().id,
        "status": status,
        "decided_by": "li",
        "decided_at": NOON,
        "reason": "x",
    }
    return Decision(**{**values, **changes})  # type: ignore[arg-type]


def told(
    status: LeadStatus, days_late: int, *, held: Assignment | None = None, **changes: object
) -> list[LeadReminder]:
    standing = replace(view(lead(), document()), decisions=(decided(status, **changes),), assignment=held)
    return list(reminders_of(standing, DAYS, DUE + timedelta(days=days_late), NOON))


def held_by(role: Role, name: str = "") -> Assignment:
    return Assignment(
        lead_id=lead().id, holder=role, assignee=name, assigned_by="system", assigned_at=NOON, reason="按分派表"
    )


@pytest.mark.parametrize(
    ("days_late", "kinds"),
    [
        (-1, [(ReminderKind.SOON, Role.VILLAGE)]),
        (0, [(ReminderKind.SOON, Role.VILLAGE)]),
        (1, [(ReminderKind.OVERDUE, Role.VILLAGE)]),
        (2, [(ReminderKind.OVERDUE, Role.VILLAGE), (ReminderKind.TO_TOWN, Role.TOWN)]),
        (
            9,
            [
                (ReminderKind.OVERDUE, Role.VILLAGE),
                (ReminderKind.TO_TOWN, Role.TOWN),
                (ReminderKind.TO_COUNTY, Role.LEADER),
            ],
        ),
    ],
)
def test_a_late_visit_goes_up_from_village_to_town_to_county(days_late: int, kinds: list[tuple[ReminderKind, Role]]):
    found = told(LeadStatus.ASSIGNED, days_late, held=held_by(Role.VILLAGE, "v1"))

    assert [(one.kind, one.role) for one in found] == kinds
    assert found[0].username == "v1"
    assert {one.deadline for one in found} == {Deadline.VISIT}


TRIED = Decision(
    lead_id=lead().id,
    status=LeadStatus.VISITED_IN_VAIN,
    decided_by="li",
    decided_at=NOON,
    reason="锁门",
    step=Step.VISIT_IN_VAIN,
)


def tried(*days: int) -> tuple[Decision, ...]:
    return tuple(replace(TRIED, visited_on=date(2026, 11, day)) for day in days)


@pytest.mark.parametrize(
    ("days", "held", "above"),
    [
        ((20,), Role.VILLAGE, []),
        ((20, 20, 20), Role.VILLAGE, []),
        ((20, 21), Role.VILLAGE, [Role.TOWN]),
        ((20, 21, 23), Role.VILLAGE, [Role.TOWN, Role.LEADER]),
        ((20, 21, 23), Role.TOWN, [Role.LEADER]),
        ((20, 21, 23), Role.LEADER, []),
    ],
)
def test_where_nobody_was_met_day_after_day_those_above_are_told_before_it_is_late(
    days: tuple[int, ...], held: Role, above: list[Role]
):
    standing = replace(view(lead(), document()), decisions=tried(*days), assignment=held_by(held))
    found = list(reminders_of(standing, DAYS, DUE - timedelta(days=9), NOON))

    assert [one.role for one in found] == above
    assert {one.deadline for one in found} <= {Deadline.VISIT}


def test_of_a_door_that_stays_shut_the_county_is_told_once_though_nothing_is_due(sqlite_store: Store):
    clock = FakeClock()
    far = replace(lead().due, pass_on=date(2027, 1, 1), visit=date(2027, 1, 1))
    with sqlite_store.unit_of_work() as work:
        work.leads.add(lead(due=far))
        for one in tried(20, 21, 22):
            work.decisions.append(one)
        work.commit()

    first = remind(sqlite_store, DAYS, COUNTY, clock)

    assert (first.seen, first.details) == (1, {"in_vain_to_town": 1, "in_vain_to_county": 1})
    assert remind(sqlite_store, DAYS, COUNTY, clock).seen == 0


@pytest.mark.parametrize(
    ("status", "deadline", "role"),
    [
        (LeadStatus.CONFIRMED, Deadline.DECIDE, Role.TOWN),
        (LeadStatus.NOT_CONFIRMED, Deadline.REPORT_BACK, Role.TOWN),
        (LeadStatus.HANDLED_ABOVE, Deadline.VISIT, Role.LEADER),
        (LeadStatus.TO_DISCIPLINE, Deadline.REPORT_BACK, Role.CLERK),
    ],
)
def test_each_step_has_somebody_who_owes_it(status: LeadStatus, deadline: Deadline, role: Role):
    [found] = told(status, 1)

    assert (found.deadline, found.role, found.kind) == (deadline, role, ReminderKind.OVERDUE)


def test_what_went_to_discipline_inspection_is_never_told_to_those_below():
    for status in (LeadStatus.HANDLED_ABOVE, LeadStatus.TO_DISCIPLINE):
        for days_late in range(-2, 30):
            found = told(status, days_late, held=held_by(Role.VILLAGE, "v1"))
            assert {one.role for one in found} <= {Role.CLERK, Role.LEADER}


def test_a_department_is_told_of_its_measure_and_the_town_of_the_answer():
    [first] = told(LeadStatus.TO_DEPARTMENT, 1, department="health")
    [second] = told(LeadStatus.TO_DEPARTMENT, 1, department="health", measures="已送医")

    assert (first.role, first.department, first.deadline) == (Role.DEPARTMENT, "health", Deadline.MEASURE)
    assert (second.role, second.deadline) == (Role.TOWN, Deadline.REPORT_BACK)


@pytest.mark.parametrize("status", [LeadStatus.REPORTED_BACK, LeadStatus.CLOSED, LeadStatus.MERGED])
def test_nothing_is_owed_of_what_is_done(status: LeadStatus):
    assert told(status, 99) == []


def test_everybody_is_told_once_and_again_when_the_days_are_new(sqlite_store: Store):
    clock = FakeClock()
    today = date(2026, 11, 24)
    late = replace(lead().due, pass_on=today - timedelta(days=1))
    with sqlite_store.unit_of_work() as work:
        work.leads.add(lead("late", due=late))
        work.leads.add(lead("later", due=replace(late, pass_on=today + timedelta(days=9))))
        work.commit()

    first = remind(sqlite_store, DAYS, COUNTY, clock)
    again = remind(sqlite_store, DAYS, COUNTY, clock)

    assert (first.seen, first.done, first.details) == (1, 1, {"overdue": 1})
    assert (again.seen, again.done) == (0, 0)
    with sqlite_store.unit_of_work() as work:
        work.leads.set_due(lead("late").id, replace(late, pass_on=today), clock.now())
        work.commit()
    assert remind(sqlite_store, DAYS, COUNTY, clock).details == {"soon": 1}
    with sqlite_store.reading() as work:
        written = work.lead_reminders.since(0, limit=10)
        assert [one.kind for _, one in written] == [ReminderKind.OVERDUE, ReminderKind.SOON]
        assert work.lead_reminders.since(written[0][0], limit=10) == written[1:]


def test_the_village_that_a_lead_moved_to_is_told_of_the_day_that_the_other_was_told_of(sqlite_store: Store):
    clock = FakeClock()
    late = replace(lead().due, visit=date(2026, 11, 23))
    with sqlite_store.unit_of_work() as work:
        work.leads.add(lead("late", due=late))
        work.decisions.append(decided(LeadStatus.ASSIGNED, lead_id=lead("late").id))
        work.commit()
    assert remind(sqlite_store, DAYS, COUNTY, clock).details == {"overdue": 1}

    with sqlite_store.unit_of_work() as work:
        work.leads.move(lead_move(lead("late"), OTHER_VILLAGE, clock.now(), matter="x"))
        work.commit()

    assert remind(sqlite_store, DAYS, COUNTY, clock).details == {"overdue": 1}
    assert remind(sqlite_store, DAYS, COUNTY, clock).seen == 0
    with sqlite_store.reading() as work:
        assert [one.region for _, one in work.lead_reminders.since(0, limit=9)] == [VILLAGE, OTHER_VILLAGE]
