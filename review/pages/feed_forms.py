"""What an account does on the feed besides reading it: looks for words, keeps views, passes on several leads."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from domain.accounts.account import Account
from domain.failures.errors import ReviewError
from review.decisions.bulk import assign_many, may_assign_many
from review.pages.feed import feed_page
from review.pages.feed_address import address_of, fields_of, fields_of_address
from review.requests import FormFields, check_form, desk_of, signed_in
from review.rights import access
from storage.leads.saved_views import MOST_VIEWS

router = APIRouter()
_LONGEST_NAME = 20
_LONGEST_QUERY = 1000
_USUAL_REASON = "请按期入户核实"
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.post("/")
def look_for(request: Request, form: FormFields) -> Response:
    """The feed with what was looked for, at an address that can be gone back to and tells nobody the words."""
    account = _reader(request, form.get("csrf", ""))
    return RedirectResponse(f"/?{address_of(desk_of(request), account, fields_of(form))}", status_code=303)


@router.post("/views")
def keep(
    request: Request,
    csrf: Annotated[str, Form()],
    name: Annotated[str, Form()],
    query: Annotated[str, Form()] = "",
    default: Annotated[str, Form()] = "",
) -> Response:
    """Back to the feed with the view kept under its name, in place of an earlier one of that name."""
    account = _reader(request, csrf)
    named = name.strip()
    if not 0 < len(named) <= _LONGEST_NAME:
        raise ReviewError(f"视图名称应为1到{_LONGEST_NAME}个字")
    desk = desk_of(request)
    fields = fields_of_address(desk, account, dict(parse_qsl(query[:_LONGEST_QUERY])))
    with desk.store.unit_of_work() as work:
        if not work.saved_views.add(account.username, named, urlencode(fields), default=bool(default)):
            raise ReviewError(f"最多保存{MOST_VIEWS}个视图, 请先删掉不用的")
        work.commit()
    return RedirectResponse(f"/?{address_of(desk, account, fields)}", status_code=303)


@router.post("/views/{number}/deletion")
def forget(request: Request, number: Number, csrf: Annotated[str, Form()]) -> Response:
    """Back to the feed without the view."""
    account = _reader(request, csrf)
    with desk_of(request).store.unit_of_work() as work:
        work.saved_views.delete(account.username, number)
        work.commit()
    return RedirectResponse("/?view=all", status_code=303)


@router.post("/leads/assignments")
def assign(
    request: Request,
    csrf: Annotated[str, Form()],
    leads: Annotated[Sequence[str], Form()] = (),
    reason: Annotated[str, Form()] = "",
    assignee: Annotated[str, Form()] = "",
) -> Response:
    """The feed again with what became of the leads that were ticked."""
    account = _reader(request, csrf)
    access.require(may_assign_many(account))
    if not leads:
        raise ReviewError("请先勾选线索")
    desk = desk_of(request)
    outcome = assign_many(
        desk.store,
        account,
        leads,
        reason.strip() or _USUAL_REASON,
        desk.clock.now(),
        workflow=desk.workflow,
        assignee=assignee,
    )
    return feed_page(request, account, outcome)


def _reader(request: Request, csrf: str) -> Account:
    account = signed_in(request)
    check_form(request, csrf)
    access.require(access.may_read_leads(account))
    return account
