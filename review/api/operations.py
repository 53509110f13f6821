"""The OpenAPI description of the interface in the form in which the page shows it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_METHODS = ("get", "post")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One parameter or one key of a body."""

    name: str
    type: str
    note: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[FieldRow, ...]
    body: tuple[FieldRow, ...]
    body_type: str
    answer: tuple[FieldRow, ...]
    example: str
    """Of a good answer as JSON; empty when it has none."""
    statuses: tuple[str, ...]


def operations_of(schema: Mapping[str, Any]) -> list[Operation]:
    """Every operation in the order of the description."""
    return [
        _operation(schema, method, path, found[method])
        for path, found in schema["paths"].items()
        for method in _METHODS
        if method in found
    ]


def _operation(schema: Mapping[str, Any], method: str, path: str, found: Mapping[str, Any]) -> Operation:
    content = found.get("requestBody", {}).get("content", {})
    body_type, body = next(((kind, one["schema"]) for kind, one in content.items()), ("", {}))
    answered = _good_answer(found)
    return Operation(
        method=method.upper(),
        path=path,
        summary=found.get("summary", ""),
        description=found.get("description", ""),
        parameters=tuple(
            FieldRow(one["name"], _type(schema, one["schema"]), one.get("description", ""), one.get("required", False))
            for one in found.get("parameters", ())
        ),
        body=tuple(_rows(schema, body, "")),
        body_type=body_type,
        answer=tuple(_rows(schema, answered, "")),
        example=_example(schema, answered),
        statuses=tuple(sorted(found["responses"])),
    )


def _rows(schema: Mapping[str, Any], found: Mapping[str, Any], before: str) -> Iterator[FieldRow]:
    """The keys of an object, those of objects inside with the outer key in front."""
    found = _resolved(schema, found)
    for name, one in found.get("properties", {}).items():
        yield FieldRow(
            f"{before}{name}", _type(schema, one), one.get("description", ""), name in found.get("required", ())
        )
        if "items" in one:
            yield from _rows(schema, one["items"], f"{before}{name}[].")
        elif "properties" in _resolved(schema, one):
            yield from _rows(schema, one, f"{before}{name}.")


def _resolved(schema: Mapping[str, Any], found: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in found:
        return found
    resolved: Mapping[str, Any] = schema["components"]["schemas"][found["$ref"].rsplit("/", 1)[-1]]
    return resolved


def _good_answer(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of the answer when all went well; nothing for a file."""
    good: Mapping[str, Any] = next(
        (answer for status, answer in found["responses"].items() if status.startswith("2")), {}
    )
    schema: Mapping[str, Any] = good.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _example(schema: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    examples = _resolved(schema, found).get("examples", ())
    return json.dumps(examples[0], ensure_ascii=False, indent=1) if examples else ""


def _type(schema: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    either = [one for one in found.get("anyOf", ()) if one.get("type") != "null"]
    if either:
        return f"{_type(schema, either[0])}, 可为空"
    found = {**_resolved(schema, found), **found}
    longest = found.get("maxLength")
    kind = str(found.get("format") or found.get("type", ""))
    return f"{kind}, 不超过{longest}字" if longest else kind
