"""Accounts for the administrator: the list, one account, the form for a new one."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.auditing.audit import AuditQuestion
from domain.auditing.audit_act import AuditAct
from domain.places.region import Level, RegionCode
from domain.words.vocabulary import Role
from review.requests import PAGE_SIZE, desk_of, page, page_number, pages_of, signed_in
from review.rights import access
from storage.unit_of_work import UnitOfWork

router = APIRouter()
_LONGEST_SEARCH = 64
_LEVELS = (Level.COUNTY, Level.TOWN, Level.VILLAGE)
_OWN, _CONFIRMED = AuditAct.GIVE_OWN_NAME, AuditAct.RENAME_ACCOUNT


@router.get("/accounts")
def show(request: Request) -> HTMLResponse:
    """The accounts of the administrator's region, searched and by pages."""
    administrator = administrator_of(request)
    words, number = request.query_params.get("words", "").strip()[:_LONGEST_SEARCH], page_number(request)
    with desk_of(request).store.reading() as work:
        found, total = work.accounts.search(
            words, administrator.region, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
        )
        credentials = work.credentials.of([one.username for one in found])
        places = {one.username: work.places.name_of(one.region) for one in found}
    return page(
        request,
        "accounts.html",
        administrator,
        found=found,
        credentials=credentials,
        places=places,
        total=total,
        words=words,
        address=f"/accounts?{urlencode({'words': words})}&",
        page_number=number,
        pages=pages_of(total),
    )


@router.get("/accounts/new")
def ask_for_account(request: Request) -> HTMLResponse:
    """The form for a new account."""
    return form_page(request, administrator_of(request), {}, 200)


@router.get("/accounts/{username}")
def show_one(request: Request, username: str) -> HTMLResponse:
    """One account and what can be done with it."""
    administrator = administrator_of(request)
    return one_page(request, administrator, account_of(request, administrator, username), 200)


def administrator_of(request: Request) -> Account:
    """Who asks, being an administrator; NotAllowed otherwise."""
    account = signed_in(request)
    access.require(access.may_run_system(account))
    return account


def account_of(request: Request, administrator: Account, username: str) -> Account:
    """The account of the address; 404 outside the administrator's region."""
    with desk_of(request).store.reading() as work:
        account = work.accounts.get(username)
    if account is None or not administrator.region.contains(account.region):
        raise HTTPException(404)
    return account


def departments_of(request: Request) -> Mapping[str, str]:
    """Chinese name by slug of the departments that an account can be of."""
    workflow = desk_of(request).workflow
    return workflow.departments if workflow is not None else {}


def _divisions(work: UnitOfWork, administrator: Account) -> dict[str, str]:
    """The divisions that an account may be given, by code: nobody knows twelve digits by heart."""
    names = work.places.names_inside(administrator.region)
    return {code.digits: _with_town(code, names) for code in names if code.level in _LEVELS}


def _with_town(code: RegionCode, names: Mapping[RegionCode, str]) -> str:
    """Villages of two towns have one name."""
    town = names.get(code.ancestor(Level.TOWN), "") if code.level is Level.VILLAGE else ""
    return f"{town} {names[code]}".strip()


def form_page(
    request: Request, administrator: Account, given: dict[str, str], status: int, **content: object
) -> HTMLResponse:
    """The form for a new account with what was typed."""
    with desk_of(request).store.reading() as work:
        divisions = _divisions(work, administrator)
    answer = page(
        request,
        "account_new.html",
        administrator,
        given=given,
        roles=list(Role),
        divisions=divisions,
        departments=departments_of(request),
        **content,
    )
    answer.status_code = status
    return answer


def _named_by_owner(work: UnitOfWork, username: str) -> bool:
    """True while nobody else has confirmed the name that the owner gave: a false one would end every recusal."""
    asked = (AuditQuestion(action=action.value, subject=username) for action in (_OWN, _CONFIRMED))
    own, confirmed = (next(iter(work.audit.found(one, 1)), None) for one in asked)
    return own is not None and (confirmed is None or confirmed.sequence < own.sequence)


def one_page(request: Request, administrator: Account, one: Account, status: int, **content: object) -> HTMLResponse:
    """The page of one account, with a problem or a password that is shown this once."""
    with desk_of(request).store.reading() as work:
        credentials, place = work.credentials.get(one.username), work.places.name_of(one.region)
        sessions = len(work.open_sessions.of(one.username))
        named_by_owner = _named_by_owner(work, one.username)
        divisions = _divisions(work, administrator)
    answer = page(
        request,
        "account.html",
        administrator,
        one=one,
        credentials=credentials,
        place=place,
        sessions=sessions,
        named_by_owner=named_by_owner,
        roles=list(Role),
        divisions=divisions,
        departments=departments_of(request),
        own=one.username == administrator.username,
        **content,
    )
    answer.status_code = status
    return answer
