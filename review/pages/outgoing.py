"""外送: what leaves for other systems, for the operator: what waits, what was given up, how far each key has read."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account, AuditEntry
from domain.accounts.api_key import KeyScope
from domain.clock import CHINA
from domain.failures.errors import ReviewError
from domain.sending.delivery import DeliveryState
from review.api.leads import scope_of
from review.requests import PAGE_SIZE, check_form, desk_of, page, page_number, pages_of, signed_in
from review.rights import access

router = APIRouter()
_SHOWN = 200


@router.get("/outgoing")
def show(request: Request) -> HTMLResponse:
    """Counts by receiver and the deliveries that were given up; numbers of leads, nothing of their content."""
    account = _operator(request)
    desk = desk_of(request)
    with desk.store.reading() as work:
        given_up = work.webhook_deliveries.in_state(DeliveryState.GIVEN_UP, limit=_SHOWN)
        counts = work.webhook_deliveries.counts()
        last = work.outgoing.last_position()
        readers = [
            (key, work.outgoing.count_after(work.outgoing.acknowledged(key.id), scope_of(key)))
            for key in work.api_keys.all()
            if KeyScope.READ_LEADS in key.scopes and key.is_valid(desk.clock.now())
        ]
    return page(
        request,
        "outgoing.html",
        account,
        given_up=given_up,
        endpoints=_by_endpoint(counts),
        states=list(DeliveryState),
        readers=readers,
        last=last,
        zone=CHINA,
    )


@router.get("/outgoing/deliveries")
def deliveries(request: Request) -> HTMLResponse:
    """The deliveries in one state, of one receiver where the address names it, the one changed last first."""
    account = _operator(request)
    asked, number = request.query_params, page_number(request)
    state = next((one for one in DeliveryState if one.value == asked.get("state")), DeliveryState.WAITING)
    endpoint = asked.get("endpoint") or None
    with desk_of(request).store.reading() as work:
        counts = work.webhook_deliveries.counts()
        if endpoint is not None and endpoint not in {of for of, _ in counts}:
            raise HTTPException(404)
        shown = work.webhook_deliveries.in_state(
            state, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE, endpoint=endpoint
        )
    total = sum(count for (of, at), count in counts.items() if at is state and endpoint in (None, of))
    return page(
        request,
        "deliveries.html",
        account,
        deliveries=shown,
        state=state,
        endpoint=endpoint,
        total=total,
        address=urlencode({"state": state.value, **({"endpoint": endpoint} if endpoint else {})}),
        page_number=number,
        pages=pages_of(total),
    )


@router.post("/outgoing/{number}/again")
def again(request: Request, number: Annotated[int, Path(ge=1, le=2**31 - 1)], csrf: Annotated[str, Form()]) -> Response:
    """Back to the page with the delivery queued anew."""
    account = _operator(request)
    check_form(request, csrf)
    desk = desk_of(request)
    now = desk.clock.now()
    with desk.store.unit_of_work() as work:
        if not work.webhook_deliveries.send_again(number, now):
            raise ReviewError("这一条不是停止重试的推送, 请刷新页面")
        entry = AuditEntry(at=now, actor=account.username, action="send_again", subject=str(number))
        work.audit.append(entry)
        work.commit()
    return RedirectResponse("/outgoing", status_code=303)


def _operator(request: Request) -> Account:
    account = signed_in(request)
    access.require(access.may_run_system(account))
    return account


def _by_endpoint(counts: Mapping[tuple[str, DeliveryState], int]) -> dict[str, dict[DeliveryState, int]]:
    names = sorted({endpoint for endpoint, _ in counts})
    return {name: {state: counts.get((name, state), 0) for state in DeliveryState} for name in names}
