"""Pages beside the feed: risk points, restricted texts for the petition office, system counts, the audit log."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from domain.document import DocumentId
from domain.vocabulary import Role
from review import access
from review.requests import desk_of, page, signed_in

router = APIRouter()
_SHOWN = 200


@router.get("/risk-points")
def risk_points(request: Request) -> HTMLResponse:
    """The latest risk points inside the account's region."""
    account = signed_in(request)
    access.require(access.may_read_leads(account))
    with desk_of(request).store.reading() as work:
        rows = [(point, work.places.name_of(point.region)) for point in work.risk_points.latest(account.scope)]
    return page(request, "risk_points.html", account, rows=rows)


@router.get("/restricted")
def restricted(request: Request) -> HTMLResponse:
    """The accusations that were kept out of the feed, by title and rule."""
    account = signed_in(request)
    access.require(access.may_read_restricted(account))
    with desk_of(request).store.reading() as work:
        ids = work.routes.restricted(limit=_SHOWN, offset=0)
        rows = [(work.documents.get(document_id), work.routes.of(document_id)) for document_id in ids]
        total = work.routes.count_restricted()
    desk_of(request).note(account, "list_restricted", "")
    return page(request, "restricted.html", account, rows=rows, total=total)


@router.get("/restricted/{document_id}")
def restricted_text(request: Request, document_id: str) -> HTMLResponse:
    """One accusation in full; every view is in the audit log."""
    account = signed_in(request)
    access.require(access.may_read_restricted(account))
    with desk_of(request).store.reading() as work:
        rule = work.routes.restriction(DocumentId(document_id))
        if rule is None:
            raise HTTPException(404)
        document = work.documents.get(DocumentId(document_id))
    desk_of(request).note(account, "view_restricted", document_id)
    return page(request, "restricted_text.html", account, document=document, rule=rule)


@router.get("/system")
def system(request: Request) -> HTMLResponse:
    """Counts and accounts for the administrator, who reads no text."""
    account = signed_in(request)
    access.require(account.role is Role.ADMIN)
    with desk_of(request).store.reading() as work:
        households, persons = work.registry.count()
        counts = (
            ("文本", work.raw.count()),
            ("户", households),
            ("人", persons),
            ("限制件", work.routes.count_restricted()),
        )
        accounts, runs = work.accounts.all(), work.sources.last_runs()
    return page(request, "system.html", account, counts=counts, accounts=accounts, runs=runs)


@router.get("/audit")
def audit(request: Request) -> HTMLResponse:
    """The latest entries of the audit log and whether its chain is whole."""
    account = signed_in(request)
    access.require(account.role is Role.AUDITOR)
    with desk_of(request).store.reading() as work:
        entries, broken = work.audit.recent(limit=_SHOWN), work.audit.verify()
    return page(request, "audit.html", account, entries=entries, broken=broken)
