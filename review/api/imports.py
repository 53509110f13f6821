"""Files through the interface: handed in, imported in the background, asked about until the receipt is there."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from domain.api_key import ApiKey, KeyScope
from domain.delivery import Delivery, DeliveryState
from domain.receipt import Receipt, RowOutcome, Way
from review.api.authentication import key_with
from review.api.models import Counts, ImportOut, ProblemOut, ReceiptOut
from review.api.petitions import _intake
from review.api.problems import ApiRefused, Problem
from review.deliveries import receive_files
from review.intake import sender_of
from review.receipt_pages import XLSX, workbook_answer
from review.requests import Desk, desk_of

router = APIRouter()
_PAGE = 500
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
_PROBLEMS = {status: {"model": Problem} for status in (401, 403, 404, 409, 413, 429, 503)}


@router.post("/imports", status_code=202, summary="提交一个文件", openapi_extra=_FORM, responses=_PROBLEMS)
async def hand_in(request: Request, key: Annotated[ApiKey, Depends(key_with(KeyScope.SUBMIT_PETITIONS))]) -> ImportOut:
    """表头要认得出来, 或在网页上确认过一次。文件在后台导入, 用返回的 id 查看进度和回执。"""
    desk = desk_of(request)
    intake = _intake(desk)
    made = await receive_files(
        request,
        desk.store,
        desk.clock,
        intake,
        sender_of(key),
        Way.API,
        may_begin=lambda _: None,
        state=DeliveryState.QUEUED,
        most_files=1,
    )
    intake.wake()
    return _import_out(desk, made[0], -1)


@router.get("/imports/{import_id}", summary="查看导入进度和回执", responses=_PROBLEMS)
def progress(
    request: Request,
    import_id: str,
    key: Annotated[ApiKey, Depends(key_with(KeyScope.READ_RECEIPTS))],
    after: Annotated[int, Query(ge=-1, le=2**31, description="上一页的 next_after")] = -1,
) -> ImportOut:
    """同一信访办的密钥提交的文件才看得到。"""
    desk = desk_of(request)
    return _import_out(desk, _delivery(desk, key, import_id), after)


@router.get(
    "/imports/{import_id}/receipt.xlsx",
    summary="下载回执表格",
    response_class=Response,
    responses={200: {"content": {XLSX: {}}}, **_PROBLEMS},
)
def workbook(
    request: Request, import_id: str, key: Annotated[ApiKey, Depends(key_with(KeyScope.READ_RECEIPTS))]
) -> Response:
    """原来的行加上结果和说明; 改好退回的行后可以再交这个表格。"""
    desk = desk_of(request)
    receipt = _receipt(desk, _delivery(desk, key, import_id))
    if receipt is None:
        raise ApiRefused(404, "还没有回执, 请等导入完成")
    return workbook_answer(_intake(desk), receipt)


def _delivery(desk: Desk, key: ApiKey, import_id: str) -> Delivery:
    with desk.store.reading() as work:
        delivery = work.deliveries.of_office(import_id, key.region)
    if delivery is None:
        raise ApiRefused(404, "没有这个编号, 或不属于这个密钥的信访办")
    return delivery


def _receipt(desk: Desk, delivery: Delivery) -> Receipt | None:
    if delivery.receipt_id is None:
        return None
    with desk.store.reading() as work:
        return work.receipts.get(delivery.receipt_id)


def _import_out(desk: Desk, delivery: Delivery, after: int) -> ImportOut:
    receipt = _receipt(desk, delivery)
    return ImportOut(
        id=delivery.id,
        state=delivery.state.value,
        rows=delivery.rows,
        message=delivery.message,
        receipt=_receipt_out(desk, receipt, after) if receipt is not None else None,
    )


def _receipt_out(desk: Desk, receipt: Receipt, after: int) -> ReceiptOut:
    wanted = (RowOutcome.REJECTED, RowOutcome.WARNED)
    with desk.store.reading() as work:
        rows = work.receipts.rows(receipt.id, outcomes=wanted, after=after, limit=_PAGE + 1)
    shown = rows[:_PAGE]
    said = {outcome: [one for one in shown if one.outcome is outcome] for outcome in wanted}
    rejected, warned = ([ProblemOut.of(one.problem) for one in said[outcome] if one.problem] for outcome in wanted)
    return ReceiptOut(
        id=receipt.id,
        file=receipt.file,
        accepted=receipt.accepted,
        duplicates=receipt.count(RowOutcome.DUPLICATE),
        rejected=rejected,
        warnings=warned,
        counts=Counts.of(receipt),
        next_after=shown[-1].position if len(rows) > _PAGE else None,
    )
