"""查看隐去的内容: the form with a reason, the item for a short time, and for the petition office who looked at what."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.clock import CHINA
from domain.failures.errors import ReviewError
from domain.leads.disclosure import DisclosureRules
from domain.leads.lead import LeadId, LeadView
from review.decisions.reveals import day_began, may_reveal_anything, reveal, reveal_items, revealed_lines
from review.requests import PAGE_SIZE, check_form, desk_of, page, page_number, signed_in
from review.rights import access
from review.rights.permissions import Right

router = APIRouter()


@router.get("/leads/{lead_id}/reveals")
def choose(request: Request, lead_id: str) -> HTMLResponse:
    """What of this lead the account may ask for, and how often it still may today."""
    account, rules = _account(request)
    return _form(request, account, rules, _lead(request, account, lead_id))


@router.post("/leads/{lead_id}/reveals")
def ask(
    request: Request,
    lead_id: str,
    csrf: Annotated[str, Form()],
    item: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """To the item, or the form again with what is wrong."""
    account, rules = _account(request)
    check_form(request, csrf)
    view, desk = _lead(request, account, lead_id), desk_of(request)
    try:
        made = reveal(desk.store, account, view, item, reason, rules=rules, at=desk.clock.now())
    except ReviewError as exc:
        again = _form(request, account, rules, view, problem=str(exc), reason=reason)
        again.status_code = 409
        return again
    return RedirectResponse(f"/reveals/{made.id}", status_code=303)


@router.get("/reveals/{reveal_id}")
def show(request: Request, reveal_id: str) -> HTMLResponse:
    """The item while it may be read, for nobody but who asked; 404 afterwards."""
    account, _ = _account(request)
    desk = desk_of(request)
    now = desk.clock.now()
    with desk.store.reading() as work:
        made = work.reveals.in_force(reveal_id, account.username, now)
        lines = revealed_lines(work, account, made, now) if made is not None else None
    if made is None or lines is None:
        raise HTTPException(404)
    return page(request, "reveal.html", account, made=made, lines=lines, zone=CHINA)


@router.get("/reveals")
def show_all(request: Request) -> HTMLResponse:
    """For the petition office: who had what of its leads shown, when and why."""
    account = signed_in(request)
    access.require(access.may(account, Right.READ_REVEALS))
    number = page_number(request)
    with desk_of(request).store.reading() as work:
        found = work.reveals.inside(account.scope, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
        people = work.accounts.names({one.account for one in found})
    more = len(found) > PAGE_SIZE
    return page(
        request,
        "reveals.html",
        account,
        rows=found[:PAGE_SIZE],
        people=people,
        page_number=number,
        more=more,
        zone=CHINA,
    )


def _account(request: Request) -> tuple[Account, DisclosureRules]:
    account = signed_in(request)
    access.require(access.may_read_leads(account) and may_reveal_anything(account))
    rules = desk_of(request).disclosure
    if rules is None:
        raise HTTPException(404)
    return account, rules


def _lead(request: Request, account: Account, lead_id: str) -> LeadView:
    with desk_of(request).store.reading() as work:
        view = work.leads.inside(LeadId(lead_id), account.scope)
    if view is None:
        raise HTTPException(404)
    return view


def _form(
    request: Request, account: Account, rules: DisclosureRules, view: LeadView, *, problem: str = "", reason: str = ""
) -> HTMLResponse:
    desk = desk_of(request)
    now = desk.clock.now()
    with desk.store.reading() as work:
        items = reveal_items(work, account, view, now)
        used = work.reveals.count_since(account.username, day_began(now))
    left = max(0, rules.reveals_per_day - used)
    return page(
        request,
        "reveal_form.html",
        account,
        view=view,
        items=items,
        left=left,
        rules=rules,
        problem=problem,
        reason=reason,
    )
