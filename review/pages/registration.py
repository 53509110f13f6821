"""登记一件: one petition typed into a form; it goes the same way as a file with one row."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.accounts.account import Account
from domain.clock import CHINA
from domain.deliveries.receipt import Way
from review.handing_in.reception import Reception, sender_of
from review.handing_in.registration import Checked, check_registration, offer
from review.handing_in.submissions import HandingIn, id_of, new_id
from review.pages.imports import Clerk
from review.requests import FormFields, check_form, desk_of, page

router = APIRouter()
_ONCE = re.compile(r"[0-9a-f]{32}")


@router.get("/petitions/new")
def show(request: Request, clerk: Clerk) -> HTMLResponse:
    """The empty form, dated today."""
    account, _ = clerk
    empty = Checked({"date": desk_of(request).today.isoformat(), "persons": "1"}, {})
    return _form(request, account, empty, new_id())


@router.post("/petitions")
def record(request: Request, clerk: Clerk, form: FormFields) -> Response:
    """To the receipt, or the form again with everything that is wrong beside its field and all that was typed."""
    account, reception = clerk
    check_form(request, form.get("csrf", ""))
    once = form.get("once", "")
    once = once if _ONCE.fullmatch(once) else new_id()
    checked = check_registration(form, desk_of(request).today)
    if checked.problems:
        again = _form(request, account, checked, once)
        again.status_code = 409
        return again
    return RedirectResponse(f"/imports/{_take_in(request, account, reception, checked, once)}", status_code=303)


def _take_in(request: Request, account: Account, reception: Reception, checked: Checked, once: str) -> str:
    """The id of the submission; the same form sent twice is one submission."""
    desk = desk_of(request)
    name = f"登记_{desk.clock.now().astimezone(CHINA):%m%d_%H%M}.xlsx"
    handing_in = HandingIn(desk.store, desk.clock, reception, sender_of(account), Way.FORM)
    submission, _ = handing_in.records([checked.values], submission_id=id_of(account.username, once), name=name)
    return submission.id


def _form(request: Request, account: Account, checked: Checked, once: str) -> HTMLResponse:
    return page(
        request,
        "registration.html",
        account,
        values=checked.values,
        problems=checked.problems,
        offer=offer(),
        once=once,
    )
