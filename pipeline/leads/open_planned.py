"""Opens the leads without a text whose time has come, each in a transaction of its own.

Why they wait and to whom they go: decision 18. What was planned says nothing of its source, and the lead even less.
"""

import secrets
import time
from collections import Counter
from datetime import datetime

from domain.clock import Clock, china_date
from domain.counting.stage_report import StageName, StageReport
from domain.leads.lead import Lead, LeadId, LeadView
from domain.leads.planned_lead import PlannedLead
from domain.places.region import Level
from domain.register.household import HouseholdId
from domain.texts.document import Outcome
from domain.words.vocabulary import Scope
from pipeline.leads.due_dates import due_dates
from pipeline.leads.matter import unsourced_matter
from pipeline.leads.priority import Standing, assess
from pipeline.policy.tables import Policy
from storage.joined.planned_households import household_now
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_VERSION = "planned-1"
_ID_BYTES = 6
_UNCLEAR = "household_unclear"


def open_planned_leads(store: Store, policy: Policy, clock: Clock) -> StageReport:
    """The counts of opened ones, of those that an open lead of the household made needless, and of those that wait on.

    One waits on, whatever its time, while only a person can say which household it is: nobody could visit it, and it
    must not come to whoever has the number now.
    """
    started, at = time.perf_counter(), clock.now()
    with store.reading() as work:
        due = work.planned_leads.due(at)
    details = Counter(_open(store, planned, policy, at) for planned in due)
    outcomes = Counter({Outcome.DONE: details.total() - details[_UNCLEAR], Outcome.SKIPPED: details[_UNCLEAR]})
    return StageReport.counted(
        StageName.PLANNED_LEAD.value, _VERSION, outcomes, details, seconds=time.perf_counter() - started
    )


def _open(store: Store, planned: PlannedLead, policy: Policy, at: datetime) -> str:
    with store.unit_of_work() as work:
        if planned.id not in {one.id for one in work.planned_leads.due(at)}:
            return "opened_already"
        household_id = household_now(work, planned)
        if household_id is None:
            return _UNCLEAR
        there = work.leads.open_of_households([household_id])
        needless = any(_covers(view, planned) for view in there)
        if not needless:
            work.leads.add(_lead(work, planned, household_id, policy, at))
        work.planned_leads.opened(planned.id, at)
        work.commit()
    return "covered" if needless else "opened"


def _covers(view: LeadView, planned: PlannedLead) -> bool:
    """True when who would get the new lead has one of the household with these categories on the table."""
    return planned.region.contains(view.lead.region) and view.risks >= planned.risks


def _lead(work: UnitOfWork, planned: PlannedLead, household_id: HouseholdId, policy: Policy, at: datetime) -> Lead:
    household = work.registry.households([household_id]).get(household_id)
    standing = Standing(
        risks=planned.risks,
        urgent=False,
        scope=Scope.HOUSEHOLD,
        readings=(),
        voices=1,
        times=1,
        household=household,
        year=china_date(at).year,
    )
    priority, reasons = assess(standing, policy.priority)
    # One that a register left out may come back to where it was.
    village = household.village if household else planned.region.within(Level.VILLAGE)
    return Lead(
        id=LeadId(secrets.token_hex(_ID_BYTES)),
        household_id=household_id,
        region=planned.region,
        scope=Scope.HOUSEHOLD,
        matter=unsourced_matter(household_id, planned.region, village),
        risks=planned.risks,
        opened_at=at,
        due=due_dates(policy, planned.region, at, urgent=False),
        priority=priority,
        priority_reasons=reasons,
        unsourced=True,
    )
