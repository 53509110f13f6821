"""The table of checks of household registers."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from domain.places.region import RegionCode
from domain.register.register_finding import FindingLevel


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _level(label: object) -> FindingLevel:
    found = next((level for level in FindingLevel if level.label == label), None)
    if found is None:
        raise ValueError(f"应为错误或核实: {label!r}")
    return found


class Rule(_Table):
    """One check: what it says and how it is to be taken."""

    id: str
    level: Annotated[FindingLevel, BeforeValidator(_level)]
    wrong: str = Field(min_length=1)
    advice: str = Field(min_length=1)
    source: str = Field(min_length=1)


class IncomeLine(_Table):
    """The income below which a household of a region is looked at in a year."""

    region: str
    year: int
    amount: float = Field(gt=0)
    source: str = Field(min_length=1)


class Limits(_Table):
    """Numbers that rules compare with."""

    most_risks: int = Field(gt=0)
    first_month: date
    months_until_removed: int = Field(gt=0)
    rounding: float = Field(ge=0)


class Ages(_Table):
    """Ages in completed years."""

    school_from: int
    school_to: int
    work_from: int


class Words(_Table):
    """What is searched in the words of the register."""

    able: tuple[str, ...]
    unable: tuple[str, ...]
    healthy: tuple[str, ...]
    ill: tuple[str, ...]
    disabled: tuple[str, ...]
    not_at_school: tuple[str, ...]
    helped: tuple[str, ...]
    naturally: tuple[str, ...]
    poor_before: tuple[str, ...]
    never_poor: tuple[str, ...]


class RegisterChecks(_Table):
    """Every check with the words and numbers that it compares with."""

    checked_on: date
    limits: Limits
    ages: Ages
    words: Words
    income_line: tuple[IncomeLine, ...] = ()
    rule: tuple[Rule, ...]

    def income_line_of(self, village: RegionCode, year: int) -> IncomeLine | None:
        """The latest known line for a village up to a year: lines have only risen, so who is below it is below today's.

        Of the lines of that year the one of the narrowest region; None when nobody has entered any.
        """
        fitting = [one for one in self.income_line if one.year <= year and village.digits.startswith(one.region)]
        return max(fitting, key=lambda one: (one.year, len(one.region)), default=None)
