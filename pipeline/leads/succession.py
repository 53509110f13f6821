"""Sees to it that no household is forgotten when the lead that a 重复 or 并案 named as its successor goes away itself.

The system gives leads up when their texts go to another one, and points leads elsewhere. A lead that relied on such a
one relies on whichever has its texts now, if that is of the same household or place; where nobody goes on it is open
again. Both are appended, with why, each in a transaction that holds the leads concerned: whoever decides at the same
moment comes before it or after it. Whatever an interrupted run, or an older program, left undone is done here as well.
"""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.accounts.access_scope import AccessScope
from domain.clock import Clock
from domain.counting.stage_report import StageName, StageReport
from domain.leads.lead import OPEN_STATUSES, SYSTEM, Decision, LeadId, LeadStatus, LeadView
from domain.leads.step import Step
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.texts.document import Outcome
from pipeline.leads.due_dates import due_dates
from pipeline.policy.tables import Policy
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_VERSION = "succession-1"
_GOES_ON = "原来写明继续办理的线索不再办理这件事, 材料已转到另一条线索, 改由那一条继续办理"
_NOBODY = "原来写明继续办理的线索不再办理这一户、这一处的事, 没有别的线索继续办理, 请重新核查"


def settle_successions(store: Store, policy: Policy, county: RegionCode, clock: Clock) -> StageReport:
    """The counts of leads that rely on another one now, and of those that are open again."""
    started, everything = time.perf_counter(), AccessScope.everything_in(county)
    with store.reading() as work:
        version = f"{_VERSION}/{work.registry.version()}"
        new = work.settled_successions.unsettled(work.decisions.perhaps_forgotten(), version)
        forgotten = [one for one in new if _forgotten(work, one, everything) is not None]
    _remember(store, {one: new[one] for one in new.keys() - set(forgotten)})
    details = Counter(_settle(store, lead_id, policy, everything, clock.now()) for lead_id in forgotten)
    outcomes = Counter({Outcome.DONE: details.total()})
    return StageReport.counted(
        StageName.SUCCESSION.value, _VERSION, outcomes, details, seconds=time.perf_counter() - started
    )


def _remember(store: Store, settled: Mapping[LeadId, str]) -> None:
    if settled:
        with store.unit_of_work() as work:
            work.settled_successions.remember(settled)
            work.commit()


def _settle(store: Store, lead_id: LeadId, policy: Policy, everything: AccessScope, at: datetime) -> str:
    with store.unit_of_work() as work:
        seen = _forgotten(work, lead_id, everything)
        heirs = _with_its_texts(work, seen, everything) if seen else []
        named = seen.superseding.other_lead if seen and seen.superseding else None
        work.leads.hold({lead_id, *heirs, *([named] if named else [])})
        # Somebody may have decided between the search and the hold.
        view = _forgotten(work, lead_id, everything)
        if view is None or view.superseding is None or view.superseding.other_lead != named:
            return "settled_already"
        fit = [one for one in work.leads.many(heirs).values() if _goes_on_for(work, view, one, everything)]
        if fit:
            heir = min(fit, key=lambda one: (one.status not in OPEN_STATUSES, -one.lead.priority, one.lead.id))
            work.decisions.append(_by_system(view, view.status, _GOES_ON, at, other_lead=heir.lead.id))
        else:
            urgent = any(one.urgent for one in view.evidence)
            work.leads.set_due(lead_id, due_dates(policy, view.lead.region, at, urgent=urgent), at)
            work.decisions.append(_by_system(view, LeadStatus.VISITING, _NOBODY, at, step=Step.REOPEN))
        work.commit()
    return "goes_on" if fit else "reopened"


def _by_system(
    view: LeadView,
    status: LeadStatus,
    reason: str,
    at: datetime,
    *,
    step: Step | None = None,
    other_lead: LeadId | None = None,
) -> Decision:
    return Decision(
        lead_id=view.lead.id,
        status=status,
        decided_by=SYSTEM,
        decided_at=at,
        reason=reason,
        step=step,
        other_lead=other_lead,
    )


def _forgotten(work: UnitOfWork, lead_id: LeadId, everything: AccessScope) -> LeadView | None:
    """The lead when it names one that went away, or that speaks of another household or place by now."""
    view = work.leads.get(lead_id)
    ended = view.superseding if view else None
    named = work.leads.get(ended.other_lead) if ended and ended.other_lead else None
    if view is None or named is None:
        return None
    relied = named.superseding
    went_away = relied is not None and relied.decided_by == SYSTEM and relied.other_lead is None
    return view if went_away or not _speaks_of(work, view, named, everything) else None


def _with_its_texts(work: UnitOfWork, view: LeadView, everything: AccessScope) -> list[LeadId]:
    """The leads that hold what left this lead, or the one that it named."""
    named = view.superseding.other_lead if view.superseding else None
    gone = [*work.leads.holding_what_left(view.lead.id, everything)]
    gone += work.leads.holding_what_left(named, everything) if named else []
    return sorted({*gone} - {view.lead.id})


def _goes_on_for(work: UnitOfWork, view: LeadView, other: LeadView, everything: AccessScope) -> bool:
    return other.superseding is None and _speaks_of(work, view, other, everything)


def _speaks_of(work: UnitOfWork, view: LeadView, other: LeadView, everything: AccessScope) -> bool:
    """True when the other lead is of the same household or place, or has the texts of this one, which has none left."""
    if not view.evidence and other.lead.id in work.leads.holding_what_left(view.lead.id, everything):
        return True
    number = _number_now(work, view)
    lead = replace(view.lead, household_id=number)
    return (number is not None and number == other.lead.household_id) or lead.may_be_one_with(other.lead)


def _number_now(work: UnitOfWork, view: LeadView) -> HouseholdId | None:
    """The household's number in the register as it is: a closed lead keeps the one that it was closed with."""
    number = view.lead.household_id
    # Not when the system named the next lead: the register may have known another number by then.
    closed = [one.decided_at for one in view.decisions if one.other_lead is not None and one.decided_by != SYSTEM]
    if number is None or not closed:
        return number
    now = work.register_history.whereabouts(number, work.registry.version_at(closed[-1]))
    return now.households[0] if now.clear and now.households else number
