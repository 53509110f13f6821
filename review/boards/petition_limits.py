"""The days that the law gives for a petition, read from `petition_limits.toml`."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from domain.leads.petition_outcome import PetitionLimits

_FILE = Path(__file__).parent / "petition_limits.toml"


class _Limits(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    checked_on: date
    forward_days: int = Field(ge=1, le=365)
    settle_days: int = Field(ge=1, le=365)


@cache
def petition_limits() -> PetitionLimits:
    """The days of the shipped file."""
    found = _Limits.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))
    return PetitionLimits(forward_days=found.forward_days, settle_days=found.settle_days)
