"""The OpenAPI description as the interface really answers: every error is a problem of its own media type."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI

from review.api.problems import MEDIA_TYPE, TITLES, Problem, example_of

_EVERYWHERE = (400, 401, 403, 404, 408, 413, 422, 429, 503)
"""What any operation may answer: no such path, a refused key, a body that is cut off, a busy database."""
_NOT_OURS = ("HTTPValidationError", "ValidationError")


def describe(api: FastAPI) -> dict[str, Any]:
    """The description of the application, made once."""
    if api.openapi_schema is None:
        api.openapi_schema = _with_problems(FastAPI.openapi(api))
    return api.openapi_schema


def _with_problems(schema: dict[str, Any]) -> dict[str, Any]:
    schemas = schema["components"]["schemas"]
    for name in _NOT_OURS:
        schemas.pop(name, None)
    schemas[Problem.__name__] = Problem.model_json_schema()
    for operation in _operations(schema):
        answers = operation["responses"]
        refused = {*map(int, filter(str.isdecimal, answers)), *_EVERYWHERE}
        answers |= {str(status): _problem(status) for status in sorted(refused) if status >= 400}
    return schema


def _problem(status: int) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    content = {MEDIA_TYPE: {"schema": reference, "example": example_of(status)}}
    return {"description": TITLES[status], "content": content}


def _operations(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        yield from path.values()
