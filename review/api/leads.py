"""Verified leads for the rest of the monitoring system: the feed, one lead, acknowledgement, what became of them."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from domain.accounts.access_scope import AccessScope
from domain.accounts.account import AuditEntry
from domain.accounts.api_key import ApiKey, KeyScope
from domain.leads.lead import LeadId
from domain.sending.outgoing import LeadOutcome, OutgoingLead, cursor_of, item_record, lead_record, position_of
from review.api.authentication import key_with
from review.api.lead_models import (
    AcknowledgementIn,
    AcknowledgementOut,
    FeedOut,
    FeedQuery,
    LeadOut,
    OutcomeIn,
    OutcomeOut,
)
from review.api.problems import ApiRefused, Problem
from review.requests import Desk, desk_of
from storage.joined.feed_reading import lead_in_feed, read_feed

router = APIRouter()
Reader = Annotated[ApiKey, Depends(key_with(KeyScope.READ_LEADS))]
Reporter = Annotated[ApiKey, Depends(key_with(KeyScope.REPORT_OUTCOMES))]
LeadNumber = Annotated[str, Path(max_length=64, pattern=r"^[0-9A-Za-z:_-]+$", description="线索编号")]
_FROM_START = "start"
_FEED = (
    "核实过的线索的处理结果, 按先后排列, 每条至少给一次。按 id 去重, 同一 id 只办一次。"
    "不写 cursor 时从这个密钥上次确认(acknowledgements)的地方接着读, 没有确认过就从头读。"
)
_ACKNOWLEDGE = "告诉我们这个游标以前的都已办妥。可以往回确认, 以便重读。"
_OUTCOME = "线索在贵系统里的办理结果。只追加, 显示在线索的办理经过里; 同一 reference 再交得到第一次的结果。"
_AHEAD = "这个游标比现有的记录还新, 数据库可能恢复过备份: 请用 cursor=start 从头读, 按 id 去重"
_NO_LEAD = "没有这条线索, 或还没有核实, 或不属于这个密钥的区划和部门"


def _problems(*more: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem} for status in sorted({401, 403, 422, 429, 503, *more})}


@router.get("/leads/feed", summary="读取线索流", description=_FEED, responses=_problems(409))
def feed(
    request: Request,
    key: Reader,
    asked: Annotated[FeedQuery, Query()],
) -> FeedOut:
    """A page of the feed; what went out to whom stands in the audit log."""
    desk = desk_of(request)
    page = read_feed(desk.store, _position(desk, key, asked.cursor), scope_of(key), limit=asked.limit)
    if page.items:
        desk.note_of(key.actor, "read_feed", "", f"{len(page.items)}: {page.items[0].id} … {page.items[-1].id}")
    records = [item_record(item) for item in page.items]
    return FeedOut.model_validate({"items": records, "next_cursor": cursor_of(page.position), "more": page.more})


@router.post(
    "/leads/feed/acknowledgements", summary="确认收到", description=_ACKNOWLEDGE, responses=_problems(400, 409)
)
def acknowledge(request: Request, key: Reader, taken: AcknowledgementIn) -> AcknowledgementOut:
    """Remember up to where the key has everything."""
    desk = desk_of(request)
    position = _position(desk, key, taken.cursor)
    with desk.store.unit_of_work() as work:
        work.outgoing.acknowledge(key.id, position, desk.clock.now())
        work.commit()
    return AcknowledgementOut(cursor=cursor_of(position))


@router.get("/leads/{lead_id}", summary="查看一条线索", responses=_problems(404))
def lead(request: Request, key: Reader, lead_id: LeadNumber) -> LeadOut:
    """A verified lead as it stands."""
    desk = desk_of(request)
    found = _lead(desk, key, lead_id)
    desk.note_of(key.actor, "read_lead", found.id)
    return LeadOut.model_validate(lead_record(found))


@router.post(
    "/leads/{lead_id}/outcomes", summary="反馈办理结果", description=_OUTCOME, responses=_problems(400, 404, 409)
)
def report(request: Request, key: Reporter, lead_id: LeadNumber, given: OutcomeIn) -> OutcomeOut:
    """Append what became of the lead."""
    desk = desk_of(request)
    if given.occurred_on > desk.today:
        raise ApiRefused(409, "occurred_on: 办理日期在今天之后, 请核对")
    wanted = _lead(desk, key, lead_id)
    told = LeadOutcome(
        id=uuid.uuid4().hex,
        lead_id=wanted.id,
        outcome=given.outcome,
        reported_by=key.actor,
        office=key.name,
        reference=given.reference,
        occurred_on=given.occurred_on,
        received_at=desk.clock.now(),
        remark=given.remark,
    )
    with desk.store.unit_of_work() as work:
        kept = work.lead_outcomes.append(told)
        if (kept.lead_id, kept.outcome, kept.occurred_on) != (told.lead_id, told.outcome, told.occurred_on):
            raise ApiRefused(409, "这个 reference 已用于另一次反馈, 请换一个编号")
        if kept is told:
            entry = AuditEntry(
                at=told.received_at,
                actor=key.actor,
                action="report_outcome",
                subject=told.lead_id,
                detail=told.outcome.value,
            )
            work.audit.append(entry)
        work.commit()
    return OutcomeOut.of(kept)


def scope_of(key: ApiKey) -> AccessScope:
    """The key's division; for a department only what was transferred to it."""
    return AccessScope(key.region, key.department or None)


def _lead(desk: Desk, key: ApiKey, lead_id: str) -> OutgoingLead:
    with desk.store.reading() as work:
        found = lead_in_feed(work, LeadId(lead_id), scope_of(key))
    if found is None:
        raise ApiRefused(404, _NO_LEAD)
    return found


def _position(desk: Desk, key: ApiKey, cursor: str) -> int:
    if cursor == _FROM_START:
        return 0
    with desk.store.reading() as work:
        if not cursor:
            return work.outgoing.acknowledged(key.id)
        last = work.outgoing.last_position()
    try:
        position = position_of(cursor)
    except ValueError as exc:
        raise ApiRefused(409, str(exc)) from exc
    if position > last:
        raise ApiRefused(409, _AHEAD)
    return position
