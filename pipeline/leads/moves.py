"""How a lead is pointed at another household, given up for another lead, or taken up again. Nothing is lost on the way.

The rule of what moves together: a lead whose texts all speak of the new matter keeps its name, its deadlines and its
history and points elsewhere. Where some of its texts stay, only the others leave it. A lead that nobody needs any more
is a duplicate of the one that has its texts; when those come back, so does it, with the status it had. A lead that
was opened without a text speaks of its household whatever texts come and go: it stays.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.leads.lead import OPEN_STATUSES, SYSTEM, Decision, LeadMove, LeadStatus, LeadView
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId
from storage.unit_of_work import UnitOfWork

_ELSEWHERE = "线索改到另一个村, 请重新派村入户"


def move(
    work: UnitOfWork,
    view: LeadView,
    household_id: HouseholdId | None,
    region: RegionCode,
    matter: str,
    reason: str,
    at: datetime,
) -> None:
    """Point the lead at the household or matter; a visit that was under way in another village begins anew there."""
    lead = view.lead
    work.leads.move(
        LeadMove(
            lead_id=lead.id,
            household_before=lead.household_id,
            household_after=household_id,
            region_before=lead.region,
            region_after=region,
            matter_before=lead.matter,
            matter_after=matter,
            moved_at=at,
            reason=reason[:200],
        )
    )
    if not region.contains(lead.region) and view.status is not LeadStatus.NEW:
        _decide(work, view, LeadStatus.NEW, _ELSEWHERE, at)


def may_carry_its_history(view: LeadView, region: RegionCode) -> bool:
    """True when whoever reads leads of `region` may read what people wrote in this lead."""
    return region.contains(view.lead.region) or (view.untouched and not view.notes)


def leave(work: UnitOfWork, view: LeadView, document_id: DocumentId, reason: str, at: datetime) -> bool:
    """Take the text out of the lead; True when nothing is left and the lead was retired."""
    work.leads.leave(view.lead.id, document_id, at)
    if view.lead.unsourced or any(one.document_id != document_id for one in view.evidence):
        return False
    retire(work, view, reason, at)
    return True


def retire(work: UnitOfWork, view: LeadView, reason: str, at: datetime) -> None:
    """Close the lead as a duplicate of the one that has its texts."""
    _decide(work, view, LeadStatus.DUPLICATE, reason, at)


def retired_before(work: UnitOfWork, document_id: DocumentId, matter: str) -> LeadView | None:
    """The lead of this matter that was retired when the text left it, unless a person has touched it since."""
    views: Sequence[LeadView | None] = [work.leads.get(lead_id) for lead_id in work.leads.left_by(document_id)]
    return next((view for view in views if view and view.lead.matter == matter and _is_retired(view)), None)


def take_up_again(work: UnitOfWork, view: LeadView, reason: str, at: datetime) -> None:
    """Give a retired lead the status that it had before."""
    before = view.decisions[-2].status if len(view.decisions) > 1 else LeadStatus.NEW
    _decide(work, view, before if before in OPEN_STATUSES else LeadStatus.NEW, reason, at)


def _is_retired(view: LeadView) -> bool:
    """True of what the system gave up; where it names another lead, a person had closed it before."""
    last = view.decisions[-1] if view.decisions else None
    return (
        last is not None and last.status is LeadStatus.DUPLICATE and last.decided_by == SYSTEM and not last.other_lead
    )


def _decide(work: UnitOfWork, view: LeadView, status: LeadStatus, reason: str, at: datetime) -> None:
    work.decisions.append(
        Decision(lead_id=view.lead.id, status=status, decided_by=SYSTEM, decided_at=at, reason=reason)
    )
