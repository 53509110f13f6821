"""Files through the interface: handed in, imported in the background, asked about until the receipt is there."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from domain.accounts.api_key import ApiKey, KeyScope
from domain.deliveries.receipt import REMARKED, Receipt, RowOutcome, Way
from domain.deliveries.submission import Submission, SubmissionState
from review.api.authentication import key_with
from review.api.models import CorrectionOut, Counts, ImportOut, ProblemOut, ReceiptOut, ReceiptQuery
from review.api.petitions import reception_of
from review.api.problems import ApiRefused, Problem
from review.handing_in.receipt_download import XLSX, workbook_answer
from review.handing_in.reception import sender_of
from review.handing_in.submissions import HandingIn
from review.requests import Desk, desk_of

router = APIRouter()
_PAGE = 500
_HAND_IN = "表头要认得出来, 或在网页上确认过一次。文件在后台导入, 用返回的 id 查看进度和回执。"
_PROGRESS = "只看得到本信访办提交的文件。退回的行、提示和更正每页500条, 有下一页时用 after 参数取。"
_WORKBOOK = "原来的行加上结果和说明; 改好退回的行后可以再交这个表格。"
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary", "description": "登记表文件"}},
                }
            }
        },
    }
}
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem} for status in (401, 403, 404, 409, 413, 429, 503)
}


@router.post(
    "/imports", status_code=202, summary="提交一个文件", description=_HAND_IN, openapi_extra=_FORM, responses=_PROBLEMS
)
async def hand_in(request: Request, key: Annotated[ApiKey, Depends(key_with(KeyScope.SUBMIT_PETITIONS))]) -> ImportOut:
    """Keep the file and queue its import."""
    desk = desk_of(request)
    reception = reception_of(desk)
    made = await HandingIn(desk.store, desk.clock, reception, sender_of(key), Way.API).files(
        request, lambda _: None, SubmissionState.QUEUED, most_files=1
    )
    reception.wake()
    return _import_out(desk, made[0], -1)


@router.get("/imports/{import_id}", summary="查看导入进度和回执", description=_PROGRESS, responses=_PROBLEMS)
def progress(
    request: Request,
    import_id: str,
    key: Annotated[ApiKey, Depends(key_with(KeyScope.READ_RECEIPTS))],
    asked: Annotated[ReceiptQuery, Query()],
) -> ImportOut:
    """How far the import is, and a page of its receipt."""
    desk = desk_of(request)
    return _import_out(desk, _submission(desk, key, import_id), asked.after)


@router.get(
    "/imports/{import_id}/receipt.xlsx",
    summary="下载回执表格",
    description=_WORKBOOK,
    response_class=Response,
    responses={200: {"content": {XLSX: {}}}, **_PROBLEMS},
)
def workbook(
    request: Request, import_id: str, key: Annotated[ApiKey, Depends(key_with(KeyScope.READ_RECEIPTS))]
) -> Response:
    """The receipt as xlsx."""
    desk = desk_of(request)
    receipt = _receipt(desk, _submission(desk, key, import_id))
    if receipt is None:
        raise ApiRefused(404, "还没有回执, 请等导入完成")
    desk.note_of(key.actor, "download_receipt", receipt.id)
    return workbook_answer(reception_of(desk), receipt)


def _submission(desk: Desk, key: ApiKey, import_id: str) -> Submission:
    with desk.store.reading() as work:
        submission = work.submissions.of_office(import_id, key.region)
    if submission is None:
        raise ApiRefused(404, "没有这个编号, 或不属于这个密钥的信访办")
    return submission


def _receipt(desk: Desk, submission: Submission) -> Receipt | None:
    if submission.receipt_id is None:
        return None
    with desk.store.reading() as work:
        return work.receipts.get(submission.receipt_id)


def _import_out(desk: Desk, submission: Submission, after: int) -> ImportOut:
    receipt = _receipt(desk, submission)
    return ImportOut(
        id=submission.id,
        state=submission.state.value,
        rows=submission.rows,
        message=submission.message,
        receipt=_receipt_out(desk, receipt, after) if receipt is not None else None,
    )


def _receipt_out(desk: Desk, receipt: Receipt, after: int) -> ReceiptOut:
    wanted = (RowOutcome.REJECTED, *REMARKED)
    with desk.store.reading() as work:
        rows = work.receipts.rows(
            receipt.id, outcomes=wanted, remarked=True, corrections=True, after=after, limit=_PAGE + 1
        )
    shown = rows[:_PAGE]
    rejected, warned = (
        [ProblemOut.of(one.problem) for one in shown if one.problem and (one.outcome is RowOutcome.REJECTED) is refused]
        for refused in (True, False)
    )
    return ReceiptOut(
        id=receipt.id,
        file=receipt.file,
        accepted=receipt.accepted,
        duplicates=receipt.count(RowOutcome.DUPLICATE),
        rejected=rejected,
        warnings=warned,
        corrects=[
            CorrectionOut(sheet=one.sheet, row=one.row, document_id=one.document_id, corrects=one.earlier_id)
            for one in shown
            if one.outcome is RowOutcome.CORRECTED
        ],
        counts=Counts.of(receipt),
        next_after=shown[-1].position if len(rows) > _PAGE else None,
    )
