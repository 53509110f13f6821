"""The lead that goes on in place of another one: which may be named, what keeps it so, what pages tell of it.

No chain of such leads leads back: who names one holds both, and the one that is named goes on itself at that moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.accounts.account import Account
from domain.failures.errors import ReviewError, TransitionNotAllowed
from domain.leads.decision_history import UNNAMED, as_shown
from domain.leads.lead import OPEN_STATUSES, SYSTEM, LeadId, LeadStatus, LeadView
from domain.leads.workflow import shown_status
from domain.places.region import Level
from domain.privacy.masking import mask_name
from domain.register.household import Household, HouseholdId
from review.rights import access
from review.shown.told_apart import number_end
from storage.leads.filter import LeadFilter
from storage.unit_of_work import UnitOfWork

_MOST_OF_HOUSEHOLD, _MOST_OF_VILLAGE = 10, 20
_HOW = {LeadStatus.DUPLICATE: "已按重复办结", LeadStatus.MERGED: "已并案"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameableLead:
    """A lead that a form offers as the one that goes on."""

    id: LeadId
    label: str
    """Whose it is, what it is about, how it stands, its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLead:
    """A lead at the other end of such a decision; the account may see it."""

    id: LeadId
    status: str
    """How it stands now, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """What the page of a lead tells of those before and after it."""

    how: str
    """How it ended, in words; empty while it goes on itself, or where the system gave it up and its texts tell."""
    told: bool
    """False where nobody wrote down which lead goes on."""
    successor: NamedLead | None
    """None where there is none, nobody wrote it down, or the account may not see it."""
    predecessors: tuple[NamedLead, ...]
    """Those in sight in whose place this one goes on."""


def named_lead(work: UnitOfWork, account: Account, view: LeadView, lead_id: LeadId) -> LeadView:
    """The lead that is to go on in place of `view`; whoever asks holds both.

    Raises:
        ReviewError: when it is the lead itself, none that the account sees, of another household or place, or does not
            go on itself.
    """
    other = work.leads.inside(lead_id, account.scope) if lead_id != view.lead.id else None
    if other is None or not access.may_see(account, other) or not view.lead.may_be_one_with(other.lead):
        raise ReviewError("没有这条线索, 或不是同一户、同一村的另一条线索, 请核对编号")
    if other.superseding is not None:
        raise ReviewError(f"线索 {lead_id} 自己已按重复或并案办结, 请填它所转到的那条线索")
    return other


def nameable_leads(work: UnitOfWork, account: Account, view: LeadView) -> tuple[NameableLead, ...]:
    """The household's other leads, then open ones of the village, as far as the account may name them."""
    lead = view.lead
    found: dict[LeadId, LeadView] = {}
    if lead.household_id is not None:
        own = LeadFilter(scope=account.scope, household_id=lead.household_id, besides=lead.id, limit=_MOST_OF_HOUSEHOLD)
        found |= {one.lead.id: one for one in work.leads.feed(own)}
    if lead.region.level is Level.VILLAGE:
        near = LeadFilter(
            scope=account.scope, village=lead.region, status=OPEN_STATUSES, besides=lead.id, limit=_MOST_OF_VILLAGE
        )
        found |= {one.lead.id: one for one in work.leads.feed(near)}
    fit = [one for one in found.values() if one.superseding is None and view.lead.may_be_one_with(one.lead)]
    ids = sorted({one.lead.household_id for one in fit if one.lead.household_id})
    households = work.registry.households(ids, inside=account.scope)
    return tuple(NameableLead(id=one.lead.id, label=_label(view, one, households, account)) for one in fit)


def require_no_circle(work: UnitOfWork, view: LeadView, before: LeadView) -> None:
    """TransitionNotAllowed where going back to `before` would give up a lead that others rely on, or for one given up.

    Whoever asks holds the lead and every one that its decisions name.
    """
    now, then = view.superseding, before.superseding
    if then is None or (now is not None and now.other_lead == then.other_lead):
        return
    if then.other_lead is None:
        relying = work.leads.many(work.decisions.naming(view.lead.id)).values()
        free = not any(one.superseding and one.superseding.other_lead == view.lead.id for one in relying)
    else:
        successor = work.leads.get(then.other_lead)
        free = successor is not None and successor.superseding is None
    if not free:
        raise TransitionNotAllowed("继续办理的那条线索已经变了, 不能撤销, 请重新填写核查结论")


def succession_of(work: UnitOfWork, view: LeadView, account: Account) -> Succession:
    """What the account may know of the leads before and after this one, as they stand now."""
    ended = as_shown(view, account.role).superseding
    successor_id = ended.other_lead if ended else None
    naming = work.decisions.naming(view.lead.id)
    seen = _in_sight(work, account, [*naming, *([successor_id] if successor_id else [])])
    successor = seen.get(successor_id) if successor_id else None
    before = [seen[one] for one in naming if one in seen]
    given_up = ended is not None and ended.decided_by == SYSTEM and successor_id is None
    return Succession(
        how=_HOW[ended.status] if ended and not given_up else "",
        told=ended is not None and (successor_id is not None or ended.decided_by == UNNAMED),
        successor=_named(successor, account) if successor else None,
        predecessors=tuple(_named(one, account) for one in before if _goes_on_as(one, view.lead.id, account)),
    )


def named_in_sight(work: UnitOfWork, view: LeadView, account: Account) -> frozenset[LeadId]:
    """Of the leads that the decisions name, those that the account may see."""
    named = {one.other_lead for one in as_shown(view, account.role).decisions if one.other_lead}
    return frozenset(_in_sight(work, account, sorted(named)))


def _in_sight(work: UnitOfWork, account: Account, ids: Sequence[LeadId]) -> dict[LeadId, LeadView]:
    found = work.leads.many_inside(ids, account.scope) if ids else {}
    return {lead_id: one for lead_id, one in found.items() if access.may_see(account, one)}


def _goes_on_as(view: LeadView, lead_id: LeadId, account: Account) -> bool:
    ended = as_shown(view, account.role).superseding
    return ended is not None and ended.other_lead == lead_id


def _named(view: LeadView, account: Account) -> NamedLead:
    return NamedLead(id=view.lead.id, status=shown_status(view.status, account.role).label)


def _label(view: LeadView, one: LeadView, households: Mapping[HouseholdId, Household], account: Account) -> str:
    household_id = one.lead.household_id
    household = households.get(household_id) if household_id else None
    own = household_id is not None and household_id == view.lead.household_id
    whose = (
        "本户"
        if own
        else f"{mask_name(household.head.name)}户(尾号{number_end(household)})"
        if household
        else "未关联到户"
    )
    risks = "、".join(risk.label for risk in sorted(one.risks))
    return f"{whose} · {risks} · {shown_status(one.status, account.role).label} · {one.lead.id}"
