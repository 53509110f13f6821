"""Errors of the interface as problem details (RFC 9457), the detail in Chinese."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from domain.failures.errors import FileError, NotAllowed, ReviewError, StorageError
from domain.failures.invalid_value import invalid_value
from review.doors.unexpected import report_unexpected

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "请求不对",
    401: "密钥无效",
    403: "没有权限",
    404: "没有找到",
    405: "方法不对",
    408: "提交太慢",
    409: "没有接收",
    413: "内容太多",
    422: "字段不对",
    429: "请求太快",
    500: "程序出错",
    503: "暂时不能用",
}
_DETAILS = {
    400: "请求不完整或写法不对, 没有接收任何内容; 请按接口说明(docs)核对后重新提交",
    404: "没有这个地址或编号, 或不属于这个密钥的信访办",
    405: "这个地址不能用这个方法",
}
_BUSY = "数据库暂时不能用, 没有接收任何内容, 请稍后用同样的内容再提交"


class Problem(BaseModel):
    """What went wrong; nothing of the call was taken in."""

    title: str = Field(description="一类问题的名称")
    status: int = Field(description="与HTTP状态相同")
    detail: str = Field(description="出了什么问题、怎么办")


class ApiRefused(Exception):
    """The call is refused with this status."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


def example_of(status: int) -> dict[str, object]:
    """A problem as the description shows it."""
    title = TITLES[status]
    return {"title": title, "status": status, "detail": _DETAILS.get(status, f"{title}: 原因和怎么办")}


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer."""
    content = {"title": TITLES.get(status, "没有完成"), "status": status, "detail": detail}
    return JSONResponse(content, status, headers=headers, media_type=MEDIA_TYPE)


def problem_of(exc: HTTPException) -> JSONResponse:
    """The answer to what the framework refused."""
    return problem(exc.status_code, _DETAILS.get(exc.status_code, "没有完成"), exc.headers)


def add_problems(app: FastAPI) -> None:
    """Answer every error of the application with a problem."""

    @app.exception_handler(ApiRefused)
    def _refused(request: Request, exc: ApiRefused) -> Response:
        return problem(exc.status, exc.detail, exc.headers)

    @app.exception_handler(NotAllowed)
    def _not_allowed(request: Request, exc: NotAllowed) -> Response:
        return problem(403, str(exc))

    @app.exception_handler(ReviewError)
    def _review(request: Request, exc: ReviewError) -> Response:
        return problem(409, str(exc))

    @app.exception_handler(FileError)
    def _file(request: Request, exc: FileError) -> Response:
        return problem(409, str(exc))

    @app.exception_handler(StorageError)
    def _storage(request: Request, exc: StorageError) -> Response:
        return problem(503, _BUSY, {"Retry-After": "10"})

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, exc: RequestValidationError) -> Response:
        return problem(422, _said(exc.errors()))

    @app.exception_handler(Exception)
    def _unexpected(request: Request, exc: Exception) -> Response:
        return problem(500, f"程序出错了, 可能没有接收; 请把错误编号 {report_unexpected(request, exc)} 告诉管理员")

    @app.exception_handler(HTTPException)
    def _http(request: Request, exc: HTTPException) -> Response:
        return problem_of(exc)


def _said(errors: Sequence[Any]) -> str:
    """Where and why, never what stood there: it may be somebody's number."""
    found = invalid_value(errors)
    return f"{found.field.removeprefix('body.')}: {found.reason}; 没有接收任何记录, 请改正后重新提交"
