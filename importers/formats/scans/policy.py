"""The figures and words of `scans.toml`, where each is explained."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_POLICY = Path(__file__).with_name("scans.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """How pages are prepared."""

    longest_side: int
    detection_side: int
    overview_side: int
    render_dpi: int
    most_pages: int
    most_frames: int
    least_confidence: float
    least_skew: float
    red_share: float
    most_grain: float
    least_ink: float
    pen_blue: float
    pen_dark: float
    pen_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """What makes a form."""

    fewest_fields: int
    fewest_unruled_fields: int
    fewest_rows_of_list: int
    short_value: int
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """How ticked boxes are told."""

    least_ink: float
    darker: float
    options: tuple[str, ...]
    marks: str
    read_as: str
    """Traditional characters as which the recogniser reads those of the words to tick."""
    printed: str
    """What is printed for each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All of it."""

    pages: Pages
    forms: Forms
    ticks: Ticks
    kinds: Mapping[str, str]
    """Label to the kind of its value."""
    digits: Mapping[str, str]
    """Character to the digit it is taken for, where only digits can stand."""


@cache
def policy() -> Policy:
    """The shipped policy."""
    read = tomllib.loads(_POLICY.read_text(encoding="utf-8"))
    ticks = read["ticks"]
    return Policy(
        pages=Pages(**read["pages"]),
        forms=Forms(**read["forms"]),
        ticks=Ticks(**{**ticks, "options": tuple(ticks["options"])}),
        kinds={label: kind for kind, labels in read["kinds"].items() for label in labels},
        digits=read["digits"],
    )
