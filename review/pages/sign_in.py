"""The sign-in pages: user name and password, then the code; and the way out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from domain.accounts.account import AuditEntry
from domain.accounts.sign_in import SessionStage
from review.requests import check_form, desk_of, let_be_known, plain_page
from review.sign_in.callers import caller_of
from review.sign_in.session_cookie import drop_session, keep_session, session_token
from review.sign_in.sessions import Present
from review.sign_in.waiting import refusal

router = APIRouter()
_REFUSED = "用户名或密码不对, 或账号已停用"
_WRONG_CODE = "验证码不对或已经用过; 请等验证器显示下一个再输入"


@router.get("/login")
def show(request: Request) -> Response:
    """The form; before the first account is made, the page that makes it."""
    with desk_of(request).store.reading() as work:
        if work.accounts.count() == 0:
            return RedirectResponse("/setup", status_code=303)
    return _page(request, 200)


@router.post("/login")
def sign_in(request: Request, username: Annotated[str, Form()], password: Annotated[str, Form()]) -> Response:
    """To the feed, or to the page for the code, with a session cookie; or the form again."""
    old = session_token(request)
    # PostgreSQL takes no NUL; an error page instead of a refusal would be another answer than usual.
    name = username.replace("\0", "").strip()
    answer = desk_of(request).entrance.with_password(name, password, caller_of(request), old)
    if answer.token is None:
        status, said = refusal(answer, _REFUSED)
        return _page(request, status, said)
    return _enter(request, answer.token)


@router.get("/login/code")
def ask_for_code(request: Request) -> Response:
    """The form for the code of the authenticator."""
    if _waiting(request) is None:
        return RedirectResponse("/login", status_code=303)
    return _code_page(request, 200)


@router.post("/login/code")
def check_code(request: Request, code: Annotated[str, Form()], csrf: Annotated[str, Form()]) -> Response:
    """To the feed under a new session cookie, or the form again."""
    found = _waiting(request)
    if found is None:
        return RedirectResponse("/login", status_code=303)
    check_form(request, csrf)
    answer = desk_of(request).entrance.with_code(session_token(request), found, code, caller_of(request))
    if answer.token is None:
        return _code_page(request, *refusal(answer, _WRONG_CODE))
    return _enter(request, answer.token)


@router.post("/logout")
def sign_out(request: Request, csrf: Annotated[str, Form()]) -> Response:
    """To the sign-in page, the session closed."""
    check_form(request, csrf)
    desk, token = desk_of(request), session_token(request)
    found = desk.sessions.find(token)
    with desk.store.unit_of_work() as work:
        desk.sessions.close(work, token)
        if found is not None:
            at, actor = desk.clock.now(), found.account.username
            work.audit.append(AuditEntry(at=at, actor=actor, action="sign_out", subject=found.session.address))
        work.commit()
    response = RedirectResponse("/login", status_code=303)
    drop_session(request, response)
    return response


def _page(request: Request, status: int, problem: str = "") -> Response:
    county = desk_of(request).single_sign_on
    label = county.label if county is not None else ""
    return plain_page(request, "login.html", status, problem=problem, single_sign_on=label)


def _enter(request: Request, token: str) -> Response:
    found = desk_of(request).sessions.find(token)
    needs_code = found is not None and found.session.stage is SessionStage.CODE_NEEDED
    response = RedirectResponse("/login/code" if needs_code else "/", status_code=303)
    keep_session(request, response, token, desk_of(request).sessions.policy.longest_session)
    if found is not None and not needs_code:
        let_be_known(request, response, found.account)
    return response


def _waiting(request: Request) -> Present | None:
    found = desk_of(request).sessions.find(session_token(request))
    return found if found is not None and found.session.stage is SessionStage.CODE_NEEDED else None


def _code_page(request: Request, status: int, problem: str = "") -> Response:
    csrf = desk_of(request).sessions.csrf_token(session_token(request))
    return plain_page(request, "login_code.html", status, csrf=csrf, problem=problem)
