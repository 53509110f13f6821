"""导入: a clerk hands in files, looks at what was recognised, confirms, and sees how far the import is."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.account import Account, AuditEntry
from domain.clock import CHINA
from domain.delivery import Delivery, DeliveryState
from domain.errors import FileError, ReviewError
from domain.receipt import RowOutcome, Way
from importers.proposals import HeaderProposal
from review import access
from review.deliveries import receive_files
from review.header_choice import choice_name, chosen_profile, field_choices, layout_label
from review.intake import Intake, sender_of
from review.preview import Preview, preview_of
from review.requests import check_form, desk_of, page, page_number, signed_in

router = APIRouter()
_LISTED = 20
_SURE = 0.8
"""Columns recognised with less are pointed out to the person."""


@router.get("/imports")
def show_all(request: Request) -> HTMLResponse:
    """What waits, what is being imported, and the latest receipts of the office."""
    account, intake = clerk_of(request)
    return _list(request, account, intake)


@router.post("/imports")
async def upload(request: Request) -> Response:
    """To the preview of the file that was handed in, or to the list when there were several."""
    account, intake = await run_in_threadpool(clerk_of, request)
    desk = desk_of(request)
    try:
        made = await receive_files(
            request,
            desk.store,
            desk.clock,
            intake,
            sender_of(account),
            Way.UPLOAD,
            may_begin=lambda fields: check_form(request, fields.get("csrf", "")),
            state=DeliveryState.WAITING,
        )
    except ReviewError as exc:
        if exc.reason == "not_allowed":
            raise
        again = await run_in_threadpool(_list, request, account, intake, str(exc))
        again.status_code = 409
        return again
    return RedirectResponse(f"/imports/{made[0].id}" if len(made) == 1 else "/imports", status_code=303)


@router.get("/imports/{delivery_id}")
def show(request: Request, delivery_id: str) -> Response:
    """The preview while the file waits, how far it is while it is imported, then its receipt."""
    account, intake = clerk_of(request)
    return _show(request, account, intake, _delivery(request, account, delivery_id))


@router.post("/imports/{delivery_id}/confirm")
async def confirm(request: Request, delivery_id: str) -> Response:
    """Import the file with the columns as chosen, which are remembered for the next file of this layout."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    return await run_in_threadpool(_confirm, request, delivery_id, form)


@router.post("/imports/{delivery_id}/discard")
def discard(request: Request, delivery_id: str, csrf: Annotated[str, Form()]) -> Response:
    """Delete the file without importing it."""
    account, intake = clerk_of(request)
    check_form(request, csrf)
    delivery = _delivery(request, account, delivery_id)
    if _move(request, account, delivery, DeliveryState.DISCARDED, "discard_delivery"):
        intake.held.drop(delivery.id)
    return RedirectResponse("/imports", status_code=303)


def clerk_of(request: Request) -> tuple[Account, Intake]:
    """The clerk of the request, and what imports; NotAllowed for every other role, 404 where nothing imports."""
    account = signed_in(request)
    access.require(access.may_submit_petitions(account))
    intake = desk_of(request).intake
    if intake is None:
        raise HTTPException(404)
    return account, intake


def _delivery(request: Request, account: Account, delivery_id: str) -> Delivery:
    with desk_of(request).store.reading() as work:
        delivery = work.deliveries.of_office(delivery_id, account.region)
    if delivery is None:
        raise HTTPException(404)
    return delivery


def _list(request: Request, account: Account, intake: Intake, problem: str = "") -> HTMLResponse:
    number, is_house = page_number(request), account.region.contains(intake.office)
    with desk_of(request).store.reading() as work:
        ids = work.office_receipts.recent(
            account.region, is_house=is_house, limit=_LISTED + 1, offset=(number - 1) * _LISTED
        )
        receipts = [work.receipts.get(receipt_id) for receipt_id in ids[:_LISTED]]
        waiting = work.deliveries.open_of(account.region, _LISTED)
    return page(
        request,
        "imports.html",
        account,
        receipts=[receipt for receipt in receipts if receipt is not None],
        waiting=waiting,
        limits=intake.limits,
        page_number=number,
        more=len(ids) > _LISTED,
        problem=problem,
        outcomes=RowOutcome,
        zone=CHINA,
    )


def _show(
    request: Request,
    account: Account,
    intake: Intake,
    delivery: Delivery,
    problem: str = "",
    form: Mapping[str, str] = {},
) -> Response:
    if delivery.receipt_id is not None:
        return RedirectResponse(f"/receipts/{delivery.receipt_id}", status_code=303)
    preview = _preview(request, intake, delivery) if delivery.state is DeliveryState.WAITING else None
    return page(
        request,
        "delivery.html",
        account,
        delivery=delivery,
        preview=preview,
        chosen=_chosen(preview, form),
        choice_name=choice_name,
        field_choices=field_choices,
        layout_label=layout_label,
        sure=_SURE,
        problem=problem,
        zone=CHINA,
    )


def _chosen(preview: Preview | None, form: Mapping[str, str]) -> dict[str, str]:
    """What stands in each select box: what the person chose last, else what was recognised."""
    proposals = preview.proposals if preview is not None else ()
    columns = [
        (choice_name(proposal, one.index), one.field or "") for proposal in proposals for one in proposal.columns
    ]
    return {name: form.get(name, proposed) for name, proposed in columns}


def _preview(request: Request, intake: Intake, delivery: Delivery) -> Preview:
    desk, path = desk_of(request), intake.held.path(delivery.id)
    if path is None:
        return Preview(failure="文件已不在服务器上, 请撤回后重新上传")
    try:
        return preview_of(path, received_at=desk.clock.now(), county=intake.county, profiles=desk.store.profiles)
    except FileError as exc:
        return Preview(failure=str(exc))


def _confirm(request: Request, delivery_id: str, form: Mapping[str, str]) -> Response:
    account, intake = clerk_of(request)
    check_form(request, form.get("csrf", ""))
    delivery = _delivery(request, account, delivery_id)
    if delivery.state is DeliveryState.WAITING:
        try:
            _remember(request, account, _preview(request, intake, delivery).proposals, form)
        except ReviewError as exc:
            again = _show(request, account, intake, delivery, str(exc), form)
            again.status_code = 409
            return again
        _move(request, account, delivery, DeliveryState.QUEUED, "confirm_delivery")
        intake.wake()
    return RedirectResponse(f"/imports/{delivery.id}", status_code=303)


def _remember(
    request: Request, account: Account, proposals: tuple[HeaderProposal, ...], form: Mapping[str, str]
) -> None:
    desk = desk_of(request)
    made = [chosen_profile(one, form, by=account.username, at=desk.clock.now()) for one in proposals]
    with desk.store.unit_of_work() as work:
        for profile in made:
            work.profiles.remember(profile)
        work.commit()


def _move(request: Request, account: Account, delivery: Delivery, state: DeliveryState, action: str) -> bool:
    """True when it waited for a person until now; the same click twice moves it once."""
    desk = desk_of(request)
    with desk.store.unit_of_work() as work:
        now = desk.clock.now()
        moved = work.deliveries.move(delivery.id, [DeliveryState.WAITING], state, now)
        if moved:
            work.audit.append(AuditEntry(at=now, actor=account.username, action=action, subject=delivery.id))
        work.commit()
    return moved
