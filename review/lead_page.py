"""One lead: what was said, why this household, why now, and the form for what was found at the door."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.account import Account
from domain.errors import ReviewError, TransitionNotAllowed
from domain.household import HouseholdId
from domain.lead import Decision, LeadId, LeadStatus, LeadView
from domain.link import Candidate
from review import access
from review.decisions import decide
from review.requests import check_form, desk_of, page, signed_in
from review.views import candidate_rows, cards, member_lines, next_statuses, risk_rows, text_cards
from storage.unit_of_work import UnitOfWork

router = APIRouter()


@router.get("/leads/{lead_id}")
def show(request: Request, lead_id: str) -> HTMLResponse:
    """The lead's page; a lead of another region does not exist for this account."""
    account = signed_in(request)
    view = _lead(request, account, lead_id)
    desk_of(request).note(account, "view_lead", lead_id)
    return _page(request, account, view, problem="")


@router.post("/leads/{lead_id}/decisions")
def record(
    request: Request,
    lead_id: str,
    csrf: Annotated[str, Form()],
    status: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
    visited_on: Annotated[str, Form()] = "",
    household_id: Annotated[str, Form()] = "",
) -> Response:
    """Back to the lead's page with the decision appended, or the form again with what is wrong."""
    account = signed_in(request)
    check_form(request, csrf)
    access.require(access.may_decide(account))
    view = _lead(request, account, lead_id)
    desk = desk_of(request)
    try:
        decision = Decision(
            lead_id=view.lead.id,
            status=_status(status),
            decided_by=account.username,
            decided_at=desk.clock.now(),
            reason=reason.strip(),
            visited_on=_day(visited_on, desk.today),
            household_id=_chosen(household_id),
        )
        decide(desk.store, view.lead.id, decision)
    except ReviewError as exc:
        page_again = _page(request, account, view, problem=str(exc))
        page_again.status_code = 409
        return page_again
    return RedirectResponse(f"/leads/{lead_id}", status_code=303)


def _lead(request: Request, account: Account, lead_id: str) -> LeadView:
    with desk_of(request).store.reading() as work:
        view = work.leads.get(LeadId(lead_id))
    if view is None or not access.may_see(account, view):
        raise HTTPException(404)
    return view


def _page(request: Request, account: Account, view: LeadView, *, problem: str) -> HTMLResponse:
    desk = desk_of(request)
    with desk.store.reading() as work:
        candidates = _candidates(work, view)
        household = work.registry.households([view.lead.household_id]) if view.lead.household_id else {}
        content = {
            "card": cards(work, [view], desk.today)[0],
            "risks": risk_rows(sorted(view.risks), desk.departments),
            "texts": text_cards(work, view, account),
            "candidates": candidate_rows(work, candidates, desk.today),
            "members": [line for one in household.values() for line in member_lines(one, desk.today)],
        }
    return page(request, "lead.html", account, view=view, next_statuses=next_statuses(view), problem=problem, **content)


def _candidates(work: UnitOfWork, view: LeadView) -> list[Candidate]:
    """Each household once with its highest probability over all texts, most probable first."""
    best: dict[HouseholdId, Candidate] = {}
    for evidence in view.evidence:
        link = work.links.latest(evidence.document_id)
        for candidate in link.candidates if link else ():
            known = best.get(candidate.household_id)
            if known is None or candidate.probability > known.probability:
                best[candidate.household_id] = candidate
    return sorted(best.values(), key=lambda candidate: (-candidate.probability, candidate.household_id))


def _status(text: str) -> LeadStatus:
    try:
        return LeadStatus(text)
    except ValueError as exc:
        raise TransitionNotAllowed("请选择处理结果") from exc


def _day(text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as exc:
        raise ReviewError(f"入户日期不对: {text[:20]}, 请写成 2026-09-03") from exc
    if day > today:
        raise ReviewError(f"入户日期 {day} 在今天之后, 请核对")
    return day


def _chosen(text: str) -> HouseholdId | None:
    return HouseholdId(text) if text else None
