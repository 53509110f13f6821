"""Pages beside the feed: risk points, system counts."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from review.boards.feed_facets import point_address
from review.requests import desk_of, page, signed_in
from review.rights import access

router = APIRouter()


@router.get("/risk-points")
def risk_points(request: Request) -> HTMLResponse:
    """The latest risk points inside the account's region."""
    account = signed_in(request)
    access.require(access.may_see_risk_points(account))
    with desk_of(request).store.reading() as work:
        points = work.risk_points.latest(account.scope)
        rows = [(point, work.places.name_of(point.region), point_address(point)) for point in points]
    return page(request, "risk_points.html", account, rows=rows)


@router.get("/system")
def system(request: Request) -> HTMLResponse:
    """Counts for the administrator, who reads no text."""
    account = signed_in(request)
    access.require(access.may_run_system(account))
    desk = desk_of(request)
    titles = {one.source.name: one.source.title for one in desk.reports.source_healths()} if desk.reports else {}
    with desk.store.reading() as work:
        households, persons = work.registry.count()
        counts = (
            ("文本", work.raw.count()),
            ("户", households),
            ("人", persons),
        )
        runs = work.sources.last_runs()
    return page(request, "system.html", account, counts=counts, runs=runs, titles=titles)
