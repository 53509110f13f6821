"""What one delivered file may cost: time, memory, members, rows."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_POLICY = Path(__file__).with_name("limits.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of `limits.toml`, where each is explained; seconds, bytes or counts as the name says.

    No pydantic here: every reading process starts anew and would pay for its import.
    """

    wall_seconds: float
    member_seconds: float
    cpu_seconds: int
    memory_bytes: int
    temporary_bytes: int
    file_bytes: int
    unpacked_bytes: int
    told_bytes: int
    ratio: int
    ratio_from_bytes: int
    members: int
    nesting: int
    columns: int
    rows: int
    merges: int
    stray_cells: int
    cell_characters: int
    text_characters: int
    sheets: int
    pages: int
    pixels: int
    image_side: int
    conversion_seconds: int
    conversion_memory_bytes: int
    recognition_memory_bytes: int


@cache
def standard_limits() -> Limits:
    """The shipped limits."""
    return Limits(**tomllib.loads(_POLICY.read_text(encoding="utf-8")))
