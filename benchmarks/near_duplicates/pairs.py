"""Pairs of texts that differ in one place: two notices of one form, or one report that was printed twice."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import yaml

from benchmarks.near_duplicates.measure import Measured
from benchmarks.near_duplicates.texts import Text

PARTS = ("seen", "kept_aside")
"""Pairs that the rules were written with in view, and others."""
_ANOTHER, _REPRINT = "another", "reprint"
_CHANGE = re.compile(r"\{([^|}]*)\|([^}]*)\}")
_FIRST_DAY = datetime(2026, 3, 4, 4, tzinfo=UTC)


def pairs() -> Iterator[Text]:
    """Both texts of every pair, one after the other."""
    content: Mapping[str, Any] = yaml.safe_load(
        files("benchmarks.near_duplicates").joinpath("pairs.yml").read_text(encoding="utf-8")
    )
    for part in PARTS:
        for kind in (_ANOTHER, _REPRINT):
            for number, pair in enumerate(content[part][kind]):
                matter = f"{part} {kind} {number}"
                yield _text(pair, 0, matter, "first of a pair")
                yield _text(pair, 1, matter if kind == _REPRINT else f"{matter} other", _form(kind, part))


def kept_apart(measured: Measured, part: str) -> float:
    """Share of the notices of other matters that joined nothing."""
    one = measured.forms[_form(_ANOTHER, part)]
    return 1 - one.joined / one.texts


def joined(measured: Measured, part: str) -> float:
    """Share of the changed reprints that joined what they reprint."""
    return measured.forms[_form(_REPRINT, part)].recall


def _form(kind: str, part: str) -> str:
    return f"{kind}, {part}"


def _text(pair: Mapping[str, Any], side: int, matter: str, form: str) -> Text:
    title, text = (_CHANGE.sub(lambda change: change[1 + side], pair[field]) for field in ("title", "text"))
    medium = "first_medium" if side == 0 or pair["media"] == "one" else "second_medium"
    published_at = _FIRST_DAY + timedelta(days=pair["days"] * side)
    return Text(matter, form, title, text, medium=medium, published_at=published_at)
