"""Joins the pages into one web application; nothing on a page comes from another machine."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from domain.clock import Clock
from domain.errors import NotAllowed, ReviewError, StorageError
from domain.risk import Risk
from review import (
    coverage_page,
    disagreement_pages,
    feed,
    feed_forms,
    import_pages,
    lead_page,
    office_pages,
    paste_page,
    receipt_pages,
    registration_page,
    sign_in_page,
    source_pages,
    visit_pages,
)
from review.api.app import API_PATH, create_api
from review.body_limit import BodyLimit
from review.reception import Reception
from review.reports import Reports
from review.requests import Desk, SignInNeeded, plain_page
from review.security_headers import add_security_headers
from review.sessions import Sessions
from storage.store import Store

_PAGES = (
    sign_in_page,
    feed,
    feed_forms,
    lead_page,
    office_pages,
    disagreement_pages,
    paste_page,
    source_pages,
    coverage_page,
    import_pages,
    receipt_pages,
    registration_page,
    visit_pages,
)
OWN_LIMITS = frozenset({"/imports", f"{API_PATH}/imports"})
"""Addresses that stream files to the disk and count them themselves."""
_STATIC = Path(__file__).parent / "static"
_MESSAGES = {
    400: "提交的内容不完整或不是这个页面的表单, 请返回上一页刷新后重新提交",
    404: "没有这个页面, 或不在您的辖区",
    405: "不能这样打开这个页面",
}


def create_app(
    store: Store,
    clock: Clock,
    departments: Mapping[Risk, str],
    *,
    second_reader: bool = False,
    reports: Reports | None = None,
    reception: Reception | None = None,
) -> FastAPI:
    """The application over an opened store; `departments` names who leads the response to each category.

    With a `second_reader` configured the petition office finds its page even while nothing waits there. Without
    `reports` there are no pages of media and coverage; without `reception` nothing can be handed in.
    """
    app = FastAPI(title="前哨", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(
        store=store,
        clock=clock,
        sessions=Sessions(store, clock),
        departments=departments,
        second_reader=second_reader,
        reports=reports,
        reception=reception,
    )
    app.middleware("http")(add_security_headers)
    app.add_middleware(BodyLimit, own_limits=OWN_LIMITS)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    for module in _PAGES:
        app.include_router(module.router)
    if reception is not None:
        app.mount(API_PATH, create_api(app.state.desk))
    _add_error_pages(app)
    return app


def _add_error_pages(app: FastAPI) -> None:
    @app.exception_handler(SignInNeeded)
    def _sign_in(request: Request, exc: SignInNeeded) -> Response:
        return RedirectResponse("/login", status_code=303)

    @app.exception_handler(NotAllowed)
    def _not_allowed(request: Request, exc: NotAllowed) -> Response:
        return plain_page(request, "error.html", 403, message=str(exc))

    @app.exception_handler(ReviewError)
    def _review(request: Request, exc: ReviewError) -> Response:
        return plain_page(request, "error.html", 409, message=str(exc))

    @app.exception_handler(StorageError)
    def _storage(request: Request, exc: StorageError) -> Response:
        return plain_page(request, "error.html", 503, message="数据库暂时不能用, 请稍后再试或联系管理员")

    @app.exception_handler(RequestValidationError)
    def _bad_form(request: Request, exc: RequestValidationError) -> Response:
        return plain_page(request, "error.html", 422, message="提交的内容不完整, 请返回上一页重新填写")

    @app.exception_handler(HTTPException)
    def _http(request: Request, exc: HTTPException) -> Response:
        return plain_page(
            request, "error.html", exc.status_code, message=_MESSAGES.get(exc.status_code, "打不开这个页面")
        )
