"""Gives open leads to people by the routing table; whom a lead may touch never gets it, somebody above does."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.accounts.account import Account
from domain.clock import Clock
from domain.counting.stage_report import StageName, StageReport
from domain.leads.lead import OPEN_STATUSES, SYSTEM, WORKS_AT, Assignment, Decision, LeadId, LeadStatus, LeadView
from domain.leads.recusal import NamesOfLead
from domain.leads.step import Step
from domain.leads.workflow import LADDER
from domain.places.region import Level
from domain.words.vocabulary import Role
from nlp.hiding.recusal import touches
from pipeline.policy.routing_table import RoutingPolicy
from storage.joined.lead_names import names_of
from storage.store import Store
from storage.unit_of_work import UnitOfWork

VERSION = "assign-1"
_BATCH = 100
_WORKS_IN = {Role.VILLAGE: "村里", Role.TOWN: "镇里", Role.LEADER: "县里"}


@dataclass
class Assigner:
    """Assigns within one run; knows who has how much to do."""

    routing: RoutingPolicy
    accounts: Sequence[Account]
    """Those that may work on leads at all."""
    loads: Counter[str]

    def assign(self, work: UnitOfWork, view: LeadView, at: datetime) -> str:
        """What was done with a lead that needs somebody: `assigned`, `kept` or `nobody`."""
        names = names_of(work, view)
        held = view.assignment
        if held is not None and self._may_keep(view, held, names):
            work.assignments.append(
                replace(held, assigned_by=SYSTEM, assigned_at=at, reason="有新的材料, 仍由原来的人办理")
            )
            return "kept"
        found = self._find(view, names)
        if found is None:
            return "nobody"
        self.loads[found.username] += 1
        given = Assignment(
            lead_id=view.lead.id,
            holder=found.role,
            assignee=found.username,
            assigned_by=SYSTEM,
            assigned_at=at,
            reason=f"按分派规则由{_WORKS_IN[found.role]}办理",
        )
        work.assignments.append(given)
        work.decisions.append(
            Decision(
                lead_id=view.lead.id,
                status=LeadStatus.ASSIGNED,
                decided_by=SYSTEM,
                decided_at=at,
                reason=given.reason,
                step=Step.ASSIGN,
            )
        )
        return "assigned"

    def _may_keep(self, view: LeadView, held: Assignment, names: NamesOfLead) -> bool:
        """A new text does not take a lead away from who has it, unless the text touches that person.

        Whoever is there of a level has it no more where it lies in a wider division now: nobody of theirs would see it.
        """
        if view.status is LeadStatus.NEW:
            return False
        if not held.assignee:
            level = WORKS_AT.get(held.holder)
            return level is None or view.lead.region.within(level) is not None
        return any(one.username == held.assignee and _may_have(one, view, names) for one in self.accounts)

    def _find(self, view: LeadView, names: NamesOfLead) -> Account | None:
        """Of the lowest level from the rule's upwards that has somebody, the one with the fewest open leads."""
        rule = self.routing.rule_for(view)
        for role in LADDER[LADDER.index(rule.holder) :]:
            able = [one for one in self.accounts if one.role is role and _may_have(one, view, names)]
            asked_first = [one for one in able if one.username in rule.accounts]
            if able:
                return min(asked_first or able, key=lambda one: (self.loads[one.username], one.username))
        return None


def assign_leads(store: Store, routing: RoutingPolicy, clock: Clock) -> StageReport:
    """Assign every open lead that nobody has, or whose texts, place or holder changed since it was assigned."""
    started, outcomes = time.perf_counter(), Counter[str]()
    with store.reading() as work:
        accounts = [one for one in work.accounts.all() if one.role in LADDER and not one.disabled]
        assigner = Assigner(routing, accounts, Counter(work.assignments.open_of_each()))
    after = ""
    while accounts and (ids := _batch(store, assigner, after, clock.now(), outcomes)):
        after = ids[-1]
    done = outcomes["assigned"] + outcomes["kept"]
    return StageReport(
        stage=StageName.ASSIGN.value,
        version=VERSION,
        seen=outcomes.total(),
        done=done,
        skipped=outcomes["nobody"],
        quarantined=0,
        seconds=time.perf_counter() - started,
        details=dict(outcomes),
    )


def _batch(store: Store, assigner: Assigner, after: str, at: datetime, outcomes: Counter[str]) -> Sequence[LeadId]:
    with store.unit_of_work() as work:
        able = [one.username for one in assigner.accounts]
        ids = work.assignments.to_assign(able, after=after, limit=_BATCH)
        work.leads.hold(ids)
        outcomes.update(assigner.assign(work, view, at) for view in _still_open(work, ids))
        work.commit()
    return ids


def _still_open(work: UnitOfWork, ids: Iterable[LeadId]) -> Iterable[LeadView]:
    """Somebody may have decided between the search and the hold."""
    views = (work.leads.get(one) for one in ids)
    return (view for view in views if view is not None and view.status in OPEN_STATUSES)


def _may_have(account: Account, view: LeadView, names: NamesOfLead) -> bool:
    """An account without the name of a person has nothing: nobody can tell whether the lead touches that person."""
    of_the_village = account.region.level is Level.VILLAGE
    may_work = account.has_person_name and account.region.contains(view.lead.region)
    return may_work and not touches(account.display_name, names, of_the_village=of_the_village)
