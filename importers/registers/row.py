"""What the rows of a household register are read as: a person with what is said of his household, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from domain.deliveries.receipt import RowProblem
from domain.places.region import RegionCode
from domain.register.household import HouseholdId, Person
from domain.register.register_entry import PersonFacts
from importers.entries import Warned


class OfHousehold(NamedTuple):
    """What a row says of its household, as written; a tuple because there are hundreds of thousands."""

    household_id: str = ""
    group: str = ""
    natural_village: str = ""
    household_type: str = ""
    address: str = ""
    relocated: str = ""
    relocation_site: str = ""
    category: str = ""
    risk: str = ""
    risk_1: str = ""
    risk_2: str = ""
    risk_3: str = ""
    risk_4: str = ""
    risk_5: str = ""
    disaster: str = ""
    cause_2018: str = ""
    other_causes_2018: str = ""
    removed: str = ""
    removed_how: str = ""
    identified_on: str = ""
    removed_on: str = ""
    without_labour: str = ""
    head_name: str = ""
    size: str = ""
    unsafe_house: str = ""
    unsafe_water: str = ""
    safe_water: str = ""
    left_school: str = ""
    uninsured: str = ""
    wages: str = ""
    business: str = ""
    property: str = ""
    transfers: str = ""
    business_costs: str = ""
    net_income: str = ""
    income_per_head: str = ""
    several_categories: str = ""
    removal_doubtful: str = ""
    """Filled where the day on which the risk went may be a planned one, or the household was taken in again."""


PLACE_FIELDS = ("village_code", "village", "town")
HOUSEHOLD_FIELDS = (*OfHousehold._fields, *PLACE_FIELDS)


class RowRefused(Exception):
    """The row cannot be taken in; carries the problem."""

    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One readable row."""

    household_id: HouseholdId
    village: RegionCode
    person: Person
    facts: PersonFacts
    of_household: OfHousehold
    is_household: bool
    """True when the person is the head as the household's own columns name him, not a member in a row of his own."""
    relation_written: bool
    columns: frozenset[str]
    """The fields that its table has columns for; of others it says nothing."""
    is_unfolded: bool
    """True when the person stood in one row with others of the household."""
    problems: tuple[RowProblem, ...]
    """What was odd about it."""
    by_household: bool = False
    """True when its village is the one that another sheet tells of the household."""
    head: tuple[Person, PersonFacts] | None = None
    """The household's head by columns of his own, where the row is somebody else's."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken in; somebody has to mend it."""

    problem: RowProblem
    household_id: str
    """The number of the household that it belongs to; empty where nobody knows."""
    fields: Mapping[str, str]
    """The row as delivered, by header text."""


RegisterEntry = RegisterRow | RefusedRow | Warned
