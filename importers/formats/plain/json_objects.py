"""Objects within a record of JSON, spread out: {"信访人": {"姓名": …}} becomes 信访人姓名, which says whose."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.words.lexicon_file import read_lexicon

_WORDS = Path(__file__).with_name("json_objects.yml")
_EMPTY = (None, "")


class ObjectWords(BaseModel):
    """What `json_objects.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    addresses: tuple[str, ...]
    address_parts: tuple[str, ...]
    groups: frozenset[str]
    codes: frozenset[str]
    name: str
    papers: frozenset[str]
    paper_kind: frozenset[str]
    paper_number: frozenset[str]
    identity_cards: frozenset[str]
    persons: frozenset[str]
    within_persons: frozenset[str]
    contacts: frozenset[str]
    phones: frozenset[str]
    contact_kind: str
    contact_number: str
    contact_phones: frozenset[str]


@cache
def _words() -> ObjectWords:
    return ObjectWords.model_validate(read_lexicon(_WORDS.read_text(encoding="utf-8")))


class Spreading:
    """Spreads the records of one file, in which one kind of person is the petitioner: the first that is there."""

    def __init__(self) -> None:
        """Before the first record."""
        self._person = ""

    def spread(self, record: Mapping[str, object]) -> dict[str, object]:
        """The record with the objects in it spread out; what is not understood stays as it is.

        What is there already stays, and what an object says instead has a key of its own.
        """
        flat: dict[str, object] = {}
        for key, value in record.items():
            if not isinstance(value, dict):
                if value not in _EMPTY or key not in flat:
                    flat[key] = value
                continue
            if not self._person and key in _words().persons:
                self._person = key
            for inner, below in _below(key, value, is_petitioner=key == self._person):
                own = record.get(inner)
                there = flat.get(inner) if own in _EMPTY or isinstance(own, dict) else own
                if there in _EMPTY:
                    flat[inner] = below
                elif below not in _EMPTY and below != there:
                    flat[f"{key}另写的{inner}"] = below
        return flat


def _below(key: str, value: Mapping[str, object], *, is_petitioner: bool = False) -> Iterator[tuple[str, object]]:
    """What the object says, each with the key under which it stands in the record."""
    if (name := _named(value)) is not None:
        yield key, name
        yield from ((f"{key}{inner}", below) for inner, below in value.items() if inner in _words().codes)
        return
    if key.endswith(_words().addresses) and (address := _address(value)):
        yield key, address
        value = {inner: below for inner, below in value.items() if inner not in _words().address_parts}
    for inner, below in value.items():
        if is_petitioner and isinstance(below, dict):
            yield from _of_person(key, inner, below)
        else:
            yield f"{key}{inner}", below


def _of_person(person: str, key: str, value: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """An object below a person's: only what is his own is told of him, the rest stays an object."""
    words = _words()
    if key in words.papers:
        numbers = [below for inner, below in value.items() if inner in words.paper_number]
        kinds = [str(below) for inner, below in value.items() if inner in words.paper_kind and below not in _EMPTY]
        if len(numbers) == 1 and all(kind in words.identity_cards for kind in kinds):
            yield f"{person}证件号码", numbers[0]
            return
    elif key in words.contacts:
        yield from _of_contacts(person, key, value)
        return
    elif key in words.within_persons:
        yield from ((f"{person}{inner}", below) for inner, below in value.items())
        return
    elif _named(value) is not None or key.endswith(words.addresses):
        yield from _below(f"{person}{key}", value)
        return
    yield f"{person}{key}", value


def _of_contacts(person: str, key: str, value: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The phones among the ways to reach a person; the object as it is where none of them is known for one."""
    words = _words()
    kind, number = value.get(words.contact_kind), value.get(words.contact_number)
    if kind in words.contact_phones and number not in _EMPTY:
        yield f"{person}{kind}", number
    elif any(below not in _EMPTY for inner, below in value.items() if inner in words.phones):
        yield from ((f"{person}{inner}", below) for inner, below in value.items())
    else:
        yield f"{person}{key}", value


def _named(value: Mapping[str, object]) -> object:
    """The name of an object of a code and a name; None for any other."""
    words = _words()
    name = value.get(words.name)
    return name if value.keys() <= words.codes | {words.name} and isinstance(name, str | int) else None


def _address(value: Mapping[str, object]) -> str:
    """The parts in their order, none that a later one says again; "" where there is none."""
    words = _words()
    parts: list[str] = []
    for one in words.address_parts:
        below = value.get(one)
        named = _named(below) if isinstance(below, dict) else below
        text = str(named).strip() if isinstance(named, str | int) and not isinstance(named, bool) else ""
        if one in words.groups and text.isdecimal():
            text = f"{text}组"
        for part in parts:
            text = text.removeprefix(part)
        if text and not (parts and text == parts[-1].removesuffix("村")):
            parts = [part for part in parts if part not in text] + [text]
    return "".join(parts)
