"""Off to the county's sign-in server and back: only accounts that exist here come in."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import AuditEntry
from domain.accounts.sign_in import SessionStage
from domain.failures.errors import SingleSignOnFailed
from review.requests import desk_of, plain_page
from review.sign_in.callers import caller_of
from review.sign_in.entrance import UNKNOWN, Answer
from review.sign_in.session_cookie import drop_flow, flow_token, keep_flow, keep_session, session_token
from review.sign_in.single_sign_on import FLOW_LASTS, RETURN_PATH, SingleSignOn
from review.sign_in.waiting import refusal

router = APIRouter()
_NO_ACCOUNT = "统一身份认证认得您, 但本系统里没有可用的账号, 请找系统管理员"


@router.get("/login/sso")
def leave(request: Request) -> Response:
    """To the county's server; the browser keeps the flow in a cookie that comes back with it."""
    county = _county(request)
    flow = county.new_flow()
    try:
        address = county.leaving_for(flow)
    except SingleSignOnFailed as exc:
        # Nobody has tried to come in yet: while the server is away anybody could fill the audit log from here.
        return _not_in(request, exc)
    response = RedirectResponse(address, status_code=303)
    keep_flow(request, response, flow, FLOW_LASTS)
    return response


@router.get(RETURN_PATH)
def come_back(request: Request) -> Response:
    """A session for the account that the county's server vouches for; the flow is over either way."""
    county = _county(request)
    desk, caller = desk_of(request), caller_of(request)
    knock = desk.entrance.knock_from(caller)
    if knock.wait:
        status, said = refusal(Answer(wait=knock.wait), "")
        return drop_flow(request, plain_page(request, "login.html", status, problem=said, single_sign_on=county.label))
    try:
        name = county.user_name(flow_token(request), request.query_params)
    except SingleSignOnFailed as exc:
        return _refused(request, exc)
    token = desk.entrance.with_voucher(name, caller, session_token(request))
    if token is None:
        return drop_flow(
            request, plain_page(request, "login.html", 403, problem=_NO_ACCOUNT, single_sign_on=county.label)
        )
    with desk.store.unit_of_work() as work:
        knock.succeed(work)
        work.commit()
    found = desk.sessions.find(token)
    needs_code = found is not None and found.session.stage is SessionStage.CODE_NEEDED
    # A page, not a redirect: the strict session cookie is only sent on a way that begins at our own page.
    response = plain_page(request, "single_sign_on.html", 200, address="/login/code" if needs_code else "/")
    keep_session(request, response, token, desk.sessions.policy.longest_session)
    return drop_flow(request, response)


def _county(request: Request) -> SingleSignOn:
    county = desk_of(request).single_sign_on
    if county is None:
        raise HTTPException(404)
    return county


def _refused(request: Request, error: SingleSignOnFailed) -> Response:
    desk = desk_of(request)
    with desk.store.unit_of_work() as work:
        at, address = desk.clock.now(), caller_of(request).address
        detail = f"single_sign_on {error.reason}"
        work.audit.append(AuditEntry(at=at, actor=UNKNOWN, action="sign_in_refused", subject=address, detail=detail))
        work.commit()
    return _not_in(request, error)


def _not_in(request: Request, error: SingleSignOnFailed) -> Response:
    label = _county(request).label
    return drop_flow(request, plain_page(request, "login.html", 401, problem=str(error), single_sign_on=label))
