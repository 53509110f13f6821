"""Takes what a person decided about a lead: the next step, second thoughts, a text that is a matter of its own."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from domain.accounts.account import Account
from domain.clock import written_day
from domain.failures.errors import NotAllowed, ReviewError, TransitionNotAllowed
from domain.leads.lead import Decision, LeadId, LeadStatus, LeadView
from domain.leads.workflow import TRANSITIONS
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId
from review.decisions.decisions import decide, undo
from review.decisions.merging import split
from review.pages.lead import lead_of, lead_page
from review.requests import check_form, desk_of, signed_in
from review.rights import access

router = APIRouter()
_SIGNED = {"yes": True, "no": False, "": None}


@router.post("/leads/{lead_id}/decisions")
def record(
    request: Request,
    lead_id: str,
    csrf: Annotated[str, Form()],
    status: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
    visited_on: Annotated[str, Form()] = "",
    household_id: Annotated[str, Form()] = "",
    signed: Annotated[str, Form()] = "",
    measures: Annotated[str, Form()] = "",
    not_taken_in: Annotated[str, Form()] = "",
    department: Annotated[str, Form()] = "",
    other_lead: Annotated[str, Form()] = "",
    other_lead_number: Annotated[str, Form()] = "",
    assignee: Annotated[str, Form()] = "",
    form_key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Back to the lead's page with the decision appended, or the form again with what is wrong."""
    account, view = _allowed(request, lead_id, csrf)
    desk = desk_of(request)
    try:
        decision = Decision(
            lead_id=view.lead.id,
            status=_status(status),
            decided_by=account.username,
            decided_at=desk.clock.now(),
            reason=reason.strip(),
            visited_on=_day(visited_on, desk.today),
            household_id=HouseholdId(household_id) if household_id else None,
            department=department,
            other_lead=_one_of(other_lead, other_lead_number),
            measures=measures.strip(),
            not_taken_in=not_taken_in.strip(),
            signed=_signed(signed),
        )
        decide(
            desk.store,
            account,
            view.lead.id,
            decision,
            workflow=desk.workflow,
            assignee=assignee,
            form_key=form_key,
        )
    except NotAllowed:
        raise
    except ReviewError as exc:
        return _again(request, account, view, exc)
    return RedirectResponse(f"/leads/{lead_id}", status_code=303)


@router.post("/leads/{lead_id}/decisions/undoing")
def take_back(request: Request, lead_id: str, csrf: Annotated[str, Form()]) -> Response:
    """Back to the lead's page with the own last step taken back, or the page again with what is wrong."""
    account, view = _allowed(request, lead_id, csrf)
    desk = desk_of(request)
    access.require(desk.workflow is not None)
    try:
        if desk.workflow is not None:
            undo(desk.store, account, view.lead.id, desk.clock.now(), desk.workflow)
    except NotAllowed:
        raise
    except ReviewError as exc:
        return _again(request, account, view, exc)
    return RedirectResponse(f"/leads/{lead_id}", status_code=303)


@router.post("/leads/{lead_id}/splitting")
def split_out(
    request: Request,
    lead_id: str,
    csrf: Annotated[str, Form()],
    document_id: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """To the page of the lead that the text has now, or the page again with what is wrong."""
    account, view = _allowed(request, lead_id, csrf)
    desk = desk_of(request)
    try:
        new = split(desk.store, account, view.lead.id, DocumentId(document_id), reason.strip(), desk.clock.now())
    except NotAllowed:
        raise
    except ReviewError as exc:
        return _again(request, account, view, exc)
    return RedirectResponse(f"/leads/{new}", status_code=303)


def _allowed(request: Request, lead_id: str, csrf: str) -> tuple[Account, LeadView]:
    account = signed_in(request)
    check_form(request, csrf)
    access.require(any(account.role in row.roles for row in TRANSITIONS))
    return account, lead_of(request, account, lead_id)


def _again(request: Request, account: Account, view: LeadView, error: ReviewError) -> Response:
    page = lead_page(request, account, view, problem=str(error))
    page.status_code = 409
    return page


def _status(text: str) -> LeadStatus:
    try:
        return LeadStatus(text)
    except ValueError as exc:
        raise TransitionNotAllowed("请选择处理结果") from exc


def _one_of(chosen: str, typed: str) -> LeadId | None:
    named = {one.strip() for one in (chosen, typed)} - {""}
    if len(named) > 1:
        raise ReviewError("选的线索和填的编号不是同一条, 请只留一个")
    return LeadId(named.pop()) if named else None


def _signed(text: str) -> bool | None:
    if text not in _SIGNED:
        raise ReviewError("请选择农户是否签字认可: 是或否")
    return _SIGNED[text]


def _day(text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = written_day(text)
    except ValueError as exc:
        raise ReviewError(f"入户日期不对: {text[:20]}, 请像 2026-09-03 这样写") from exc
    if day > today:
        raise ReviewError(f"入户日期 {day} 在今天之后, 请核对")
    return day
