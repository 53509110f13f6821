"""Who has a lead after a person's step: given to somebody, taken up, or handed up. Recusal is checked here too."""

from dataclasses import replace
from datetime import datetime

from domain.accounts.account import Account
from domain.failures.errors import ReviewError
from domain.leads.lead import Assignment, Decision, LeadView
from domain.leads.workflow import LADDER
from domain.places.region import Level
from domain.words.vocabulary import Role
from review.rights.lead_doors import stands_back
from storage.unit_of_work import UnitOfWork


def works_there(account: Account, view: LeadView) -> bool:
    """True for accounts of those who go to doors, or of their offices, in whose division the lead lies."""
    return account.role in LADDER and account.region.contains(view.lead.region)


def may_get(account: Account, view: LeadView, giver: Account) -> bool:
    """True for accounts that the giver may hand the lead to, recusal apart: at work there, and not above the giver."""
    return (
        works_there(account, view)
        and not account.disabled
        and giver.role in (*LADDER, Role.CLERK)
        and (giver.role is Role.CLERK or LADDER.index(account.role) <= LADDER.index(giver.role))
    )


def assign(work: UnitOfWork, giver: Account, view: LeadView, assignee: str, decision: Decision) -> None:
    """Give the lead to the account, or to whoever is at the door.

    Raises:
        ReviewError: for an account that cannot have it; the message never tells why.
    """
    account = work.accounts.get(assignee) if assignee else None
    if assignee and (account is None or not may_get(account, view, giver) or stands_back(work, account, view)):
        raise ReviewError("这个人不能办理这条线索, 请另选一人")
    given = replace(
        at_the_door(view, decision.decided_by, decision.decided_at),
        assignee=assignee,
        reason=decision.reason or "按职责派办",
    )
    work.assignments.append(replace(given, holder=account.role) if account else given)


def at_the_door(view: LeadView, by: str, at: datetime) -> Assignment:
    """Nobody in particular: whoever of the lowest level has the lead's division."""
    return Assignment(
        lead_id=view.lead.id,
        holder=Role.VILLAGE if view.lead.region.level is Level.VILLAGE else Role.TOWN,
        assignee="",
        assigned_by=by,
        assigned_at=at,
        reason="按职责派办",
    )


def take_up(work: UnitOfWork, account: Account, view: LeadView, at: datetime) -> None:
    """Whoever goes to the door has the lead, unless somebody of the own level has it already."""
    held = view.assignment
    if account.role in LADDER and (held is None or held.holder is not account.role or not held.assignee):
        given = Assignment(
            lead_id=view.lead.id,
            holder=account.role,
            assignee=account.username,
            assigned_by=account.username,
            assigned_at=at,
            reason="自行开始入户",
        )
        work.assignments.append(given)


def hand_up(work: UnitOfWork, view: LeadView, decision: Decision) -> None:
    """The county has it from now on; the same words whatever it is for, for those below read them."""
    given = Assignment(
        lead_id=view.lead.id,
        holder=Role.LEADER,
        assignee="",
        assigned_by=decision.decided_by,
        assigned_at=decision.decided_at,
        reason="由上级办理",
    )
    work.assignments.append(given)
