"""Joins the pages into one web application; nothing on a page comes from another machine."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from domain.accounts.sign_in import SignInPolicy
from domain.clock import Clock
from domain.failures.errors import NotAllowed, ReviewError, StorageError
from domain.leads.disclosure import DisclosureRules
from domain.register.register_absence import AbsenceThresholds
from domain.risk import Risk
from review.api.app import API_PATH, create_api
from review.api.problems import problem_of
from review.doors.body_limit import BodyLimit
from review.doors.same_origin import SameOrigin
from review.doors.security_headers import add_security_headers
from review.doors.unexpected import report_unexpected
from review.exports import Exports
from review.handing_in.reception import Reception
from review.operation import Operation
from review.pages import (
    account_changes,
    accounts,
    audit,
    board_of_leads,
    board_of_petitions,
    board_of_system,
    board_records,
    coverage,
    decisions,
    disagreements,
    exports,
    feed,
    feed_forms,
    imports,
    lead,
    office,
    outgoing,
    own_account,
    own_name,
    own_second_factor,
    paste,
    reader,
    receipts,
    register_imports,
    registration,
    restricted,
    reveals,
    set_up,
    sign_in,
    single_sign_on,
    sources,
    unsourced_leads,
    visits,
)
from review.reports import Reports
from review.requests import Desk, SignInNeeded, plain_page
from review.sign_in.policy import without_second_factor
from review.sign_in.sessions import Sessions
from review.sign_in.single_sign_on import SingleSignOn
from review.workflow import Workflow
from storage.store import Store

_PAGES = (
    sign_in,
    single_sign_on,
    set_up,
    own_account,
    own_name,
    own_second_factor,
    accounts,
    account_changes,
    feed,
    feed_forms,
    lead,
    decisions,
    office,
    audit,
    disagreements,
    paste,
    sources,
    coverage,
    imports,
    receipts,
    registration,
    restricted,
    reveals,
    unsourced_leads,
    outgoing,
    reader,
    exports,
    register_imports,
    visits,
    board_of_leads,
    board_of_petitions,
    board_of_system,
    board_records,
)
OWN_LIMITS = frozenset({"/imports", "/registers", f"{API_PATH}/imports"})
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
    disclosure: DisclosureRules | None = None,
    sign_in: SignInPolicy | None = None,
    https_only: bool = False,
    single_sign_on: SingleSignOn | None = None,
    exports: Exports | None = None,
    operation: Operation | None = None,
    workflow: Workflow | None = None,
    absence: AbsenceThresholds | None = None,
) -> FastAPI:
    """The application over an opened store; `departments` names who leads the response to each category.

    With a `second_reader` configured the petition office finds its page even while nothing waits there. Without
    `reports` there are no pages of media and coverage; without `reception` nothing can be handed in; without `workflow`
    no step of a lead can be taken back; without `disclosure` nothing is revealed and no accusation decided; without
    `exports` there are no reports. Without `sign_in` the shipped rules hold, except that nobody has to have a second
    factor; `https_only` refuses plain http; without `single_sign_on` people sign in here alone; without `absence` no
    page says that a household may not be in the register.
    """
    app = FastAPI(title="前哨", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(
        store=store,
        clock=clock,
        sessions=Sessions(store, clock, sign_in or without_second_factor()),
        departments=departments,
        second_reader=second_reader,
        reports=reports,
        reception=reception,
        disclosure=disclosure,
        exports=exports,
        operation=operation,
        workflow=workflow,
        absence=absence,
        single_sign_on=single_sign_on,
    )
    app.middleware("http")(add_security_headers)
    app.add_middleware(SameOrigin, https_only=https_only)
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
        return RedirectResponse(exc.address, status_code=303)

    @app.exception_handler(NotAllowed)
    def _not_allowed(request: Request, exc: NotAllowed) -> Response:
        return plain_page(request, "error.html", 403, message=str(exc))

    @app.exception_handler(ReviewError)
    def _review(request: Request, exc: ReviewError) -> Response:
        return plain_page(request, "error.html", 409, message=str(exc))

    @app.exception_handler(StorageError)
    def _storage(request: Request, exc: StorageError) -> Response:
        said = f"数据库暂时不能用, 请稍后再试或联系管理员(错误编号 {report_unexpected(request, exc)})"
        return plain_page(request, "error.html", 503, message=said)

    @app.exception_handler(RequestValidationError)
    def _bad_form(request: Request, exc: RequestValidationError) -> Response:
        return plain_page(request, "error.html", 422, message="提交的内容不完整, 请返回上一页重新填写")

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, exc: Exception) -> Response:
        number = report_unexpected(request, exc)
        said = f"程序出错了, 这次操作可能没有完成。请把错误编号 {number} 告诉管理员"
        answer = plain_page(request, "error.html", 500, message=said)

        async def answered(_: Request) -> Response:
            return answer

        # This handler stands outside of everything that adds headers.
        return await add_security_headers(request, answered)

    @app.exception_handler(HTTPException)
    def _http(request: Request, exc: HTTPException) -> Response:
        if request.url.path.startswith(f"{API_PATH}/"):
            # An address with a line break in it, which no mounted application is given.
            return problem_of(exc)
        return plain_page(
            request, "error.html", exc.status_code, message=_MESSAGES.get(exc.status_code, "打不开这个页面")
        )
