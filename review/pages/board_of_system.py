"""运行看板: how the installation is, for whoever runs it; counts and times, no text and no name."""

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from domain.clock import CHINA
from domain.counting.stage_report import stage_label
from domain.media.source_health import SourceVerdict
from domain.sending.delivery import DeliveryState
from domain.texts.set_aside import set_aside_label, what_to_do
from review.pages.board_records import set_aside_address
from review.requests import desk_of, page, signed_in
from review.rights import access

router = APIRouter()
_GIBIBYTE = 1 << 30


@router.get("/board/system")
def show(request: Request) -> HTMLResponse:
    """One page of everything that may need a person."""
    account, desk = signed_in(request), desk_of(request)
    access.require(access.may_run_system(account))
    if desk.operation is None:
        raise HTTPException(404)
    state = desk.operation.operation_state()
    verdicts = Counter(one.verdict for one in desk.reports.source_healths()) if desk.reports is not None else None
    with desk.store.reading() as work:
        deliveries: Counter[DeliveryState] = Counter()
        for (_, delivery), count in work.webhook_deliveries.counts().items():
            deliveries[delivery] += count
        set_aside = [
            (stage_label(stage), set_aside_label(detail), what_to_do(detail), count, set_aside_address(stage, detail))
            for stage, detail, count in work.set_aside.counts()
        ]
        unordered = work.outgoing.is_waiting()
    return page(
        request,
        "board_system.html",
        account,
        state=state,
        verdicts=[(one, verdicts[one]) for one in SourceVerdict if verdicts[one]] if verdicts is not None else [],
        deliveries=[(one, deliveries[one]) for one in DeliveryState],
        set_aside=set_aside,
        unordered=unordered,
        free=state.free_bytes / _GIBIBYTE,
        zone=CHINA,
    )
