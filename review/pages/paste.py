"""录入报道: what a person read where nobody crawls comes in by link and text."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.accounts.account import Account
from domain.failures.errors import ReviewError
from review.decisions.pasted import Existing, Pasted, take_in
from review.requests import check_form, desk_of, page, signed_in
from review.rights import access

router = APIRouter()


@router.get("/texts/new")
def show(request: Request) -> HTMLResponse:
    """The empty form; after a text was taken in, with a word that it was."""
    account = _account(request)
    return _page(request, account, {}, received="received" in request.query_params)


@router.post("/texts")
def record(
    request: Request,
    csrf: Annotated[str, Form()],
    url: Annotated[str, Form()] = "",
    medium: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    day: Annotated[str, Form()] = "",
    anyway: Annotated[str, Form()] = "",
) -> Response:
    """Back to the empty form with the text stored, or the form again with what is wrong or what is there already."""
    account = _account(request)
    check_form(request, csrf)
    desk = desk_of(request)
    filled = {"url": url.strip(), "medium": medium.strip(), "title": title.strip(), "text": text.strip(), "day": day}
    try:
        existing = take_in(desk.store, account, Pasted(**filled), desk.clock.now(), anyway=anyway == "yes")
    except ReviewError as exc:
        return _again(request, account, filled, problem=str(exc))
    if existing is not None:
        return _again(request, account, filled, existing=existing)
    return RedirectResponse("/texts/new?received=yes", status_code=303)


def _account(request: Request) -> Account:
    account = signed_in(request)
    access.require(access.may_enter_texts(account))
    return account


def _again(
    request: Request, account: Account, filled: dict[str, str], *, problem: str = "", existing: Existing | None = None
) -> Response:
    again = _page(request, account, filled, problem=problem, existing=existing)
    again.status_code = 409
    return again


def _page(
    request: Request,
    account: Account,
    filled: dict[str, str],
    *,
    problem: str = "",
    existing: Existing | None = None,
    received: bool = False,
) -> HTMLResponse:
    return page(request, "paste.html", account, filled=filled, problem=problem, existing=existing, received=received)
