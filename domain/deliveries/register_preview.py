"""What would become of a register that somebody handed in, before it is taken in."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.deliveries.receipt import RowProblem
from domain.register.register_change import HouseholdChange, HouseholdChangeKind, PersonChangeKind
from domain.register.register_finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCount:
    """How often one rule of the checks is broken, with the first household that breaks it."""

    example: Finding
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPreview:
    """The same figures as the receipt will have, if nobody else delivers in between."""

    households: int
    persons: int
    unchanged: int
    kept: int
    """Households that stay as they are because of a row that is refused, or a doubt."""
    removes_nothing: bool
    household_counts: Mapping[HouseholdChangeKind, int]
    person_counts: Mapping[PersonChangeKind, int]
    changes: tuple[HouseholdChange, ...]
    """The first ones; none where the register was empty before."""
    findings: tuple[FindingCount, ...]
    """One for each rule that is broken, the most frequent first."""
    refused: int
    warned: int
    problems: tuple[RowProblem, ...]
    """The first refusals, then the first remarks."""
    refusal: str = ""
    """Why it is only taken in when a person confirms what it removes."""
