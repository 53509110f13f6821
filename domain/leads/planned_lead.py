"""A lead without a text: a household, what kind of difficulty, and who is to see to it. It names no source.

For what reached the petition office by a way that must not be told: an accusation that also tells of hardship, or a
word at the counter. Decision 18 says why it waits, and who may get it.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.labelled import Labelled
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.texts.document import DocumentId


class Handler(Labelled):
    """Who sees to the lead; it is shown to nobody below."""

    VILLAGE = "village", "村"
    TOWN = "town", "镇"
    COUNTY = "county", "县"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLead:
    """What was planned; it opens at `opens_at` or at the next run after it.

    It waits longer where nobody can say which household it is by then.
    """

    id: str
    document_id: DocumentId | None
    """The accusation that told of it, for the petition office alone; None where there is no text."""
    household_id: HouseholdId
    region: RegionCode
    """The division that sees to it."""
    risks: frozenset[Risk]
    register_version: int
    """The register in which the household has this number; 0 in what an older program planned: it noted none."""
    planned_by: str
    opens_at: datetime
    opened_at: datetime | None = None
    """Also when it was needless, or settled."""
    settled: bool = False
    """True where a person said that nothing is to open any more, for nobody knew the household."""
