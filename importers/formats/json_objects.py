"""Objects within a record of JSON, spread out: {"信访人": {"姓名": …}} becomes 信访人姓名, which says whose."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_WORDS = Path(__file__).with_name("json_objects.yml")


class ObjectWords(BaseModel):
    """What `json_objects.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    addresses: tuple[str, ...]
    address_parts: tuple[str, ...]
    codes: frozenset[str]
    name: str
    papers: frozenset[str]
    paper_kind: frozenset[str]
    paper_number: frozenset[str]
    identity_cards: frozenset[str]
    persons: frozenset[str]
    within_persons: frozenset[str]


@cache
def _words() -> ObjectWords:
    return ObjectWords.model_validate(yaml.safe_load(_WORDS.read_text(encoding="utf-8")))


def spread(record: Mapping[str, object]) -> dict[str, object]:
    """The record with the objects in it spread out; what is not understood stays as it is."""
    flat: dict[str, object] = {}
    for key, value in record.items():
        if not isinstance(value, dict):
            flat[key] = value
        else:
            flat.update(_below(key, value))
    return flat


def _below(key: str, value: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What the object says, each with the key under which it stands in the record."""
    if (name := _named(value)) is not None:
        yield key, name
        yield from ((f"{key}{inner}", below) for inner, below in value.items() if inner in _words().codes)
        return
    if key.endswith(_words().addresses) and (address := _address(value)):
        yield key, address
        value = {inner: below for inner, below in value.items() if inner not in _words().address_parts}
    for inner, below in value.items():
        if key in _words().persons and isinstance(below, dict):
            yield from _of_person(key, inner, below)
        else:
            yield f"{key}{inner}", below


def _of_person(person: str, key: str, value: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """An object below a person's: only what is his own is told of him, the rest stays an object."""
    words = _words()
    if key in words.papers:
        numbers = [below for inner, below in value.items() if inner in words.paper_number]
        kinds = [str(below) for inner, below in value.items() if inner in words.paper_kind and below not in (None, "")]
        if len(numbers) == 1 and all(kind in words.identity_cards for kind in kinds):
            yield f"{person}证件号码", numbers[0]
            return
    elif key in words.within_persons:
        yield from ((f"{person}{inner}", below) for inner, below in value.items())
        return
    elif _named(value) is not None or key.endswith(words.addresses):
        yield from _below(f"{person}{key}", value)
        return
    yield f"{person}{key}", value


def _named(value: Mapping[str, object]) -> object:
    """The name of an object of a code and a name; None for any other."""
    words = _words()
    name = value.get(words.name)
    return name if value.keys() <= words.codes | {words.name} and isinstance(name, str | int) else None


def _address(value: Mapping[str, object]) -> str:
    """The parts in their order, none that a later one says again; "" where there is none."""
    parts: list[str] = []
    for one in _words().address_parts:
        below = value.get(one)
        text = _named(below) if isinstance(below, dict) else below
        if isinstance(text, str) and text.strip():
            parts = [part for part in parts if part not in text] + [text.strip()]
    return "".join(parts)
