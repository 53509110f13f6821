"""回执: what became of every row of a file, what to mend, and the same as a workbook to mend it in."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.clock import CHINA
from domain.deliveries.folded_remarks import folded
from domain.deliveries.receipt import REMARKED, Receipt, RowOutcome, RowReader, RowReceipt
from domain.labelled import Labelled
from domain.texts.document import DocumentId, RawDocument
from domain.words.vocabulary import Channel
from review.handing_in.receipt_download import workbook_answer
from review.handing_in.reception import Reception
from review.pages.imports import Clerk
from review.requests import desk_of, page
from review.rights.lead_doors import row_reader

router = APIRouter()
_ROWS = 50
_REMARKS = 2_000
"""Remarks of one page, before equal ones are folded."""
_LONGEST_POSITION = 10


class Shown(Labelled):
    """Which rows the page lists."""

    REJECTED = "rejected", "退回"
    WARNED = "warned", "提示"
    TAKEN = "taken", "接收和重复"


_COUNTED = {
    Shown.REJECTED: (RowOutcome.REJECTED,),
    Shown.WARNED: (RowOutcome.WARNED,),
    Shown.TAKEN: (RowOutcome.ACCEPTED, RowOutcome.CORRECTED, RowOutcome.DUPLICATE),
}
_KNOWN = "已经登记过, 不用再交"
_NUMBERED = (Channel.PETITION, Channel.HOTLINE)
_LISTED = {**_COUNTED, Shown.WARNED: REMARKED}


@router.get("/receipts/{receipt_id}")
def show(request: Request, receipt_id: str, clerk: Clerk) -> HTMLResponse:
    """Counts, and the rows that were refused, page by page."""
    account, reception = clerk
    receipt = _receipt(request, account, reception, receipt_id)
    counts = {one: sum(receipt.count(outcome) for outcome in _COUNTED[one]) for one in Shown}
    shown = _shown(request.query_params.get("show", ""), counts)
    after = _position(request.query_params.get("after", ""))
    remarks = shown is Shown.WARNED
    most = _REMARKS if remarks else _ROWS
    desk_of(request).note(account, "view_receipt", receipt.id)
    with desk_of(request).store.reading() as work:
        found = work.receipts.rows(receipt.id, outcomes=_LISTED[shown], remarked=remarks, after=after, limit=most + 1)
        ids = [row.document_id for row in found[:most] if row.document_id]
        known_open, records = work.routes.open_among(ids), {} if remarks else work.raw.found(ids)
    may_read = row_reader(account, receipt)
    rows = [_as_told(row, may_read, known_open) for row in found[:most]]
    return page(
        request,
        "receipt.html",
        account,
        receipt=receipt,
        rows=rows,
        numbers=_numbers(records, may_read, known_open),
        remarks=folded(row.problem for row in rows if row.problem) if remarks else None,
        more=len(found) > most,
        after=after,
        shown=shown,
        counts=counts,
        outcomes=RowOutcome,
        zone=CHINA,
    )


@router.get("/receipts/{receipt_id}/workbook")
def workbook(request: Request, receipt_id: str, clerk: Clerk) -> Response:
    """The receipt as xlsx; every download stands in the audit log, for it holds what was handed in."""
    account, reception = clerk
    receipt = _receipt(request, account, reception, receipt_id)
    desk_of(request).note(account, "download_receipt", receipt.id)
    return workbook_answer(reception, receipt, row_reader(account, receipt))


def _receipt(request: Request, account: Account, reception: Reception, receipt_id: str) -> Receipt:
    """The receipt when it is the office's; 404 otherwise, as if it did not exist."""
    is_house = account.region.contains(reception.offices.house)
    with desk_of(request).store.reading() as work:
        allowed = work.office_receipts.may_read(receipt_id, account.region, is_house=is_house)
        receipt = work.receipts.get(receipt_id) if allowed else None
    if receipt is None:
        raise HTTPException(404)
    return receipt


def _numbers(
    records: Mapping[DocumentId, RawDocument], may_read: RowReader, known_open: Collection[DocumentId]
) -> dict[DocumentId, str]:
    """The petition's own number of each record that has one, left out where the reader may not read the record."""
    return {
        one: raw.number
        for one, raw in records.items()
        if raw.channel in _NUMBERED
        and may_read(" ".join((raw.title, raw.text, *raw.fields.values())), accusation=one not in known_open)
    }


def _as_told(row: RowReceipt, may_read: RowReader, known_open: Collection[DocumentId]) -> RowReceipt:
    """The row without the value of a cell, or the number of a petition, that may mean the reader."""
    said = row.problem
    if said is not None and row.outcome is RowOutcome.DUPLICATE:
        if may_read(" ".join(row.fields.values()), accusation=row.document_id not in known_open):
            return row
        return replace(row, problem=replace(said, reason=_KNOWN, value=""))
    if said is None or may_read(said.value, accusation=False):
        return row
    return replace(row, problem=replace(said, value=""))


def _shown(asked: str, counts: dict[Shown, int]) -> Shown:
    """What was asked for, else the first list that has something in it: what has to be mended comes first."""
    if asked in {one.value for one in Shown}:
        return Shown(asked)
    return next((one for one in Shown if counts[one]), Shown.TAKEN)


def _position(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_POSITION else -1
