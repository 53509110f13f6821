"""报表: the town's ledger, weekly and monthly reports, of the account's own division."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from domain.accounts.account import Account
from domain.clock import written_day
from domain.counting.report import ReportKind
from domain.failures.errors import ReviewError
from review.exports import Exports
from review.handing_in.receipt_download import XLSX
from review.requests import desk_of, page, signed_in
from review.rights import access

router = APIRouter()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/reports")
def show(request: Request) -> HTMLResponse:
    """What can be had."""
    account, exports = _exporter(request)
    periods = [exports.report_period(kind) for kind in ReportKind]
    return page(request, "reports.html", account, periods=periods)


@router.get("/reports/ledger.xlsx")
def ledger(request: Request) -> Response:
    """The ledger; every download stands in the audit log, for it leaves with households in it."""
    account, exports = _exporter(request)
    first, last = (_day(request.query_params.get(name, "")) for name in ("from", "to"))
    desk_of(request).note(account, "export_ledger", account.region.digits, f"{first or ''}..{last or ''}")

    def write(path: Path) -> None:
        exports.write_ledger(path, account.region, first, last, account.role)

    return download(write, f"线索台账_{account.region}_{desk_of(request).today}.xlsx", XLSX)


@router.get("/reports/{kind}.docx")
def report(request: Request, kind: str) -> Response:
    """The report of the last whole week or month."""
    account, exports = _exporter(request)
    wanted = next((one for one in ReportKind if one.value == kind), None)
    if wanted is None:
        raise HTTPException(404)
    desk_of(request).note(account, "export_report", account.region.digits, wanted.value)

    def write(path: Path) -> None:
        exports.write_report(path, wanted, account.region)

    return download(write, f"{wanted.label}_{account.region}_{exports.report_period(wanted).last}.docx", DOCX)


def _exporter(request: Request) -> tuple[Account, Exports]:
    account, exports = signed_in(request), desk_of(request).exports
    access.require(access.may_write_reports(account))
    if exports is None:
        raise HTTPException(404)
    return account, exports


def download(write: Callable[[Path], None], name: str, media_type: str) -> Response:
    """What was written, as a download; nothing of it stays on the disk."""
    with TemporaryDirectory(prefix="qianshao-") as folder:
        path = Path(folder) / "export"
        write(path)
        content = path.read_bytes()
    headers = {
        "Content-Disposition": f"attachment; filename=\"export{Path(name).suffix}\"; filename*=UTF-8''{quote(name)}"
    }
    return Response(content, media_type=media_type, headers=headers)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return written_day(text)
    except ValueError as exc:
        raise ReviewError(f"日期不对: {text[:20]}, 请写成 2026-11-26") from exc
