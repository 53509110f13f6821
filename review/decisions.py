"""Appends what a person decided; the transition table and the candidates are checked in the same transaction."""

from domain.account import Account, AuditEntry
from domain.errors import ReviewError, TransitionNotAllowed
from domain.lead import Decision, LeadId, LeadStatus, LeadView
from domain.workflow import possible
from review.household_views import household_panels
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_LONGEST_REASON = 500


def decide(store: Store, account: Account, lead_id: LeadId, decision: Decision, *, form_key: str = "") -> None:
    """Append the decision and its audit entry; a form whose key was recorded before changes nothing and is no error.

    Raises:
        TransitionNotAllowed: when the lead's status, perhaps changed by a colleague meanwhile, does not permit it.
        ReviewError: when the reason is missing or the household is none of the candidates.
    """
    with store.unit_of_work() as work:
        view = work.leads.inside(lead_id, account.scope)
        if view is None:
            raise ReviewError("线索已不存在")
        if form_key and not work.sent_forms.first(form_key, account.username, lead_id, decision.decided_at):
            return
        _check(work, account, view, decision)
        work.decisions.append(decision)
        work.audit.append(
            AuditEntry(
                at=decision.decided_at,
                actor=decision.decided_by,
                action="decide",
                subject=lead_id,
                detail=decision.status.value,
            )
        )
        work.commit()


def next_statuses(view: LeadView, account: Account) -> list[LeadStatus]:
    """The statuses that this person may set now, in the order of the way."""
    reached = {row.follows(view.status) for row in possible(view.status, account.role)}
    return [status for status in LeadStatus if status in reached]


def _check(work: UnitOfWork, account: Account, view: LeadView, decision: Decision) -> None:
    if decision.status not in next_statuses(view, account):
        raise TransitionNotAllowed(f"现在是「{view.status.label}」, 不能改为「{decision.status.label}」, 请刷新页面")
    if not decision.reason:
        raise ReviewError("请写明情况和理由")
    if len(decision.reason) > _LONGEST_REASON:
        raise ReviewError(f"理由不超过{_LONGEST_REASON}字, 现有{len(decision.reason)}字")
    if decision.household_id is not None and decision.household_id not in _offered(work, account, view, decision):
        raise ReviewError("选的户不在候选之中, 请刷新页面")


def _offered(work: UnitOfWork, account: Account, view: LeadView, decision: Decision) -> set[str]:
    panels = household_panels(work, account, view, decision.decided_at).panels
    return {panel.household.household_id for panel in panels}
