"""Two leads of the example on the desk of a department, by the same steps as on the pages."""

from datetime import datetime

from domain.accounts.access_scope import AccessScope
from domain.accounts.account import Account
from domain.clock import china_date
from domain.failures.errors import ReviewError
from domain.leads.lead import Decision, LeadStatus, LeadView
from domain.risk import Risk
from pipeline.deployment import Deployment
from review.decisions.decisions import decide
from storage.leads.filter import LeadFilter

MEDICAL_INSURANCE = "medical_insurance"
"""The department as `routing.toml` names it."""
_LEADS = 2


def transfer_leads(deployment: Deployment, *, by: str, department: str) -> int:
    """How many leads about an illness this town account confirmed and gave to the department now.

    None when the department has leads already, so that a second run changes nothing, or when there is no such account.
    """
    now = deployment.clock.now()
    with deployment.store.reading() as work:
        town = work.accounts.get(by)
        of_department = AccessScope(region=deployment.settings.county_code, department=department)
        if town is None or work.leads.feed(LeadFilter(scope=of_department, limit=1)):
            return 0
        views = work.leads.feed(
            LeadFilter(scope=town.scope, risk=Risk.ILLNESS, status=frozenset({LeadStatus.NEW, LeadStatus.ASSIGNED}))
        )
    moved = 0
    for view in views:
        moved += _transfer(deployment, town, view, department, now)
        if moved == _LEADS:
            break
    return moved


def _transfer(deployment: Deployment, town: Account, view: LeadView, department: str, now: datetime) -> bool:
    steps = (
        Decision(
            lead_id=view.lead.id,
            status=LeadStatus.CONFIRMED,
            decided_by=town.username,
            decided_at=now,
            reason="入户看过病历和收费单, 自付部分确实负担不起",
            visited_on=china_date(now),
            signed=True,
        ),
        Decision(
            lead_id=view.lead.id,
            status=LeadStatus.TO_DEPARTMENT,
            decided_by=town.username,
            decided_at=now,
            reason="请核对报销和医疗救助是否到位",
            department=department,
        ),
    )
    try:
        for step in steps:
            decide(deployment.store, town, view.lead.id, step, workflow=deployment.workflow())
    except ReviewError:
        # The lead may be with somebody else; the example has others.
        return False
    return True
