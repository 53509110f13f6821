"""From which probability pages say that a household may not be in the register, read from `absence.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.register.register_absence import AbsenceThresholds


class _Thresholds(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    likely: float = Field(gt=0, le=1)
    possible: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.possible > self.likely:
            raise ValueError("possible 不能大于 likely")
        return self


@cache
def absence_thresholds() -> AbsenceThresholds:
    """The thresholds of the shipped file."""
    text = files("pipeline.linking").joinpath("absence.toml").read_text(encoding="utf-8")
    found = _Thresholds.model_validate(tomllib.loads(text))
    return AbsenceThresholds(likely=found.likely, possible=found.possible)
