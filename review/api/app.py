"""The interface as an application of its own under one path: keys instead of sessions, problems instead of pages."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from review.api import imports, leads, petitions
from review.api.description import describe
from review.api.operations import operations_of
from review.api.problems import add_problems
from review.api.rate_limit import RateLimit
from review.requests import Desk, plain_page

API_PATH = "/api/v1"
_ABOUT = (
    "供其他单位的程序提交信访件、查看回执, 读取核实过的线索, 反馈办理结果。"
    "密钥用 qianshao account key create 新建, 放在 Authorization: Bearer 之后。"
)


def create_api(desk: Desk) -> FastAPI:
    """The application over the desk of the pages; 404 everywhere while nothing imports."""
    api = FastAPI(
        title="前哨接口",
        version="1",
        summary="信访件送进来, 核实过的线索送出去",
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        servers=[{"url": API_PATH}],
        root_path_in_servers=False,
    )
    api.state.desk = desk
    api.state.rate_limit = RateLimit(desk.reception.limits.calls_per_minute if desk.reception is not None else 0)
    for module in (petitions, imports, leads):
        api.include_router(module.router)
    add_problems(api)

    @api.get("/docs", include_in_schema=False)
    def documentation(request: Request) -> HTMLResponse:
        """What the interface takes and gives, for people; made from the OpenAPI description, nothing from outside."""
        schema: dict[str, Any] = api.openapi()
        return plain_page(request, "api.html", 200, schema=schema, operations=operations_of(schema), path=API_PATH)

    api.openapi = lambda: describe(api)  # type: ignore[method-assign]
    return api
