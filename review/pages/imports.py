"""导入: a clerk hands in files, looks at what was recognised, confirms, and sees how far the import is."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account, AuditEntry
from domain.clock import CHINA
from domain.deliveries.receipt import RowOutcome, Way
from domain.deliveries.submission import Submission, SubmissionKind, SubmissionState
from domain.failures.errors import FileError, NotAllowed, ReviewError
from review.handing_in.header_choice import HeaderChoice, chosen_profiles, header_choices
from review.handing_in.preview import Preview, preview_of
from review.handing_in.previews import PreviewKey, PreviewNotReady
from review.handing_in.reception import Reception, sender_of
from review.handing_in.submissions import HandingIn
from review.pages.remembered_headers import remember
from review.requests import PAGE_SIZE, FormFields, check_form, desk_of, page, page_number, signed_in
from review.rights import access
from storage.joined.known_headers import KnownHeaders

router = APIRouter()


def clerk_of(request: Request) -> tuple[Account, Reception]:
    """The clerk of the request, and what imports; NotAllowed for every other role, 404 where nothing imports."""
    account = signed_in(request)
    access.require(access.may_submit_petitions(account))
    reception = desk_of(request).reception
    if reception is None:
        raise HTTPException(404)
    return account, reception


Clerk = Annotated[tuple[Account, Reception], Depends(clerk_of)]
"""What a route gets that is for clerks alone."""


@router.get("/imports")
def show_all(request: Request, clerk: Clerk) -> HTMLResponse:
    """What waits, what is being imported, and the latest receipts of the office."""
    return _list(request, *clerk)


@router.post("/imports")
async def upload(request: Request, clerk: Clerk) -> Response:
    """To the preview of the file that was handed in, or to the list when there were several."""
    account, reception = clerk
    desk = desk_of(request)
    try:
        made = await HandingIn(desk.store, desk.clock, reception, sender_of(account), Way.UPLOAD).files(
            request, lambda fields: check_form(request, fields.get("csrf", "")), SubmissionState.WAITING
        )
    except NotAllowed:
        raise
    except ReviewError as exc:
        again = await run_in_threadpool(_list, request, account, reception, str(exc))
        again.status_code = 409
        return again
    return RedirectResponse(f"/imports/{made[0].id}" if len(made) == 1 else "/imports", status_code=303)


@router.get("/imports/{submission_id}")
def show(request: Request, submission_id: str, clerk: Clerk) -> Response:
    """The preview while the file waits, how far it is while it is imported, then its receipt."""
    account, reception = clerk
    return _show(request, account, reception, _submission(request, account, submission_id))


@router.post("/imports/{submission_id}/confirm")
def confirm(request: Request, submission_id: str, clerk: Clerk, form: FormFields) -> Response:
    """Import the file with the columns as chosen, which are remembered for the next file of this layout."""
    account, reception = clerk
    check_form(request, form.get("csrf", ""))
    submission = _submission(request, account, submission_id)
    if "again" in form:
        return _show(request, account, reception, submission, form=form)
    if submission.state is SubmissionState.WAITING:
        try:
            office = reception.offices.of_region(submission.region)
            _remember(request, account, office, _preview(request, reception, submission), form)
        except ReviewError as exc:
            again = _show(request, account, reception, submission, str(exc), form)
            again.status_code = 409
            return again
        _move(request, account, submission, SubmissionState.QUEUED, "confirm_submission")
        reception.wake()
    return RedirectResponse(f"/imports/{submission.id}", status_code=303)


@router.post("/imports/{submission_id}/discard")
def discard(request: Request, submission_id: str, clerk: Clerk, form: FormFields) -> Response:
    """Delete the file without importing it."""
    account, reception = clerk
    check_form(request, form.get("csrf", ""))
    submission = _submission(request, account, submission_id)
    if _move(request, account, submission, SubmissionState.DISCARDED, "discard_submission"):
        reception.held.drop(submission.id)
    return RedirectResponse("/imports", status_code=303)


def _submission(request: Request, account: Account, submission_id: str) -> Submission:
    with desk_of(request).store.reading() as work:
        submission = work.submissions.of_office(submission_id, account.region)
    if submission is None or submission.kind is not SubmissionKind.PETITIONS:
        raise HTTPException(404)
    return submission


def _list(request: Request, account: Account, reception: Reception, problem: str = "") -> HTMLResponse:
    number, is_house = page_number(request), account.region.contains(reception.offices.house)
    with desk_of(request).store.reading() as work:
        ids = work.office_receipts.recent(
            account.region, is_house=is_house, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE
        )
        receipts = [work.receipts.get(receipt_id) for receipt_id in ids[:PAGE_SIZE]]
        waiting = work.submissions.open_of(account.region, PAGE_SIZE)
    return page(
        request,
        "imports.html",
        account,
        receipts=[receipt for receipt in receipts if receipt is not None],
        waiting=waiting,
        limits=reception.limits,
        page_number=number,
        more=len(ids) > PAGE_SIZE,
        problem=problem,
        outcomes=RowOutcome,
        zone=CHINA,
    )


def _show(
    request: Request,
    account: Account,
    reception: Reception,
    submission: Submission,
    problem: str = "",
    form: Mapping[str, str] = {},
) -> Response:
    if submission.receipt_id is not None:
        return RedirectResponse(f"/receipts/{submission.receipt_id}", status_code=303)
    preview, reading = None, False
    try:
        preview = _preview(request, reception, submission) if submission.state is SubmissionState.WAITING else None
    except PreviewNotReady:
        reading = True
    return page(
        request,
        "submission.html",
        account,
        submission=submission,
        preview=preview,
        reading=reading,
        choices={} if preview is None else _choices(preview, form),
        problem=problem,
        zone=CHINA,
    )


def _choices(preview: Preview, form: Mapping[str, str]) -> dict[str, HeaderChoice]:
    """The select boxes of each header, by its fingerprint."""
    return {choice.proposal.fingerprint: choice for choice in header_choices(preview.proposals, form)}


def _preview(request: Request, reception: Reception, submission: Submission) -> Preview:
    desk, path = desk_of(request), reception.held.path(submission.id)
    if path is None:
        return Preview(failure="文件已不在服务器上, 请撤回后重新上传")
    headers = KnownHeaders(desk.store, reception.offices.of_region(submission.region))

    def make() -> Preview:
        try:
            return preview_of(path, received_at=desk.clock.now(), county=reception.county, profiles=headers)
        except FileError as exc:
            return Preview(failure=str(exc))

    return desk.previews.get(PreviewKey(submission.id, headers.mark), make)


def _remember(request: Request, account: Account, office: str, preview: Preview, form: Mapping[str, str]) -> None:
    """Keep what the person chose for the office; ReviewError when nothing is left to import."""
    now = desk_of(request).clock.now()
    choices = header_choices(preview.proposals, form)
    profiles = chosen_profiles(choices, by=account.username, at=now, office=office)
    if not profiles and not preview.letters:
        raise ReviewError(preview.failure or "没有选定要导入的表, 请为其中一张选「信访登记表」等种类")
    remember(request, account, profiles)


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
