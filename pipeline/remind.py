"""Finds what is due soon or late and writes down who has to be told, once each; sending is somebody else's work."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from domain.clock import Clock, china_date
from domain.lead import LeadStatus, LeadView
from domain.region import RegionCode
from domain.reminder import LeadReminder, ReminderKind
from domain.stage_report import StageName, StageReport
from domain.vocabulary import Role
from domain.workflow import Deadline, due_on, owed_of
from pipeline.policy.workflow_table import ReminderDays
from storage.lead_filter import LeadFilter
from storage.store import Store

VERSION = "remind-1"
_PAGE = 200


def remind(store: Store, days: ReminderDays, county: RegionCode, clock: Clock) -> StageReport:
    """Append the reminders that are due now and were not written before; the report counts leads, its details tell."""
    started, now, seen, told = time.perf_counter(), clock.now(), 0, 0
    written = Counter[str]()
    while page := _page(store, days, county, now, offset=seen):
        seen += len(page)
        told += sum(1 for kinds in page if kinds)
        written.update(kind.value for kinds in page for kind in kinds)
    return StageReport(
        stage=StageName.REMIND.value,
        version=VERSION,
        seen=seen,
        done=told,
        skipped=seen - told,
        quarantined=0,
        seconds=time.perf_counter() - started,
        details=dict(written),
    )


def _page(
    store: Store, days: ReminderDays, county: RegionCode, now: datetime, *, offset: int
) -> list[list[ReminderKind]]:
    """For each lead of the page what was written anew."""
    today = china_date(now)
    wanted = LeadFilter(
        region=county,
        due_before=today + timedelta(days=days.soon + 1),
        sees_above=True,
        limit=_PAGE,
        offset=offset,
    )
    with store.unit_of_work() as work:
        written = [
            [one.kind for one in reminders_of(view, days, today, now) if work.lead_reminders.add(one)]
            for view in work.leads.feed(wanted)
        ]
        work.commit()
    return written


def reminders_of(view: LeadView, days: ReminderDays, today: date, at: datetime) -> Iterator[LeadReminder]:
    """Every reminder that the lead calls for by today, mildest first; a later one does not wait for an earlier one."""
    deadline = owed_of(view)
    if deadline is None:
        return
    due = due_on(view.lead.due, deadline)
    late = (today - due).days
    role, username, department = _owing(view, deadline)
    told = {ReminderKind.SOON if late <= 0 else ReminderKind.OVERDUE: (role, username, department)}
    if late >= days.to_town and role in (Role.VILLAGE, Role.DEPARTMENT):
        told[ReminderKind.TO_TOWN] = (Role.TOWN, "", "")
    if late >= days.to_county and role is not Role.LEADER:
        told[ReminderKind.TO_COUNTY] = (Role.LEADER, "", "")
    for kind, (whom, name, where) in told.items():
        yield LeadReminder(
            lead_id=view.lead.id,
            region=view.lead.region,
            kind=kind,
            deadline=deadline,
            due_on=due,
            role=whom,
            username=name,
            department=where,
            at=at,
        )


def _owing(view: LeadView, deadline: Deadline) -> tuple[Role, str, str]:
    """Who owes it: role, user name where one is known, department for transfers."""
    held = view.assignment
    if view.status is LeadStatus.HANDLED_ABOVE:
        return Role.LEADER, "", ""
    if view.status is LeadStatus.TO_DISCIPLINE:
        return Role.CLERK, "", ""
    if view.status is LeadStatus.TO_DEPARTMENT and deadline is Deadline.MEASURE:
        return Role.DEPARTMENT, "", view.decisions[-1].department
    if deadline is Deadline.VISIT:
        return (held.holder, held.assignee, "") if held else (Role.VILLAGE, "", "")
    return (Role.LEADER if held and held.holder is Role.LEADER else Role.TOWN), "", ""
