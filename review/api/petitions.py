"""Petitions in a batch: each record goes the way of a row of a file, and has its result."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.concurrency import run_in_threadpool

from domain.accounts.api_key import ApiKey, KeyScope
from domain.clock import CHINA
from domain.deliveries.receipt import ReceiptId, RowOutcome, RowProblem, RowReceipt, Way
from domain.deliveries.submission import Submission, SubmissionState
from importers.petitions.record_table import COLUMNS, FIRST_ROW
from review.api.authentication import key_with
from review.api.batch import batch_schema, read_batch
from review.api.models import BatchOut, Counts, RecordProblemOut, RecordResult
from review.api.problems import ApiRefused, Problem
from review.handing_in.reception import Reception, sender_of
from review.handing_in.submissions import HandingIn, id_of, new_id
from review.requests import Desk, desk_of

router = APIRouter()
_SENDER = key_with(KeyScope.SUBMIT_PETITIONS)
_ENTRIES_OF_A_RECORD = 20
"""More remarks than this no row of a file gets."""
_ABOUT = (
    "每条记录都有结果: 已接收、按更正接收、重复, 或退回及原因。按编号和内容识别重复, 同样的内容再交一次不会重复登记。"
)
_EXAMPLE = {
    "records": [
        {
            "number": "XF-2026-0001",
            "name": "张三三",
            "address": "某镇某村一组",
            "date": "2026-11-20",
            "form": "来访",
            "purpose": "求决",
            "matter": "反映家中失火, 住房烧毁, 请求救助。",
        }
    ]
}


@router.post(
    "/petitions",
    summary="提交一批信访件",
    description=_ABOUT,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": batch_schema(),
                    "examples": {"一件": {"value": _EXAMPLE}},
                }
            },
        }
    },
    responses={status: {"model": Problem} for status in (401, 403, 409, 413, 422, 429, 503)},
)
async def submit(
    request: Request,
    key: Annotated[ApiKey, Depends(_SENDER)],
    idempotency_key: Annotated[
        str, Header(max_length=200, description="自定的一次提交的名称; 断线后用同一名称和内容再交, 得到第一次的结果")
    ] = "",
) -> BatchOut:
    """Take the records in, and answer with what became of each; nothing of the body is read before the key is known."""
    return await run_in_threadpool(_submit, desk_of(request), key, idempotency_key, await request.body())


def _submit(desk: Desk, key: ApiKey, idempotency_key: str, body: bytes) -> BatchOut:
    reception = reception_of(desk)
    records = read_batch(body, reception.limits.records_per_call)
    submission, is_this = HandingIn(desk.store, desk.clock, reception, sender_of(key), Way.API).records(
        [record.model_dump() for record in records],
        submission_id=id_of(key.id, idempotency_key) if idempotency_key else new_id(),
        name=f"接口_{desk.clock.now().astimezone(CHINA):%m%d_%H%M%S}.xlsx",
    )
    if not is_this:
        raise ApiRefused(409, "这个 Idempotency-Key 已用于另一批内容, 请换一个名称")
    return _batch(desk, submission, len(records))


def reception_of(desk: Desk) -> Reception:
    """What imports; refused where nothing does."""
    if desk.reception is None:
        raise ApiRefused(404, "没有开通接口")
    return desk.reception


def _batch(desk: Desk, submission: Submission, records: int) -> BatchOut:
    if submission.state is SubmissionState.FAILED:
        raise ApiRefused(409, submission.message or "这一批没有导入, 请改正后重新提交")
    if submission.receipt_id is None:
        raise ApiRefused(503, "这一批正在导入, 请稍后用同一个 Idempotency-Key 再提交, 查看结果", {"Retry-After": "10"})
    with desk.store.reading() as work:
        receipt = work.receipts.get(submission.receipt_id)
        entries = work.receipts.rows(ReceiptId(submission.receipt_id), limit=records * _ENTRIES_OF_A_RECORD)
    if receipt is None:
        raise ApiRefused(404, "回执已按保存期限清除")
    results = [_result(index, [one for one in entries if one.row == index + FIRST_ROW]) for index in range(records)]
    # An empty record is no row of the receipt and yet refused.
    refused = sum(one.outcome is RowOutcome.REJECTED for one in results)
    counts = Counts.of(receipt).model_copy(update={"rejected": refused})
    return BatchOut(import_id=submission.id, receipt_id=receipt.id, counts=counts, results=results)


def _result(index: int, entries: Sequence[RowReceipt]) -> RecordResult:
    outcome = next((one for one in entries if one.outcome is not RowOutcome.WARNED), None)
    corrected = next((one for one in entries if one.outcome is RowOutcome.CORRECTED), None)
    said = [RecordProblemOut.of(one.problem) for one in entries if one.problem is not None]
    return RecordResult(
        index=index,
        outcome=outcome.outcome if outcome is not None else RowOutcome.REJECTED,
        document_id=outcome.document_id if outcome is not None else None,
        corrects=corrected.earlier_id if corrected is not None else None,
        problems=said or ([] if outcome is not None else [_blank(index)]),
    )


def _blank(index: int) -> RecordProblemOut:
    """An empty row of a file is passed over; an empty record was somebody's call and gets its answer."""
    reason = "没有内容, 请补填后重新提交"
    problem = RowProblem(sheet="", row=index + FIRST_ROW, column=COLUMNS["matter"], reason=reason, value="")
    return RecordProblemOut.of(problem)
