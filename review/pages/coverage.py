"""覆盖: which sources spoke of each village in a month, inside the account's region."""

from datetime import date, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from domain.clock import CHINA
from domain.media.coverage import CoverageState
from review.requests import desk_of, page, signed_in
from review.rights import access

router = APIRouter()


@router.get("/coverage")
def coverage(request: Request) -> HTMLResponse:
    """The ledger of one month; the region goes into the query."""
    account, desk = signed_in(request), desk_of(request)
    access.require(access.may_see_coverage(account))
    if desk.reports is None:
        raise HTTPException(404)
    month = _month(request.query_params.get("month", ""), desk.today)
    ledger = desk.reports.coverage(account.region, month, access.coverage_channels(account))
    titles = {one.source: one.title for one in ledger.media}
    counts = [(state, sum(one.state is state for one in ledger.villages)) for state in CoverageState]
    following = _following(month)
    return page(
        request,
        "coverage.html",
        account,
        ledger=ledger,
        titles=titles,
        counts=counts,
        before=month - timedelta(days=1),
        following=following if following <= desk.today else None,
    )


def _month(text: str, today: date) -> date:
    """The first day of the month asked for; of this month where the address names none that has begun."""
    try:
        asked = datetime.strptime(text, "%Y-%m").replace(tzinfo=CHINA).date()
    except ValueError:
        asked = today
    earliest = date(2000, 1, 1)
    return min(max(asked, earliest), today).replace(day=1)


def _following(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
