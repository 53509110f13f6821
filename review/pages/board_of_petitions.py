"""信访件去向: what became of each petition that the office handed in; no name, and no word of a text."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.deliveries.receipt import Way
from review.boards.petition_limits import petition_limits
from review.boards.petition_search import PetitionSearch, search_of
from review.handing_in.receipt_download import XLSX
from review.pages.exports import download
from review.requests import (
    PAGE_SIZE,
    FormFields,
    check_form,
    desk_of,
    office_of,
    page,
    page_number,
    page_of,
    pages_of,
    signed_in,
)
from review.rights import access
from review.rights.lead_doors import may_have_accusation, may_know_writer
from storage.deliveries.petition_outcomes import PetitionFilter, PetitionReader
from storage.unit_of_work import UnitOfWork

router = APIRouter()


@router.get("/board/petitions")
def show(request: Request) -> HTMLResponse:
    """A page of a month's petitions, or of those that were looked for, the latest first."""
    account = _office(request)
    return _shown(request, account, _search(request), page_number(request))


@router.post("/board/petitions")
def look_for(request: Request, asked: FormFields) -> Response:
    """What was looked for; without a petitioner it gets an address of its own, which can be kept and gone back to."""
    account = _office(request)
    check_form(request, asked.get("csrf", ""))
    search = search_of(asked, desk_of(request).today)
    if not search.petitioner:
        return RedirectResponse(f"/board/petitions?{search.address}", status_code=303)
    access.require(access.may_read_petitioners(account))
    return _shown(request, account, search, page_of(asked.get("page", "")))


@router.get("/board/petitions.xlsx")
def workbook(request: Request) -> Response:
    """The same petitions as a workbook; every download stands in the audit log."""
    account, desk = _office(request), desk_of(request)
    exports = desk.exports
    if exports is None:
        raise HTTPException(404)
    search, limits = _search(request), petition_limits()
    wanted = search.filter(office_of(desk, account), desk.today)
    desk.note(account, "export_petitions", account.region.digits, f"{wanted.first}..{wanted.last}")

    def write(path: Path) -> None:
        exports.write_petition_outcomes(path, wanted, _reader(account), limits)

    days = f"{wanted.first}_{wanted.last}" if search.active else f"{wanted.first:%Y-%m}"
    return download(write, f"信访件去向_{account.region}_{days}.xlsx", XLSX)


def _office(request: Request) -> Account:
    account = signed_in(request)
    access.require(access.may_submit_petitions(account))
    return account


def _reader(account: Account) -> PetitionReader:
    return PetitionReader(
        scope=account.scope, role=account.role, is_meant=lambda document: not may_have_accusation(account, document)
    )


def _for_reader(work: UnitOfWork, account: Account, wanted: PetitionFilter) -> PetitionFilter:
    """The filter without letters that may touch the reader, where it is asked who wrote: to find one is to know."""
    if wanted.petitioner is None:
        return wanted
    found = work.documents.found(work.petition_outcomes.ids(wanted))
    hidden = (one for one, document in found.items() if not may_know_writer(work, account, document))
    return replace(wanted, besides=frozenset(hidden))


def _search(request: Request) -> PetitionSearch:
    """The search of the address, which never says who petitioned."""
    asked = {name: value for name, value in request.query_params.items() if name != "petitioner"}
    return search_of(asked, desk_of(request).today)


def _shown(request: Request, account: Account, search: PetitionSearch, number: int) -> HTMLResponse:
    desk, limits = desk_of(request), petition_limits()
    with desk.store.reading() as work:
        wanted = _for_reader(work, account, search.filter(office_of(desk, account), desk.today))
        total = work.petition_outcomes.count(wanted)
        outcomes = work.petition_outcomes.page(
            wanted, _reader(account), limits, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
        )
    if search.petitioner:
        desk.note(account, "search_petitioner", account.region.digits, f"{total}件")
    following = wanted.last + timedelta(days=1)
    return page(
        request,
        "board_petitions.html",
        account,
        outcomes=outcomes,
        total=total,
        limits=limits,
        ways=list(Way),
        search=search,
        before=wanted.first - timedelta(days=1),
        following=following if following <= desk.today else None,
        page_number=number,
        pages=pages_of(total),
    )
