"""The first administrator, made by whoever reads the code on the server's terminal; afterwards the page is gone."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account, AuditEntry
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from review.accounts.form import name_problem, person_name_problem
from review.requests import FormFields, desk_of, plain_page
from review.sign_in.callers import caller_of
from review.sign_in.entrance import Answer
from review.sign_in.password_rules import password_problem
from review.sign_in.passwords import hash_password
from review.sign_in.session_cookie import keep_session
from review.sign_in.waiting import refusal
from storage.unit_of_work import UnitOfWork

router = APIRouter()
SET_UP = "set-up"
_WRONG = "代码不对、已用过或过期; 请看服务器上最近一次启动时显示的代码, 需要新代码就重新启动网页服务"


@router.get("/setup")
def show(request: Request) -> Response:
    """The form; 404 as soon as there is an account."""
    _require_empty(request)
    return _form(request, 200, given={})


@router.post("/setup")
def make_first_administrator(request: Request, form: FormFields) -> Response:
    """Signed in as the new administrator; the form again where something is wrong."""
    _require_empty(request)
    desk, caller = desk_of(request), caller_of(request)
    given = {name: form.get(name, "").strip() for name in ("username", "name", "code")}
    problem = _problem(request, given, form)
    if problem:
        return _form(request, 422, given=given, problem=problem)
    knock = desk.entrance.knock_at(SET_UP, caller)
    if knock.wait:
        status, said = refusal(Answer(wait=knock.wait), _WRONG)
        return _form(request, status, given=given, problem=said)
    password_hash = hash_password(form["password"])
    with desk.store.unit_of_work() as work:
        # Held, or two browsers with a code each, of two servers started at once, would each find no account.
        work.accounts.hold_all()
        region = work.set_up_codes.use(given["code"], desk.clock.now())
        if region is None:
            knock.refuse(work)
            work.commit()
            return _form(request, 401, given=given, problem=_WRONG)
        if work.accounts.count():
            raise HTTPException(404)
        knock.succeed(work)
        account = _account(request, given, region, password_hash)
        work.accounts.add(account)
        token = desk.entrance.let_in(work, account, caller, "first_start")
        _note(work, account)
        work.commit()
    response = RedirectResponse("/", status_code=303)
    keep_session(request, response, token, desk.sessions.policy.longest_session)
    return response


def _form(request: Request, status: int, given: Mapping[str, str], problem: str = "") -> HTMLResponse:
    shortest = desk_of(request).sessions.policy.shortest_password
    return plain_page(request, "setup.html", status, given=given, problem=problem, shortest=shortest)


def _require_empty(request: Request) -> None:
    with desk_of(request).store.reading() as work:
        if work.accounts.count():
            raise HTTPException(404)


def _problem(request: Request, given: Mapping[str, str], form: Mapping[str, str]) -> str | None:
    password = form.get("password", "")
    problem = name_problem(given["username"]) or person_name_problem(given["name"])
    if problem is None and password != form.get("again", ""):
        problem = "两次输入的密码不一样"
    own = (given["username"], given["name"])
    return problem or password_problem(password, desk_of(request).sessions.policy, own)


def _account(request: Request, given: Mapping[str, str], region: RegionCode, password_hash: str) -> Account:
    return Account(
        username=given["username"],
        display_name=given["name"],
        role=Role.ADMIN,
        region=region,
        password_hash=password_hash,
        created_at=desk_of(request).clock.now(),
    )


def _note(work: UnitOfWork, account: Account) -> None:
    detail = f"{account.role.value} {account.region}"
    entry = AuditEntry(
        at=account.created_at, actor=SET_UP, action="create_account", subject=account.username, detail=detail
    )
    work.audit.append(entry)
