"""办理经过: what was done about a lead and written of it, as each role may read it."""

from dataclasses import replace
from datetime import datetime

from domain.accounts.account import Account
from domain.leads.decision_history import shown_decisions
from domain.leads.lead import LeadView
from domain.sending.outgoing import LeadOutcome
from review.decisions.successor import named_in_sight
from review.rights import access
from review.rights.permissions import Right
from review.shown.shown_text import ShownTexts
from storage.unit_of_work import UnitOfWork


def told_of(work: UnitOfWork, view: LeadView, account: Account) -> dict[str, object]:
    """Decisions, remarks, moves and what other systems reported, by the names that the page calls them.

    Numbers are masked for everybody, names for whoever may not read whole texts. What another system wrote beside its
    report was written for offices; others read the report alone. A department is told nothing from before the transfer.
    """
    shown = ShownTexts(work, view, account)
    since = told_since(view, account)
    return {
        "decisions": shown_decisions(view, account.role, shown.of_remark),
        "notes": [replace(one, text=shown.of_remark(one.text)) for one in view.notes],
        "moves": [replace(one, reason=shown.of_remark(one.reason)) for one in view.moves],
        "named_in_sight": named_in_sight(work, view, account),
        "outcomes": [_outcome(one, account, shown) for one in work.lead_outcomes.of(view.lead.id, since=since)],
    }


def told_since(view: LeadView, account: Account) -> datetime | None:
    """From when on the account is told who did something about the lead; None where it is told everything."""
    return view.decisions[0].decided_at if account.scope.department is not None else None


def _outcome(one: LeadOutcome, account: Account, shown: ShownTexts) -> LeadOutcome:
    may_read = access.may(account, Right.READ_OUTCOME_REMARKS)
    return replace(one, remark=shown.of_remark(one.remark) if may_read else "")
