"""Leads that a cadre may remember: of the same household, and of the same village and category, with how they ended."""

from dataclasses import dataclass

from domain.accounts.account import Account
from domain.clock import china_date
from domain.leads.lead import OPEN_STATUSES, LeadStatus, LeadView
from domain.leads.workflow import shown_status
from domain.places.region import Level
from review.rights import access
from storage.leads.filter import LeadFilter
from storage.unit_of_work import UnitOfWork

_MOST = 5
_ENDED = frozenset(LeadStatus) - OPEN_STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLead:
    """One line of the list."""

    id: str
    same_household: bool
    opened: str
    """The day; empty where the account may not know when anything came in."""
    risks: tuple[str, ...]
    status: str
    decided: str
    """The day of the last decision; empty before there is one."""


def past_leads(work: UnitOfWork, view: LeadView, account: Account) -> list[PastLead]:
    """Inside the account's scope, the household's own first and whatever their status, then others that have ended."""
    own = _of_household(work, view, account)
    others = _of_village(work, view, account) if len(own) < _MOST else []
    known = {view.lead.id, *(one.lead.id for one in own)}
    shown = [*own, *(one for one in others if one.lead.id not in known)][:_MOST]
    return [_row(one, view, account) for one in shown]


def _of_household(work: UnitOfWork, view: LeadView, account: Account) -> list[LeadView]:
    household_id = view.lead.household_id
    if household_id is None:
        return []
    wanted = LeadFilter(scope=account.scope, household_id=household_id, besides=view.lead.id, limit=_MOST)
    return work.leads.feed(wanted)


def _of_village(work: UnitOfWork, view: LeadView, account: Account) -> list[LeadView]:
    risk = min(view.risks, default=None)
    if risk is None or view.lead.region.level is not Level.VILLAGE:
        return []
    wanted = LeadFilter(scope=account.scope, village=view.lead.region, risk=risk, status=_ENDED, limit=_MOST + 1)
    return work.leads.feed(wanted)


def _row(one: LeadView, view: LeadView, account: Account) -> PastLead:
    return PastLead(
        id=one.lead.id,
        same_household=one.lead.household_id is not None and one.lead.household_id == view.lead.household_id,
        opened=china_date(one.lead.opened_at).isoformat() if access.may_know_sources(account) else "",
        risks=tuple(risk.label for risk in sorted(one.risks)),
        status=shown_status(one.status, account.role).label,
        decided=china_date(one.decisions[-1].decided_at).isoformat() if one.decisions else "",
    )
