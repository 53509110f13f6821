"""Appends what a person decided; table, fields, level and recusal are checked in the transaction that writes."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from domain.accounts.account import Account, AuditEntry
from domain.failures.errors import ReviewError, TransitionNotAllowed
from domain.leads.lead import Assignment, Decision, LeadId, LeadStatus, LeadView
from domain.leads.step import Step
from domain.leads.workflow import Requirement, Transition, shown_status, step_to
from domain.words.vocabulary import Role
from review.decisions.assigning import assign, at_the_door, hand_up, take_up
from review.decisions.household_views import household_panels
from review.decisions.merging import merge, require_mergeable, take_apart
from review.decisions.successor import named_lead, require_no_circle
from review.rights.lead_doors import refuse, require_open
from review.workflow import Workflow
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_LONGEST_TEXT = 500
_TEXTS = (
    (Requirement.REASON, "reason"),
    (Requirement.MEASURES, "measures"),
    (Requirement.NOT_TAKEN_IN, "not_taken_in"),
)


def decide(
    store: Store,
    account: Account,
    lead_id: LeadId,
    decision: Decision,
    *,
    workflow: Workflow | None = None,
    assignee: str = "",
    form_key: str = "",
) -> None:
    """Append the decision with its step, what follows from it, and its audit entry.

    Args:
        store: Where the lead is.
        account: Who decides.
        lead_id: The lead.
        decision: With the status that is wanted and what was filled in; the step is found in the table.
        workflow: The county's rules; without them reopening sets no new days and no department is known.
        assignee: For an assignment the user name, or nothing for whoever is at the door.
        form_key: What tells this form from others; one that was recorded before changes nothing and is no error.

    Raises:
        NotAllowed: when somebody above has the lead, or the lead may touch the person.
        TransitionNotAllowed: when the lead's status, perhaps changed by a colleague meanwhile, does not permit it.
        ReviewError: when something is missing, or the household or the other lead is none that can be meant.
    """
    with store.unit_of_work() as work:
        view = _lead(work, account, lead_id, [decision.other_lead] if decision.other_lead else [])
        if form_key and not work.sent_forms.first(form_key, account.username, lead_id, decision.decided_at):
            return
        require_open(work, account, view)
        row = step_to(view, decision.status, account.role)
        if row is None:
            raise refuse(view, decision.status, account.role)
        named = decision.other_lead if Requirement.OTHER_LEAD in row.requires else None
        decision = replace(decision, step=row.step, other_lead=named)
        _check_filled_in(row, decision, workflow)
        _check_household(work, account, view, decision)
        other = named_lead(work, account, view, named) if named else None
        if row.step is Step.MERGE and other is not None:
            require_mergeable(work, account, view, other)
        work.decisions.append(decision)
        _follow(work, account, view, row, decision, workflow, assignee)
        if row.step is Step.MERGE and other is not None:
            merge(work, view, other, decision)
        _note(work, decision)
        work.commit()


def undo(store: Store, account: Account, lead_id: LeadId, at: datetime, workflow: Workflow) -> None:
    """Take back the own last step: the lead is again what it was before it.

    Raises:
        NotAllowed: when somebody above has the lead, or the lead may touch the person.
        TransitionNotAllowed: when the last step is another's, the time for second thoughts is over, or the lead would
            again be the duplicate of one that does not go on any more.
    """
    with store.unit_of_work() as work:
        named = {one.other_lead for one in work.decisions.of(lead_id) if one.other_lead}
        view = _lead(work, account, lead_id, named)
        last = last_own_step(view, account, at, workflow)
        if last is None:
            raise TransitionNotAllowed("只能在短时间内撤销自己刚做的一步, 请刷新页面")
        before = replace(view, decisions=view.decisions[:-1])
        require_open(work, account, replace(before, assignment=_held_before(work, view, last)))
        require_no_circle(work, view, before)
        earlier = before.decisions[-1] if before.decisions else None
        shape = earlier or Decision(lead_id=lead_id, status=LeadStatus.NEW, decided_by="", decided_at=at, reason="")
        taken_back = replace(shape, decided_by=account.username, decided_at=at, step=Step.UNDO, reason="撤销上一步")
        work.decisions.append(taken_back)
        _restore(work, view, last, at)
        _note(work, taken_back)
        work.commit()


def last_own_step(view: LeadView, account: Account, at: datetime, workflow: Workflow) -> Decision | None:
    """The account's own last step, while it may still be taken back."""
    last = view.decisions[-1] if view.decisions else None
    if last is None or last.decided_by != account.username or last.step in (None, Step.UNDO):
        return None
    return last if at - last.decided_at <= workflow.undo_within else None


def _lead(work: UnitOfWork, account: Account, lead_id: LeadId, others: Collection[LeadId]) -> LeadView:
    work.leads.hold({lead_id, *others})
    view = work.leads.inside(lead_id, account.scope)
    if view is None:
        raise ReviewError("线索已不存在")
    return view


def _check_filled_in(row: Transition, decision: Decision, workflow: Workflow | None) -> None:
    texts = {requirement: getattr(decision, name) for requirement, name in _TEXTS}
    filled = {
        **texts,
        Requirement.VISITED_ON: decision.visited_on is not None,
        Requirement.SIGNED: decision.signed is not None,
        Requirement.DEPARTMENT: decision.department,
        Requirement.OTHER_LEAD: decision.other_lead,
    }
    missing = [one.label for one in Requirement if one in row.requires and not filled[one]]
    if missing:
        raise ReviewError(f"请写明{'、'.join(missing)}")
    for requirement, text in texts.items():
        if len(text) > _LONGEST_TEXT:
            raise ReviewError(f"{requirement.label}不超过{_LONGEST_TEXT}字, 现有{len(text)}字")
    if decision.department and decision.department not in (workflow.departments if workflow else {}):
        raise ReviewError("没有这个部门, 请从列出的部门里选")


def _check_household(work: UnitOfWork, account: Account, view: LeadView, decision: Decision) -> None:
    if decision.household_id is None:
        return
    panels = household_panels(work, account, view, decision.decided_at).panels
    if decision.household_id not in {panel.household.household_id for panel in panels}:
        raise ReviewError("选的户不在候选之中, 请刷新页面")


def _follow(
    work: UnitOfWork,
    account: Account,
    view: LeadView,
    row: Transition,
    decision: Decision,
    workflow: Workflow | None,
    assignee: str,
) -> None:
    """What a step brings with it: who has the lead now, and by when."""
    at = decision.decided_at
    if row.step is Step.ASSIGN:
        assign(work, account, view, assignee, decision)
    elif row.after in (LeadStatus.HANDLED_ABOVE, LeadStatus.TO_DISCIPLINE):
        hand_up(work, view, decision)
    elif row.step in (Step.VISIT, Step.VISIT_IN_VAIN):
        take_up(work, account, view, at)
    elif row.step is Step.REOPEN and workflow is not None:
        urgent = any(one.urgent for one in view.evidence)
        work.leads.set_due(view.lead.id, workflow.due(view.lead.region, at, urgent=urgent), at)


def _restore(work: UnitOfWork, view: LeadView, last: Decision, at: datetime) -> None:
    if view.assignment is not None and _came_with(last, view.assignment):
        held = _held_before(work, view, last) or at_the_door(view, last.decided_by, at)
        work.assignments.append(replace(held, assigned_at=at, reason="撤销上一步, 恢复原来的派办"))
    earlier = work.leads.earlier_due(view.lead.id)
    if last.step is Step.REOPEN and earlier is not None:
        work.leads.set_due(view.lead.id, earlier, at)
    if last.step is Step.MERGE and last.other_lead is not None:
        take_apart(work, view, last, at)


def _held_before(work: UnitOfWork, view: LeadView, last: Decision) -> Assignment | None:
    """Who had the lead before the step; None when nobody had."""
    before = [one for one in work.assignments.of(view.lead.id) if not _came_with(last, one)]
    return before[-1] if before else None


def _came_with(step: Decision, assignment: Assignment) -> bool:
    return (assignment.assigned_at, assignment.assigned_by) == (step.decided_at, step.decided_by)


def _note(work: UnitOfWork, decision: Decision) -> None:
    """The audit is read by auditors, who may not learn what went to discipline inspection; `decisions` has it."""
    step = decision.step.value if decision.step else ""
    shown = shown_status(decision.status, Role.AUDITOR).value
    entry = AuditEntry(
        at=decision.decided_at,
        actor=decision.decided_by,
        action="undo_decision" if decision.step is Step.UNDO else "decide",
        subject=decision.lead_id,
        detail=f"{step} {shown}" if shown == decision.status.value else f"{Step.HAND_UP.value} {shown}",
    )
    work.audit.append(entry)
