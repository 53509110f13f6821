"""判读分歧: where the second reader disagrees with the classifier, the petition office reads and decides."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.failures.errors import ReviewError
from domain.risk import GUIDE_RISKS
from domain.texts.document import DocumentId
from domain.texts.judgement import Judgement, Verdict
from domain.words.vocabulary import Scope
from review.decisions.judgements import is_for, judge, waiting_for, withdraw
from review.requests import PAGE_SIZE, check_form, desk_of, page, page_number, pages_of, signed_in
from review.rights import access
from review.shown.disagreement_views import disagreement_card, disagreement_view, waiting_row

router = APIRouter()
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""Of a judgement; what is larger no database holds."""


@router.get("/disagreements")
def show_all(request: Request) -> HTMLResponse:
    """What waits for a decision, newest first, and what was decided and can still be withdrawn."""
    account = _clerk(request)
    number = page_number(request)
    with desk_of(request).store.reading() as work:
        ids = waiting_for(work, account)
        shown = ids[(number - 1) * PAGE_SIZE :][:PAGE_SIZE]
        found = work.second_readings.disagreements(account.region, shown)
        cards = [disagreement_card(work, one, account) for one in found]
        judged = work.judgements.waiting(account.region)
        mine = [one for one in judged if is_for(work, account, one.judgement.document_id)]
        waiting = [waiting_row(work, numbered, account) for numbered in mine]
    desk_of(request).note(account, "list_disagreements", "")
    return page(
        request,
        "disagreements.html",
        account,
        cards=cards,
        total=len(ids),
        waiting=waiting,
        page_number=number,
        pages=pages_of(len(ids)),
    )


@router.get("/disagreements/{document_id}")
def show(request: Request, document_id: str) -> HTMLResponse:
    """One text with what both readers said and the form; every view is in the audit log."""
    account = _clerk(request)
    return _page(request, account, document_id, problem="")


@router.post("/disagreements/{document_id}/judgements")
def record(
    request: Request,
    document_id: str,
    csrf: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    risks: Annotated[Sequence[str], Form()] = (),
    scope: Annotated[str, Form()] = "",
    urgent: Annotated[bool, Form()] = False,
    relocation: Annotated[bool, Form()] = False,
) -> Response:
    """Back to the list with the judgement appended, or the form again with what is wrong."""
    account = _clerk(request)
    check_form(request, csrf)
    hardship = verdict == Verdict.HARDSHIP
    try:
        judgement = Judgement(
            document_id=DocumentId(document_id),
            verdict=_verdict(verdict),
            judged_by=account.username,
            judged_at=desk_of(request).clock.now(),
            risks=frozenset(risk for risk in GUIDE_RISKS if hardship and risk.value in risks),
            scope=next((one for one in Scope if hardship and one.value == scope), Scope.NONE),
            relocation=hardship and relocation,
            urgent=hardship and urgent,
        )
        judge(desk_of(request).store, account, judgement)
    except ReviewError as exc:
        again = _page(request, account, document_id, problem=str(exc))
        again.status_code = 409
        return again
    return RedirectResponse("/disagreements", status_code=303)


@router.post("/judgements/{number}/withdrawal")
def take_back(request: Request, number: Number, csrf: Annotated[str, Form()]) -> Response:
    """Back to the list with the judgement withdrawn."""
    account = _clerk(request)
    check_form(request, csrf)
    withdraw(desk_of(request).store, account, number, desk_of(request).clock.now())
    return RedirectResponse("/disagreements", status_code=303)


def _clerk(request: Request) -> Account:
    account = signed_in(request)
    access.require(access.may_judge_readings(account))
    return account


def _page(request: Request, account: Account, document_id: str, *, problem: str) -> HTMLResponse:
    """The page of a disagreement, its view noted; one that is elsewhere, restricted or decided does not exist."""
    with desk_of(request).store.reading() as work:
        reading = work.second_readings.disagreement(account.region, DocumentId(document_id))
        if reading is None or not is_for(work, account, reading.document_id):
            raise HTTPException(404)
        view = disagreement_view(work, reading, account)
    desk_of(request).note(account, "view_disagreement", document_id)
    scopes = [scope for scope in Scope if scope is not Scope.NONE]
    return page(request, "disagreement.html", account, view=view, scopes=scopes, verdicts=Verdict, problem=problem)


def _verdict(text: str) -> Verdict:
    try:
        return Verdict(text)
    except ValueError as exc:
        raise ReviewError("请选择一个判断") from exc
