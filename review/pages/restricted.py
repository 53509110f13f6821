"""限制件: the accusations of the petition office's own queue; nobody else finds a trace of it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.clock import CHINA, written_day
from domain.failures.errors import ReviewError
from domain.labelled import Labelled
from domain.texts.accusation import AccusationAct, AccusationState
from domain.texts.document import Document, DocumentId
from review.decisions.accusations import Filled, accusation_of, act_on, last_day, queue_of
from review.requests import PAGE_SIZE, Desk, check_form, desk_of, office_of, page, page_number, pages_of, signed_in
from review.rights import access
from review.shown.shown_text import beginning, own_words
from storage.joined.planned_households import household_now
from storage.texts.accusations import QueuedAccusation

router = APIRouter()


class QueueChoice(Labelled):
    """Which accusations the page lists."""

    OPEN = "open", "待处理"
    FORWARDED = "forwarded", "已转纪检"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One accusation in the list."""

    queued: QueuedAccusation
    document: Document
    beginning: str
    """Of the text, for the list."""
    last_day: date | None
    days_left: int | None


@router.get("/restricted")
def restricted(request: Request) -> HTMLResponse:
    """The office's accusations, the most pressing first."""
    account, desk = _clerk(request), desk_of(request)
    chosen = QueueChoice.FORWARDED if request.query_params.get("show") == QueueChoice.FORWARDED else QueueChoice.OPEN
    number = page_number(request)
    with desk.store.reading() as work:
        queue = [one for one in queue_of(work, account, office_of(desk, account)) if _is_shown(one, chosen)]
        shown = queue[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        rows = [_row(desk, account, one, work.documents.get(one.document_id)) for one in shown]
    desk.note(account, "list_restricted", "")
    return page(
        request,
        "restricted.html",
        account,
        rows=rows,
        total=len(queue),
        chosen=chosen,
        choices=QueueChoice,
        page_number=number,
        pages=pages_of(len(queue)),
    )


@router.get("/restricted/{document_id}")
def restricted_text(request: Request, document_id: str) -> HTMLResponse:
    """One accusation in full, with what was done and what can be done; every view is in the audit log."""
    account = _clerk(request)
    return _text_page(request, account, _queued(request, account, document_id))


@router.post("/restricted/{document_id}/steps")
def act(
    request: Request,
    document_id: str,
    csrf: Annotated[str, Form()],
    step: Annotated[str, Form()] = "",
    reference: Annotated[str, Form()] = "",
    day: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Back to the accusation, or to the queue when it left it, or the page again with what is wrong."""
    account, desk = _clerk(request), desk_of(request)
    check_form(request, csrf)
    queued = _queued(request, account, document_id)
    if desk.disclosure is None:
        raise HTTPException(404)
    try:
        filled = Filled(act=_act(step), reference=reference.strip(), day=_day(day), reason=" ".join(reason.split()))
        at = desk.clock.now()
        act_on(desk.store, account, office_of(desk, account), queued.document_id, filled, rules=desk.disclosure, at=at)
    except ReviewError as exc:
        again = _text_page(request, account, queued, problem=str(exc))
        again.status_code = 409
        return again
    return RedirectResponse("/restricted", status_code=303)


def _clerk(request: Request) -> Account:
    account = signed_in(request)
    access.require(access.may_read_restricted(account))
    return account


def _queued(request: Request, account: Account, document_id: str) -> QueuedAccusation:
    desk = desk_of(request)
    with desk.store.reading() as work:
        queued = accusation_of(work, account, office_of(desk, account), DocumentId(document_id))
    if queued is None:
        raise HTTPException(404)
    return queued


def _text_page(request: Request, account: Account, queued: QueuedAccusation, problem: str = "") -> HTMLResponse:
    """The accusation, its view noted: with a form that was refused the text is shown again."""
    desk = desk_of(request)
    desk.note(account, "view_restricted", queued.document_id)
    with desk.store.reading() as work:
        document = work.documents.get(queued.document_id)
        planned = work.planned_leads.of_documents([queued.document_id])
        villages = {one.id: work.places.name_of(one.region) for one in planned}
        unclear = {one.id for one in planned if one.opened_at is None and household_now(work, one) is None}
    return page(
        request,
        "restricted_text.html",
        account,
        row=_row(desk, account, queued, document),
        title=own_words(document.title, document, account),
        text=own_words(document.text, document, account),
        planned=planned,
        villages=villages,
        unclear=unclear,
        acts=AccusationAct,
        waiting=queued.state is AccusationState.WAITING,
        rules=desk.disclosure,
        problem=problem,
        zone=CHINA,
    )


def _row(desk: Desk, account: Account, queued: QueuedAccusation, document: Document) -> QueueRow:
    last = last_day(queued.received_at, desk.disclosure) if desk.disclosure and queued.state.open else None
    days_left = (last - desk.today).days if last is not None else None
    return QueueRow(
        queued=queued,
        document=document,
        beginning=beginning(document, account),
        last_day=last,
        days_left=days_left,
    )


def _is_shown(one: QueuedAccusation, chosen: QueueChoice) -> bool:
    return one.state.open if chosen is QueueChoice.OPEN else not one.state.open


def _act(text: str) -> AccusationAct:
    try:
        return AccusationAct(text)
    except ValueError as exc:
        raise ReviewError("请选择怎样处理") from exc


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return written_day(text)
    except ValueError as exc:
        raise ReviewError(f"转送日期不对: {text[:20]}, 请像 2026-09-03 这样写") from exc
