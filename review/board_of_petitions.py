"""信访件去向: what became of each petition that the office handed in; no name, and no word of a text."""

from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from domain.account import Account
from domain.clock import CHINA
from domain.receipt import Way
from review import access
from review.export_pages import download
from review.petition_limits import petition_limits
from review.receipt_pages import XLSX
from review.requests import PAGE_SIZE, desk_of, office_of, page, page_number, pages_of, signed_in
from storage.petition_outcomes import PetitionFilter

router = APIRouter()
_EARLIEST = date(2000, 1, 1)


@router.get("/board/petitions")
def show(request: Request) -> HTMLResponse:
    """A page of a month's petitions, the latest first."""
    account = _office(request)
    wanted, number, limits = _wanted(request, account), page_number(request), petition_limits()
    with desk_of(request).store.reading() as work:
        total = work.petition_outcomes.count(wanted)
        outcomes = work.petition_outcomes.page(
            wanted, account.scope, account.role, limits, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
        )
    chosen = {"month": wanted.first.strftime("%Y-%m"), "way": wanted.way.value if wanted.way else ""}
    following = wanted.last + timedelta(days=1)
    return page(
        request,
        "board_petitions.html",
        account,
        outcomes=outcomes,
        total=total,
        limits=limits,
        ways=list(Way),
        chosen=chosen,
        address=urlencode(chosen),
        before=wanted.first - timedelta(days=1),
        following=following if following <= desk_of(request).today else None,
        page_number=number,
        pages=pages_of(total),
    )


@router.get("/board/petitions.xlsx")
def workbook(request: Request) -> Response:
    """The month as a workbook; every download stands in the audit log."""
    account, desk = _office(request), desk_of(request)
    exports = desk.exports
    if exports is None:
        raise HTTPException(404)
    wanted, limits = _wanted(request, account), petition_limits()
    desk.note(account, "export_petitions", account.region.digits, f"{wanted.first}..{wanted.last}")

    def write(path: Path) -> None:
        exports.write_petition_outcomes(path, wanted, account.scope, account.role, limits)

    return download(write, f"信访件去向_{account.region}_{wanted.first:%Y-%m}.xlsx", XLSX)


def _office(request: Request) -> Account:
    account = signed_in(request)
    access.require(access.may_submit_petitions(account))
    return account


def _wanted(request: Request, account: Account) -> PetitionFilter:
    first = _month(request.query_params.get("month", ""), desk_of(request).today)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    way = request.query_params.get("way", "")
    return PetitionFilter(
        office=office_of(desk_of(request), account),
        first=first,
        last=last,
        way=next((one for one in Way if one.value == way), None),
    )


def _month(text: str, today: date) -> date:
    """The first day of the month asked for; of this month where the address names none that has begun."""
    try:
        asked = datetime.strptime(text, "%Y-%m").replace(tzinfo=CHINA).date()
    except ValueError:
        asked = today
    return min(max(asked, _EARLIEST), today).replace(day=1)
