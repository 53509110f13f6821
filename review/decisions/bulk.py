"""One step for several leads at once: a town office passes on what came in over night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.accounts.account import Account
from domain.failures.errors import ReviewError
from domain.leads.lead import Decision, LeadId, LeadStatus
from domain.leads.step import Step
from domain.leads.workflow import LADDER, TRANSITIONS
from review.decisions.decisions import decide
from review.workflow import Workflow
from storage.store import Store
from storage.unit_of_work import UnitOfWork

MOST_AT_ONCE = 50
_ASSIGNING = frozenset(
    role for row in TRANSITIONS if row.step is Step.ASSIGN and LeadStatus.NEW in row.before for role in row.roles
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkOutcome:
    """What became of the leads that were ticked."""

    done: int
    failed: tuple[tuple[LeadId, str], ...]
    """Those that were left as they are, each with the reason."""


def may_assign_many(account: Account) -> bool:
    """Those who pass leads on; the table of steps is asked again for each lead."""
    return account.role in _ASSIGNING


def assignees_of(work: UnitOfWork, giver: Account) -> dict[str, str]:
    """Name by user name of whom leads can be given to; for each lead it is asked again."""
    able = [one for one in work.accounts.all() if one.role in LADDER and not one.disabled and _beside(one, giver)]
    return {one.username: f"{one.display_name}({one.role.label})" for one in able}


def _beside(account: Account, giver: Account) -> bool:
    return account.region.contains(giver.region) or giver.region.contains(account.region)


def assign_many(
    store: Store,
    account: Account,
    ids: Sequence[str],
    reason: str,
    at: datetime,
    *,
    workflow: Workflow | None = None,
    assignee: str = "",
) -> BulkOutcome:
    """Pass on each lead in a transaction of its own, so that one that cannot be passed on holds up no other."""
    done, failed = 0, []
    for lead_id in map(LeadId, dict.fromkeys(ids[:MOST_AT_ONCE])):
        decision = Decision(
            lead_id=lead_id, status=LeadStatus.ASSIGNED, decided_by=account.username, decided_at=at, reason=reason
        )
        try:
            decide(store, account, lead_id, decision, workflow=workflow, assignee=assignee)
            done += 1
        except ReviewError as exc:
            failed.append((lead_id, str(exc)))
    return BulkOutcome(done=done, failed=tuple(failed))
