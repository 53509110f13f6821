"""台账: an office hands in its household register, sees what it would change, confirms, and gets the receipt."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException

from domain.accounts.account import Account, AuditEntry
from domain.clock import CHINA
from domain.deliveries.folded_remarks import FoldedRemark, folded
from domain.deliveries.receipt import Receipt, RowOutcome, Way
from domain.deliveries.submission import Submission, SubmissionKind, SubmissionState
from domain.failures.errors import FileError, NotAllowed, ReviewError
from review.handing_in.header_choice import SKIP, HeaderChoice, chosen_profiles, header_choices
from review.handing_in.preview import Preview, register_preview_of
from review.handing_in.previews import PreviewKey, PreviewNotReady
from review.handing_in.receipt_download import XLSX, workbook_answer
from review.handing_in.reception import Reception, sender_of
from review.handing_in.submissions import HandingIn, new_id
from review.pages.remembered_headers import remember
from review.requests import PAGE_SIZE, FormFields, check_form, desk_of, page, page_number, signed_in
from review.rights import access
from storage.joined.known_headers import KnownHeaders

router = APIRouter()
_REMARKS = 2_000
"""Remarks read for the page, before equal ones are folded; the workbook has all."""


def keeper_of(request: Request) -> tuple[Account, Reception]:
    """Who may hand in the register, and what imports; NotAllowed for every other role, 404 where nothing imports."""
    account = signed_in(request)
    access.require(access.may_submit_registers(account))
    reception = desk_of(request).reception
    if reception is None:
        raise HTTPException(404)
    return account, reception


Keeper = Annotated[tuple[Account, Reception], Depends(keeper_of)]


@router.get("/registers")
def show_all(request: Request, keeper: Keeper) -> HTMLResponse:
    """What the office handed in, the latest first."""
    return _list(request, *keeper)


@router.post("/registers")
async def upload(request: Request, keeper: Keeper) -> Response:
    """To the preview of the register that was handed in."""
    account, reception = keeper
    desk, kind = desk_of(request), SubmissionKind.REGISTER
    handing_in = HandingIn(desk.store, desk.clock, reception, sender_of(account), Way.UPLOAD, kind)
    try:
        made = await handing_in.files(
            request, lambda fields: check_form(request, fields.get("csrf", "")), SubmissionState.WAITING, most_files=1
        )
    except NotAllowed:
        raise
    except ReviewError as exc:
        again = await run_in_threadpool(_list, request, account, reception, str(exc))
        again.status_code = 409
        return again
    return RedirectResponse(f"/registers/{made[0].id}", status_code=303)


@router.get("/registers/{submission_id}")
def show(request: Request, submission_id: str, keeper: Keeper) -> HTMLResponse:
    """The preview while the register waits, how far it is, then its receipt."""
    account, reception = keeper
    return _show(request, account, reception, _submission(request, account, submission_id))


@router.post("/registers/{submission_id}/confirm")
def confirm(request: Request, submission_id: str, keeper: Keeper, form: FormFields) -> Response:
    """Import the register as it was shown; where something was chosen anew, show first what that changes."""
    account, reception = keeper
    check_form(request, form.get("csrf", ""))
    submission = _submission(request, account, submission_id)
    if "again" in form:
        return _show(request, account, reception, submission, form=form)
    if submission.state is SubmissionState.WAITING:
        try:
            if _choose(request, account, reception, submission, form):
                _queue(request, account, reception, submission)
        except ReviewError as exc:
            again = _show(request, account, reception, submission, str(exc), form)
            again.status_code = 409
            return again
    return RedirectResponse(f"/registers/{submission.id}", status_code=303)


@router.post("/registers/{submission_id}/discard")
def discard(request: Request, submission_id: str, keeper: Keeper, form: FormFields) -> Response:
    """Delete the file without importing it."""
    account, reception = keeper
    check_form(request, form.get("csrf", ""))
    submission = _submission(request, account, submission_id)
    if _move(request, account, submission, SubmissionState.DISCARDED, "discard_submission"):
        reception.held.drop(submission.id)
    return RedirectResponse("/registers", status_code=303)


@router.get("/registers/{submission_id}/report")
def report(request: Request, submission_id: str, keeper: Keeper) -> Response:
    """What the register that waits would change, with all findings, as xlsx; it stands in the audit log."""
    account, reception = keeper
    submission = _submission(request, account, submission_id)
    if submission.state is not SubmissionState.WAITING:
        raise HTTPException(404)
    desk_of(request).note(account, "export_register_report", submission.id)
    held_id = new_id()
    path = reception.held.reserve(held_id, "报告.xlsx")
    try:
        reception.write_register_report(submission, path)
    except BaseException:
        reception.held.drop(held_id)
        raise
    headers = {"Content-Disposition": 'attachment; filename="report.xlsx"'}
    return FileResponse(path, media_type=XLSX, headers=headers, background=BackgroundTask(reception.held.drop, held_id))


@router.get("/registers/{submission_id}/receipt")
def receipt_workbook(request: Request, submission_id: str, keeper: Keeper) -> Response:
    """The receipt as xlsx; it stands in the audit log, for it holds the refused rows."""
    account, reception = keeper
    receipt = _receipt(request, _submission(request, account, submission_id))
    if receipt is None:
        raise HTTPException(404)
    desk_of(request).note(account, "download_receipt", receipt.id)
    return workbook_answer(reception, receipt)


def _submission(request: Request, account: Account, submission_id: str) -> Submission:
    with desk_of(request).store.reading() as work:
        submission = work.submissions.of_office(submission_id, account.region)
    if submission is None or submission.kind is not SubmissionKind.REGISTER:
        raise HTTPException(404)
    return submission


def _receipt(request: Request, submission: Submission) -> Receipt | None:
    if submission.receipt_id is None:
        return None
    with desk_of(request).store.reading() as work:
        return work.receipts.get(submission.receipt_id)


def _list(request: Request, account: Account, reception: Reception, problem: str = "") -> HTMLResponse:
    number = page_number(request)
    with desk_of(request).store.reading() as work:
        found = work.submissions.registers_of(account.region, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    return page(
        request,
        "registers.html",
        account,
        registers=found[:PAGE_SIZE],
        more=len(found) > PAGE_SIZE,
        page_number=number,
        limits=reception.limits,
        problem=problem,
        zone=CHINA,
    )


def _show(
    request: Request,
    account: Account,
    reception: Reception,
    submission: Submission,
    problem: str = "",
    form: Mapping[str, str] = {},
) -> HTMLResponse:
    preview, reading = None, False
    try:
        preview = _preview(request, reception, submission) if submission.state is SubmissionState.WAITING else None
    except PreviewNotReady:
        reading = True
    receipt = _receipt(request, submission)
    if receipt is not None:
        desk_of(request).note(account, "view_receipt", receipt.id)
    return page(
        request,
        "register.html",
        account,
        submission=submission,
        preview=preview,
        reading=reading,
        choices={} if preview is None else {one.proposal.fingerprint: one for one in _choices(preview, form)},
        receipt=receipt,
        remarks=_remarks(request, receipt),
        outcomes=RowOutcome,
        village=_village_names(request, preview),
        problem=problem,
    )


def _village_names(request: Request, preview: Preview | None) -> Mapping[object, str]:
    if preview is None or preview.register is None:
        return {}
    with desk_of(request).store.reading() as work:
        return {one.village: work.places.name_of(one.village) for one in preview.register.changes}


def _remarks(request: Request, receipt: Receipt | None) -> dict[RowOutcome, list[FoldedRemark]]:
    """The first refusals and remarks, equal ones together."""
    if receipt is None:
        return {}
    found = {}
    with desk_of(request).store.reading() as work:
        for outcome in (RowOutcome.REJECTED, RowOutcome.WARNED):
            rows = work.receipts.rows(receipt.id, outcomes=(outcome,), after=-1, limit=_REMARKS)
            found[outcome] = folded(row.problem for row in rows if row.problem is not None)
    return found


def _choices(preview: Preview, form: Mapping[str, str]) -> list[HeaderChoice]:
    return header_choices(preview.proposals, form)


def _preview(request: Request, reception: Reception, submission: Submission) -> Preview:
    desk, path = desk_of(request), reception.held.path(submission.id)
    if path is None:
        return Preview(failure="文件已不在服务器上, 请撤回后重新上传")
    headers = KnownHeaders(desk.store, reception.offices.of_region(submission.region))
    with desk.store.reading() as work:
        version = work.registry.version()

    def make() -> Preview:
        try:
            return register_preview_of(path, profiles=headers, examine=lambda: reception.preview_register(submission))
        except FileError as exc:
            return Preview(failure=str(exc))

    return desk.previews.get(PreviewKey(submission.id, f"{headers.mark} {version} {submission.partial}"), make)


def _choose(
    request: Request, account: Account, reception: Reception, submission: Submission, form: Mapping[str, str]
) -> bool:
    """Keep what the person chose; True when that is what the preview showed, so that the import may begin."""
    preview = _preview(request, reception, submission)
    desk, partial, confirmed = desk_of(request), "partial" in form, "confirmed" in form
    office, now = reception.offices.of_region(submission.region), desk_of(request).clock.now()
    anew = [one for one in _choices(preview, form) if _is_chosen_anew(one)]
    remember(request, account, chosen_profiles(anew, by=account.username, at=now, office=office))
    with desk.store.unit_of_work() as work:
        work.submissions.choose(submission.id, now, partial=partial, confirmed=confirmed)
        work.commit()
    if anew or partial != submission.partial:
        return False
    if preview.register is None:
        raise ReviewError(preview.failure or "没有认出户籍台账的表, 没有导入")
    if preview.register.refusal and not confirmed:
        raise ReviewError("这次要移出或改动的太多, 核对无误请勾选「已核对」再确认; 只有部分户的请勾选「只有部分户」")
    return True


def _is_chosen_anew(choice: HeaderChoice) -> bool:
    """True where the choice is not what the table is read by already."""
    if choice.layout == SKIP:
        return False
    proposal = choice.proposal
    read = {one.index: one.field for one in proposal.columns if one.accepted and one.field in choice.fields}
    chosen = {one.column.index: one.chosen for one in choice.columns if one.chosen}
    return choice.layout != proposal.layout or chosen != read


def _queue(request: Request, account: Account, reception: Reception, submission: Submission) -> None:
    if _move(request, account, submission, SubmissionState.QUEUED, "confirm_submission"):
        reception.wake()


def _move(request: Request, account: Account, submission: Submission, state: SubmissionState, action: str) -> bool:
    """True when it waited for a person until now; the same click twice moves it once."""
    desk = desk_of(request)
    with desk.store.unit_of_work() as work:
        now = desk.clock.now()
        moved = work.submissions.move(submission.id, [SubmissionState.WAITING], state, now)
        if moved:
            work.audit.append(AuditEntry(at=now, actor=account.username, action=action, subject=submission.id))
        work.commit()
    desk.previews.forget(submission.id)
    return moved
