"""The records behind the numbers of 运行看板: which text and since when, nothing of what it says."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import AuditEntry
from domain.counting.stage_report import stage_label
from domain.texts.document import DocumentId
from domain.texts.set_aside import set_aside_label, what_to_do
from review.requests import PAGE_SIZE, check_form, desk_of, page, page_number, pages_of, signed_in
from review.rights import access
from storage.unit_of_work import UnitOfWork

router = APIRouter()


def set_aside_address(stage: str, detail: str) -> str:
    """Where the records are that a stage set aside for this reason."""
    return "/board/system/set-aside?" + urlencode({"stage": stage, "detail": detail})


@router.get("/board/system/waiting")
def waiting(request: Request) -> HTMLResponse:
    """The texts that wait for one stage, in the order in which it will take them."""
    account, desk, number = signed_in(request), desk_of(request), page_number(request)
    access.require(access.may_run_system(account))
    named = request.query_params.get("stage", "")
    queues = desk.operation.operation_state().queues if desk.operation is not None else ()
    queue = next((one for one in queues if one.stage.value == named), None)
    if queue is None:
        raise HTTPException(404)
    shown = queue.documents[(number - 1) * PAGE_SIZE :][:PAGE_SIZE]
    with desk.store.reading() as work:
        times = work.breadcrumbs.received_at(shown)
    total = len(queue.documents)
    return page(
        request,
        "board_records.html",
        account,
        title=f"待处理: {queue.stage.label}",
        hint=f"{total}条以上, 先列{total}条" if queue.more else f"共{total}条",
        todo="定时任务会处理, 不用做什么; 半小时后还不减少, 请看定时任务是否在运行",
        times="收到",
        rows=[(one, times.get(one)) for one in shown],
        address="/board/system/waiting?" + urlencode({"stage": named}) + "&",
        page_number=number,
        pages=pages_of(total),
    )


@router.get("/board/system/set-aside")
def set_aside(request: Request) -> HTMLResponse:
    """The texts that a stage set aside for one reason, the latest first; the sentence may name people and stays out."""
    account, number = signed_in(request), page_number(request)
    access.require(access.may_run_system(account))
    stage, detail = (request.query_params.get(name, "") for name in ("stage", "detail"))
    with desk_of(request).store.reading() as work:
        total = {(one, why): count for one, why, count in work.set_aside.counts()}.get((stage, detail))
        if total is None:
            raise HTTPException(404)
        crumbs = work.set_aside.records(stage, detail, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    return page(
        request,
        "board_records.html",
        account,
        title=f"隔离待查: {stage_label(stage)}, {set_aside_label(detail)}",
        hint=f"共{total}条",
        todo=what_to_do(detail),
        times="隔离",
        stage=stage,
        detail=detail,
        may_settle=True,
        rows=[(one.document_id, one.at) for one in crumbs],
        address=set_aside_address(stage, detail) + "&",
        page_number=number,
        pages=pages_of(total),
    )


@router.post("/board/system/set-aside")
def settle(
    request: Request,
    csrf: Annotated[str, Form()],
    stage: Annotated[str, Form(max_length=64)],
    detail: Annotated[str, Form(max_length=64)],
    documents: Annotated[Sequence[str], Form(max_length=PAGE_SIZE)] = (),
) -> Response:
    """Whoever dealt with these records says so; they are counted no more, their petitions stand as they stood."""
    account, desk = signed_in(request), desk_of(request)
    check_form(request, csrf)
    access.require(access.may_run_system(account))
    ids = [DocumentId(one) for one in documents if one.isprintable()]
    with desk.store.unit_of_work() as work:
        known = (stage, detail) in _reasons(work)
        settled = work.set_aside.settle(stage, detail, ids, desk.clock.now()) if known else []
        left = (stage, detail) in _reasons(work)
        for document_id in settled:
            work.audit.append(
                AuditEntry(
                    at=desk.clock.now(),
                    actor=account.username,
                    action="settle_set_aside",
                    subject=document_id,
                    detail=f"{stage} {detail}",
                )
            )
        work.commit()
    return RedirectResponse(set_aside_address(stage, detail) if left else "/board/system", status_code=303)


def _reasons(work: UnitOfWork) -> set[tuple[str, str]]:
    return {(stage, detail) for stage, detail, _ in work.set_aside.counts()}
