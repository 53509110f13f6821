"""What a check of a delivered register found: reported to people, it keeps nothing from being taken in."""

from dataclasses import dataclass

from domain.labelled import Labelled
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.register.register_entry import RowPlace


class FindingLevel(Labelled):
    """How sure it is that something is wrong."""

    ERROR = "error", "错误"
    VERIFY = "verify", "核实"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One household that breaks one rule; names and numbers in it are masked."""

    rule: str
    level: FindingLevel
    household_id: HouseholdId
    village: RegionCode
    place: RowPlace
    wrong: str
    """Chinese: what the rule says is wrong."""
    says: str
    """Chinese: what the register says."""
    advice: str
    """Chinese: what to do."""
