"""What goes along to the door: a sheet of paper, and a form that waits when there is no signal."""

import io
import secrets
from typing import Annotated

import segno
from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.leads.lead import LeadId, LeadView
from domain.leads.workflow import Requirement
from review.decisions.form import decision_form
from review.decisions.household_views import household_panels
from review.requests import desk_of, page, signed_in
from review.rights import access
from review.shown.views import cards, member_lines, risk_rows
from storage.unit_of_work import UnitOfWork

router = APIRouter()
LeadNumber = Annotated[str, Path(max_length=64)]


@router.get("/leads/{lead_id}/sheet")
def sheet(request: Request, lead_id: LeadNumber) -> HTMLResponse:
    """One page of A4: which household, what to look at, lines to fill in; nothing of the texts or who wrote them."""
    account = signed_in(request)
    access.require(access.may_visit(account))
    desk = desk_of(request)
    with desk.store.reading() as work:
        view = _lead(work, account, lead_id)
        content = _summary(work, account, view, request)
        chosen = view.lead.household_id
        households = work.registry.households([chosen], inside=account.scope) if chosen else {}
        members = [line for one in households.values() for line in member_lines(one, desk.today)]
    desk.note(account, "print_lead", lead_id)
    return page(request, "sheet.html", account, members=members, code=qr_code(view.lead.id), **content)


@router.get("/leads/{lead_id}/visit")
def visit(request: Request, lead_id: LeadNumber) -> HTMLResponse:
    """The form for what was found at the door, alone on a page; opened at home it can be filled in without a signal."""
    account = signed_in(request)
    access.require(access.may_visit(account))
    desk = desk_of(request)
    with desk.store.reading() as work:
        view = _lead(work, account, lead_id)
        content = _summary(work, account, view, request)
        households = household_panels(work, account, view, desk.clock.now())
        form = decision_form(work, account, view, desk.workflow, desk.clock.now()).at_the_door
    desk.note(account, "view_lead", lead_id)
    return page(
        request,
        "visit.html",
        account,
        households=households,
        form=form,
        asked=Requirement,
        at_the_door=True,
        form_key=new_form_key(),
        **content,
    )


def new_form_key() -> str:
    """What tells one filled-in form from another, however often it is sent."""
    return secrets.token_urlsafe(16)


def qr_code(text: str) -> str:
    """The text as an SVG image, black on white, error correction M."""
    output = io.BytesIO()
    # Without declarations it can stand inside the page; a style of its own the page's policy would refuse.
    segno.make(text, error="m", micro=False).save(
        output, kind="svg", xmldecl=False, svgns=False, nl=False, border=2, scale=3, light="#fff", title="线索编号"
    )
    return output.getvalue().decode()


def _lead(work: UnitOfWork, account: Account, lead_id: str) -> LeadView:
    view = work.leads.inside(LeadId(lead_id), account.scope)
    if view is None or not access.may_see(account, view):
        raise HTTPException(404)
    return view


def _summary(work: UnitOfWork, account: Account, view: LeadView, request: Request) -> dict[str, object]:
    desk = desk_of(request)
    return {
        "view": view,
        "card": cards(work, [view], desk.today, account)[0],
        "risks": risk_rows(sorted(view.risks), desk.departments),
    }
