"""The OpenAPI description of the interface in the form in which the page shows it."""

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
    return Operation(
        method=method.upper(),
        path=path,
        summary=found.get("summary", ""),
        description=found.get("description", ""),
        parameters=tuple(
            FieldRow(one["name"], _type(one["schema"]), one.get("description", ""), one.get("required", False))
            for one in found.get("parameters", ())
        ),
        body=tuple(_rows(schema, body, "")),
        body_type=body_type,
        statuses=tuple(sorted(found["responses"])),
    )


def _rows(schema: Mapping[str, Any], found: Mapping[str, Any], before: str) -> Iterator[FieldRow]:
    """The keys of an object, those of objects inside with the outer key in front."""
    found = _resolved(schema, found)
    for name, one in found.get("properties", {}).items():
        yield FieldRow(f"{before}{name}", _type(one), one.get("description", ""), name in found.get("required", ()))
        if "items" in one:
            yield from _rows(schema, one["items"], f"{before}{name}[].")


def _resolved(schema: Mapping[str, Any], found: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in found:
        return found
    resolved: Mapping[str, Any] = schema["components"]["schemas"][found["$ref"].rsplit("/", 1)[-1]]
    return resolved


def _type(found: Mapping[str, Any]) -> str:
    longest = found.get("maxLength")
    kind = str(found.get("format") or found.get("type", ""))
    return f"{kind}, 不超过{longest}字" if longest else kind
