"""One household as a delivered register tells it: what is kept, and beside it what only the checks need."""

from dataclasses import dataclass
from datetime import date

from domain.register.household import Household


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """Where a person or a household stands in the file."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What the register says of one person beyond what is kept of him; None where it says nothing."""

    place: RowPlace
    born_on: date | None = None
    """From the column of birth dates, not from the ID number."""
    disability_card: str = ""
    """The twenty digits of a disability card, wherever they stood."""
    own_id_number: bool = True
    """False when the ID number was only read from the disability card."""
    phone_unsaid: bool = False
    """True when the only phone that is written is somebody else's: of the person's own the register says nothing."""
    works_nowhere: bool = False
    """True where a word says that he works nowhere (无, 已返乡): an empty place of work is then no empty cell."""
    told: frozenset[str] | None = None
    """Of a head without a row among the persons the columns that tell of him; None: all that the tables have."""
    work_months: int | None = None
    """As written; what is kept is at most twelve."""
    insured: bool | None = None
    """Has basic medical insurance (城乡居民或职工基本医保)."""
    allowance: bool | None = None
    """Receives the minimum living allowance (低保)."""
    supported: bool | None = None
    """Is supported as destitute (特困供养)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """The sums of a household's year in yuan; None where the register says nothing."""

    wages: float | None = None
    business: float | None = None
    property: float | None = None
    transfers: float | None = None
    business_costs: float | None = None
    net: float | None = None
    per_head: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """What the register says of the household beyond what is kept of it."""

    place: RowPlace
    """Its first row."""
    head_name: str = ""
    heads: int = 1
    """How many of its rows are called the head."""
    size: int | None = None
    """Members as counted by the register."""
    category_written: bool = False
    not_monitored: bool = False
    """True where a word says that it is not monitored; an empty cell or a stroke says nothing."""
    risks: tuple[str, ...] = ()
    """In the words of the register, also of a household that is not monitored."""
    risk_codes: tuple[str, ...] = ()
    """National codes of those risks that are in the table of codes."""
    unknown_risks: tuple[str, ...] = ()
    disaster: str = ""
    """The sub-item of a natural disaster, where it has a column."""
    identified_on: date | None = None
    removed_on: date | None = None
    removed: bool | None = None
    removed_how: str = ""
    without_labour: bool | None = None
    """Registered as wholly without labour and supported by the state (整户无劳动能力兜底保障户)."""
    unsafe_house: bool | None = None
    unsafe_water: bool | None = None
    left_school: bool | None = None
    uninsured: bool | None = None
    relocated: bool | None = None
    income: Income = Income()


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdEntry:
    """A household of a delivered register."""

    household: Household
    facts: HouseholdFacts
    persons: tuple[PersonFacts, ...]
    """One for each of the household's persons, in their order."""
    other_rows: tuple[RowPlace, ...] = ()
    """Rows that say something of the household and are no person's own."""
    told: frozenset[str] = frozenset()
    """Names of the fields that the tables it stands in have columns for; of others the file says nothing."""
    only_head: bool = False
    """True when the file names nobody but the head and does not say that he lives alone."""
    may_lack_members: bool = False
    """True when nobody can tell whether the rows are all of the family: they only name the head, or stand on a sheet
    of members that leaves out other households of the file."""
    several_categories: bool = False
    """True when several categories of monitored households are ticked: it is monitored, nobody knows as what."""
    blank_is_unsaid: bool = False
    """True when an empty cell of a person says nothing: the members stood in one row with their head."""
