"""What everybody does with the own account: see where it is signed in, end sessions, change the password."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.accounts.account import AuditEntry
from domain.failures.errors import NotAllowed
from review.requests import FormFields, check_form, desk_of, duty_of, let_be_known, page, present
from review.sign_in.callers import caller_of
from review.sign_in.entrance import Answer
from review.sign_in.password_rules import password_problem
from review.sign_in.passwords import hash_password
from review.sign_in.session_cookie import keep_session, session_token
from review.sign_in.sessions import Present
from review.sign_in.waiting import refusal

router = APIRouter()
_AGAIN = "登录的时间已久, 请退出后用统一身份认证重新登录再办"
WRONG_PASSWORD = "现在的密码不对"  # noqa: S105 - a sentence


@router.get("/account")
def show(request: Request) -> HTMLResponse:
    """The account, its second factor and its sessions."""
    return _overview(request, present(request), 200)


@router.post("/account/sessions/{session_id}/end")
def end_session(request: Request, session_id: str, form: FormFields) -> Response:
    """One of the own sessions is over."""
    found, desk = present(request), desk_of(request)
    check_form(request, form.get("csrf", ""))
    with desk.store.unit_of_work() as work:
        if work.open_sessions.close_one(found.account.username, session_id):
            work.audit.append(_entry(request, found, "end_session", session_id))
        work.commit()
    return RedirectResponse("/account", status_code=303)


@router.post("/account/sessions/end-others")
def end_other_sessions(request: Request, form: FormFields) -> Response:
    """Every session but this one is over."""
    found, desk = present(request), desk_of(request)
    check_form(request, form.get("csrf", ""))
    with desk.store.unit_of_work() as work:
        ended = desk.sessions.close_others(work, found.account.username, session_token(request))
        work.audit.append(_entry(request, found, "end_session", f"{ended}"))
        work.commit()
    return RedirectResponse("/account", status_code=303)


@router.get("/account/password")
def ask_for_password(request: Request) -> HTMLResponse:
    """The form for a new password."""
    found = present(request)
    return page(request, "own_password.html", found.account, must=found.credentials.must_change_password)


@router.post("/account/password")
def change_password(request: Request, form: FormFields) -> Response:
    """The new password holds, this session has a new token, all others and readers' addresses are over; or the form."""
    found, desk = present(request), desk_of(request)
    check_form(request, form.get("csrf", ""))
    new = form.get("new", "")
    refused = desk.entrance.confirm(found, form.get("password", ""), caller_of(request))
    status, problem = refusal(refused, WRONG_PASSWORD) if refused else (422, _problem_of(request, found, form))
    if problem is not None:
        must = found.credentials.must_change_password
        answer = page(request, "own_password.html", found.account, must=must, problem=problem)
        answer.status_code = status
        return answer
    hashed = hash_password(new)
    with desk.store.unit_of_work() as work:
        work.accounts.hold(found.account.username)
        if not work.accounts.replace_hash(found.account.username, found.account.password_hash, hashed):
            raise NotAllowed("密码刚刚被重设了, 请用新给的密码重新登录")
        desk.sessions.close_others(work, found.account.username, session_token(request))
        token = desk.sessions.rotate(work, session_token(request))
        work.credentials.set_must_change(found.account.username, must=False)
        # Whoever had the phone or the password may have made one, and it asks for neither.
        work.reader_tokens.revoke_all(found.account.username, desk.clock.now())
        work.audit.append(_entry(request, found, "change_password"))
        work.commit()
    response = RedirectResponse("/", status_code=303)
    keep_session(request, response, token, desk.sessions.policy.longest_session)
    let_be_known(request, response, replace(found.account, password_hash=hashed))
    return response


def _problem_of(request: Request, found: Present, form: FormFields) -> str | None:
    new = form.get("new", "")
    if new != form.get("again", ""):
        return "两次输入的新密码不一样"
    if new == form.get("password", ""):
        return "新密码不能和现在的一样"
    own = (found.account.username, found.account.display_name)
    return password_problem(new, desk_of(request).sessions.policy, own)


def _overview(request: Request, found: Present, status: int, **content: object) -> HTMLResponse:
    desk = desk_of(request)
    with desk.store.reading() as work:
        sessions = work.open_sessions.of(found.account.username)
        left = work.credentials.count_recovery_codes(found.account.username)
    answer = page(
        request,
        "own_account.html",
        found.account,
        credentials=found.credentials,
        sessions=sessions,
        this=found.session.id,
        recovery_codes=left,
        duty=duty_of(request, found),
        required=found.account.role in desk.sessions.policy.second_factor_roles,
        **content,
    )
    answer.status_code = status
    return answer


def refused_overview(request: Request, found: Present, refused: Answer) -> HTMLResponse:
    """The account's page with what was wrong with the password."""
    status, problem = refusal(refused, _AGAIN if found.session.by_single_sign_on else WRONG_PASSWORD)
    return _overview(request, found, status, problem=problem)


def _entry(request: Request, found: Present, action: str, detail: str = "") -> AuditEntry:
    at, actor = desk_of(request).clock.now(), found.account.username
    return AuditEntry(at=at, actor=actor, action=action, subject=actor, detail=detail)
