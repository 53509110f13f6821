"""Finds what is due soon or late and writes down who has to be told, once each; sending is somebody else's work."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.accounts.access_scope import AccessScope
from domain.clock import Clock, china_date
from domain.counting.stage_report import StageName, StageReport
from domain.leads.lead import OPEN_STATUSES, LeadStatus, LeadView
from domain.leads.reminder import LeadReminder, ReminderKind
from domain.leads.workflow import Deadline, due_on, owed_of
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from pipeline.policy.workflow_table import ReminderDays
from storage.leads.facets import LeadFacets
from storage.leads.filter import LeadFilter
from storage.store import Store

VERSION = "remind-2"
_PAGE = 200


def remind(store: Store, days: ReminderDays, county: RegionCode, clock: Clock) -> StageReport:
    """Append the reminders that are due now and were not written before; the report counts the leads of these."""
    started, now, told = time.perf_counter(), clock.now(), 0
    written = Counter[str]()
    for wanted in _looked_at(days, county, now):
        offset = 0
        while page := _page(store, days, replace(wanted, limit=_PAGE, offset=offset), now):
            offset += len(page)
            told += sum(1 for kinds in page if kinds)
            written.update(kind.value for kinds in page for kind in kinds)
    return StageReport(
        stage=StageName.REMIND.value,
        version=VERSION,
        seen=told,
        done=told,
        skipped=0,
        quarantined=0,
        seconds=time.perf_counter() - started,
        details=dict(written),
    )


def _looked_at(days: ReminderDays, county: RegionCode, now: datetime) -> Iterator[LeadFilter]:
    """The leads of which something is due, and those at whose door somebody was in vain, due or not."""
    everything = AccessScope.everything_in(county)
    yield LeadFilter(scope=everything, due_before=china_date(now) + timedelta(days=days.soon + 1), sees_above=True)
    least = min(days.in_vain_to_town, days.in_vain_to_county)
    yield LeadFilter(scope=everything, status=OPEN_STATUSES, facets=LeadFacets(days_in_vain=least))


def _page(store: Store, days: ReminderDays, wanted: LeadFilter, now: datetime) -> list[list[ReminderKind]]:
    """For each lead of the page what was written anew."""
    today = china_date(now)
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
    told = {}
    if late >= -days.soon:
        told[ReminderKind.SOON if late <= 0 else ReminderKind.OVERDUE] = (role, username, department)
    told |= {kind: (above, "", "") for kind, above in _goes_up(days, role, late, len(view.days_in_vain))}
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


def _goes_up(days: ReminderDays, role: Role, late: int, in_vain: int) -> Iterator[tuple[ReminderKind, Role]]:
    """What those above whoever owes it are told: that it is late, or that nobody was met there again and again."""
    if in_vain >= days.in_vain_to_town and role is Role.VILLAGE:
        yield ReminderKind.IN_VAIN_TO_TOWN, Role.TOWN
    if in_vain >= days.in_vain_to_county and role is not Role.LEADER:
        yield ReminderKind.IN_VAIN_TO_COUNTY, Role.LEADER
    if late >= days.to_town and role in (Role.VILLAGE, Role.DEPARTMENT):
        yield ReminderKind.TO_TOWN, Role.TOWN
    if late >= days.to_county and role is not Role.LEADER:
        yield ReminderKind.TO_COUNTY, Role.LEADER


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
