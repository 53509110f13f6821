"""Setting up an authenticator: a secret that the phone reads off the page, proved by a first code, recovery codes."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.accounts.account import AuditEntry
from review.pages.own_account import refused_overview
from review.requests import FormFields, check_form, desk_of, page, present
from review.sign_in.callers import caller_of
from review.sign_in.second_factor import make_recovery_codes, make_secret, picture_of, step_of
from review.sign_in.session_cookie import keep_session, session_token
from review.sign_in.sessions import Present
from storage.unit_of_work import UnitOfWork

router = APIRouter()
_WRONG = "验证码不对: 请核对手机时间是否准确, 再输入验证器现在显示的6位数字"


@router.get("/account/second-factor")
def show(request: Request) -> Response:
    """The secret to be read by the phone, or the button that makes one."""
    return _page(request, present(request), 200)


@router.post("/account/second-factor/begin")
def begin(request: Request, form: FormFields) -> Response:
    """A new secret is offered; the one in use, if any, stays until the new one is proved."""
    found, desk = present(request), desk_of(request)
    check_form(request, form.get("csrf", ""))
    refused = desk.entrance.confirm(found, form.get("password", ""), caller_of(request))
    if refused:
        return refused_overview(request, found, refused)
    with desk.store.unit_of_work() as work:
        work.credentials.offer_secret(found.account.username, make_secret())
        work.commit()
    return RedirectResponse("/account/second-factor", status_code=303)


@router.post("/account/second-factor")
def prove(request: Request, form: FormFields) -> Response:
    """The offered secret holds from now on; its recovery codes are shown this once."""
    found, desk = present(request), desk_of(request)
    check_form(request, form.get("csrf", ""))
    username, now = found.account.username, desk.clock.now()
    with desk.store.unit_of_work() as work:
        # Held, or two tabs could accept one secret, and leave two sets of recovery codes.
        work.accounts.hold(username)
        secret = work.credentials.offered_secret(username)
        if secret is None:
            return RedirectResponse("/account/second-factor", status_code=303)
        step = step_of(secret, form.get("code", ""), now)
        if step is None:
            return _page(request, found, 422, problem=_WRONG)
        work.credentials.accept_secret(username, step, now)
        desk.sessions.close_others(work, username, session_token(request))
        token = desk.sessions.rotate(work, session_token(request))
        codes = _new_codes(request, work, found, "enrol_second_factor")
        work.commit()
    return _codes_page(request, found, codes, token)


@router.post("/account/recovery-codes")
def renew_recovery_codes(request: Request, form: FormFields) -> Response:
    """New recovery codes, shown this once; the old ones are good for nothing."""
    found, desk = present(request), desk_of(request)
    check_form(request, form.get("csrf", ""))
    refused = desk.entrance.confirm(found, form.get("password", ""), caller_of(request))
    if refused:
        return refused_overview(request, found, refused)
    if found.credentials.second_factor_since is None:
        return RedirectResponse("/account/second-factor", status_code=303)
    with desk.store.unit_of_work() as work:
        work.accounts.hold(found.account.username)
        token = desk.sessions.rotate(work, session_token(request))
        codes = _new_codes(request, work, found, "renew_recovery_codes")
        work.commit()
    return _codes_page(request, found, codes, token)


def _new_codes(request: Request, work: UnitOfWork, found: Present, action: str) -> list[str]:
    desk, username = desk_of(request), found.account.username
    codes = make_recovery_codes(desk.sessions.policy.recovery_codes)
    work.credentials.set_recovery_codes(username, codes)
    work.audit.append(AuditEntry(at=desk.clock.now(), actor=username, action=action, subject=username))
    return codes


def _codes_page(request: Request, found: Present, codes: list[str], token: str) -> HTMLResponse:
    desk = desk_of(request)
    csrf = desk.sessions.csrf_token(token)
    answer = page(request, "recovery_codes.html", found.account, codes=codes, csrf=csrf)
    keep_session(request, answer, token, desk.sessions.policy.longest_session)
    return answer


def _page(request: Request, found: Present, status: int, **content: Any) -> HTMLResponse:
    desk, username = desk_of(request), found.account.username
    with desk.store.reading() as work:
        secret = work.credentials.offered_secret(username)
    picture = picture_of(secret, username) if secret is not None else None
    answer = page(
        request,
        "second_factor.html",
        found.account,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)) if secret else None,
        picture=picture,
        credentials=found.credentials,
        by_single_sign_on=found.session.by_single_sign_on,
        required=found.account.role in desk.sessions.policy.second_factor_roles,
        **content,
    )
    answer.status_code = status
    return answer
