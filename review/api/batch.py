"""The body of a batch: read only after the key was looked at, and counted before anything in it is checked."""

import json
from collections.abc import Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from review.api.models import PetitionIn
from review.api.problems import ApiRefused

_NO_JSON = "内容不是完整的JSON, 没有接收任何记录, 请改正后重新提交"


class BatchIn(BaseModel):
    """What comes in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    records: list[PetitionIn] = Field(min_length=1)


def batch_schema() -> dict[str, Any]:
    """The body as the OpenAPI description shows it, with the record's keys in their place."""
    found = BatchIn.model_json_schema()
    records = {**found["properties"]["records"], "items": found["$defs"][PetitionIn.__name__]}
    properties = {"records": records}
    return {"type": "object", "required": ["records"], "properties": properties, "additionalProperties": False}


class _Twice(ValueError):
    """A key stands twice in one object."""


def read_batch(body: bytes, most: int) -> Sequence[PetitionIn]:
    """The records of the body.

    Raises:
        ApiRefused: 422 when it is no JSON or has a key twice, of which nobody knows which one was meant; 413 when it
            has more than `most` records.
        RequestValidationError: a record is not what it should be.
    """
    content = _loaded(body)
    records = content.get("records") if isinstance(content, dict) else None
    if isinstance(records, list) and len(records) > most:
        raise ApiRefused(413, f"一次最多{most}条, 现有{len(records)}条, 请分几次提交")
    try:
        return BatchIn.model_validate(content).records
    except ValidationError as exc:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in exc.errors()]) from exc


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(body, object_pairs_hook=_once)
    except _Twice as exc:
        raise ApiRefused(422, f"{exc}, 没有接收任何记录, 请改正后重新提交") from exc
    except (ValueError, RecursionError) as exc:
        raise ApiRefused(422, _NO_JSON) from exc


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Twice(f"同一条记录里「{twice[:40]}」写了两次")
    return found
