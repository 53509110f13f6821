"""The outgoing feed: events in order, each with its lead as it leaves. One code for every way out."""

from collections.abc import Iterable, Mapping, Sequence

from domain.accounts.access_scope import AccessScope
from domain.leads.decision_history import as_shown
from domain.leads.lead import SYSTEM, Decision, LeadEvidence, LeadId, LeadView
from domain.leads.workflow import shown_status
from domain.register.household import HouseholdId
from domain.sending.outgoing import FeedItem, FeedPage, OutgoingCategory, OutgoingEvent, OutgoingLead
from domain.words.vocabulary import Role
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_OUTSIDE = Role.DEPARTMENT
"""Whoever receives learns no more of what went to discipline inspection than a department does."""


def give_positions(store: Store) -> None:
    """Give every committed event its position; writes nothing when all have one."""
    with store.reading() as work:
        waiting = work.outgoing.is_waiting()
    while waiting:
        with store.unit_of_work() as work:
            waiting = work.outgoing.give_positions() > 0
            work.commit()


def read_feed(store: Store, position: int, scope: AccessScope, *, limit: int) -> FeedPage:
    """The events after a position inside a scope, at most `limit`."""
    give_positions(store)
    with store.reading() as work:
        last = work.outgoing.last_position()
        found = work.outgoing.after(position, scope, limit=limit + 1, up_to=last)
        items = feed_items(work, found[:limit], scope)
    more = len(found) > limit
    # Behind the last page the reader goes on from the end, not from the last event that was for it.
    reached = found[limit - 1][0] if more else max(last, position)
    return FeedPage(items=tuple(items), position=reached, more=more)


def feed_items(work: UnitOfWork, found: Sequence[tuple[int, OutgoingEvent]], scope: AccessScope) -> list[FeedItem]:
    """The events with their leads."""
    views = work.leads.many({event.lead_id for _, event in found})
    leads = {lead_id: outgoing_lead(work, view, scope) for lead_id, view in views.items()}
    shown = {lead_id: as_shown(view, _OUTSIDE) for lead_id, view in views.items()}
    decisions = work.decisions.numbered([event.decision for _, event in found if event.decision is not None])
    return [
        _item(position, event, leads[event.lead_id], _as_shown(views, shown, event, decisions))
        for position, event in found
    ]


def lead_in_feed(work: UnitOfWork, lead_id: LeadId, scope: AccessScope) -> OutgoingLead | None:
    """The lead when it lies in the scope and was verified."""
    view = work.leads.get(lead_id) if work.outgoing.is_verified(lead_id, scope) else None
    return outgoing_lead(work, view, scope) if view is not None else None


def outgoing_lead(work: UnitOfWork, view: LeadView, scope: AccessScope) -> OutgoingLead:
    """The lead with the least fields; a text that became restricted says nothing any more."""
    evidence = [one for one in view.evidence if work.routes.restriction(one.document_id) is None]
    chosen = next((one.household_id for one in reversed(view.decisions) if one.household_id), None)
    wanted = chosen or view.lead.household_id
    # Another division's household, which a person of the town may have chosen, is not told to a narrower receiver.
    known = wanted is not None and bool(work.registry.households([wanted], inside=scope))
    household_id = wanted if known else None
    by_person = household_id is not None and household_id == chosen
    # Its own time begins with the transfer; the days of before tell when somebody came.
    known_since = scope.department is None
    return OutgoingLead(
        id=view.lead.id,
        status=shown_status(view.status, _OUTSIDE),
        region=view.lead.region,
        household_id=household_id,
        basis=None if household_id is None else "person" if by_person else "model",
        probability=None if household_id is None or by_person else _link_probability(work, evidence, household_id),
        scope=view.lead.scope,
        categories=_categories(work, view, evidence),
        opened_at=view.lead.opened_at if known_since else None,
        visit_due=view.lead.due.visit if known_since else None,
        decide_due=view.lead.due.decide if known_since else None,
        superseded_by=_superseded_by(work, view, scope),
    )


def _superseded_by(work: UnitOfWork, view: LeadView, scope: AccessScope) -> LeadId | None:
    """The lead at the end of the chain, where whoever has the scope may read it; None too where nobody knows it."""
    seen, last = [view.lead.id], view
    while (ended := as_shown(last, _OUTSIDE).superseding) is not None:
        holding = work.leads.holding_what_left(last.lead.id, scope) if ended.decided_by == SYSTEM else []
        following = ended.other_lead or (holding[0] if len(holding) == 1 else None)
        found = work.leads.get(following) if following and following not in seen else None
        if found is None:
            return None
        seen, last = [*seen, found.lead.id], found
    known = last is not view and work.outgoing.is_verified(last.lead.id, scope)
    return last.lead.id if known else None


def _as_shown(
    views: Mapping[LeadId, LeadView],
    shown: Mapping[LeadId, LeadView],
    event: OutgoingEvent,
    decisions: Mapping[int, Decision],
) -> Decision | None:
    """The event's decision with what those outside may know of it."""
    decision = decisions.get(event.decision) if event.decision is not None else None
    if decision is None:
        return None
    at = views[event.lead_id].decisions.index(decision)
    return shown[event.lead_id].decisions[at]


def _item(position: int, event: OutgoingEvent, lead: OutgoingLead, decision: Decision | None) -> FeedItem:
    return FeedItem(
        id=event.id,
        position=position,
        kind=event.kind,
        at=event.at,
        status=decision.status if decision is not None else lead.status,
        visited_on=decision.visited_on if decision is not None else None,
        lead=lead,
    )


def _categories(work: UnitOfWork, view: LeadView, evidence: Iterable[LeadEvidence]) -> tuple[OutgoingCategory, ...]:
    best: dict[str, float] = {}
    for one in evidence:
        analysis = work.analyses.latest(one.document_id)
        for label in analysis.reading.labels if analysis else ():
            best[label.risk] = max(best.get(label.risk, 0.0), label.probability)
    return tuple(
        OutgoingCategory(risk=risk, probability=round(best[risk], 3) if risk in best else None)
        for risk in sorted(view.risks)
    )


def _link_probability(work: UnitOfWork, evidence: Iterable[LeadEvidence], household_id: HouseholdId) -> float | None:
    found = [
        candidate.probability
        for one in evidence
        if (link := work.links.latest(one.document_id)) is not None
        for candidate in link.candidates
        if candidate.household_id == household_id
    ]
    return round(max(found), 3) if found else None
