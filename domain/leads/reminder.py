"""What somebody has to be told of a lead's deadlines; written once each, sent by whoever sends notices."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.labelled import Labelled
from domain.leads.lead import WORKS_AT, LeadId
from domain.leads.workflow import Deadline
from domain.places.region import Level, RegionCode
from domain.words.vocabulary import Role


class ReminderKind(Labelled):
    """How pressing it is."""

    SOON = "soon", "快到期"
    OVERDUE = "overdue", "已超期"
    TO_TOWN = "to_town", "超期, 报镇里"
    TO_COUNTY = "to_county", "超期, 报县里"
    IN_VAIN_TO_TOWN = "in_vain_to_town", "多次上门未果, 报镇里"
    IN_VAIN_TO_COUNTY = "in_vain_to_county", "多次上门未果, 报县里"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadReminder:
    """One reminder; a second one of the same lead, deadline, day and kind to the same people changes nothing."""

    lead_id: LeadId
    region: RegionCode
    """The lead's division: accounts of the role whose region contains it are meant."""
    kind: ReminderKind
    deadline: Deadline
    due_on: date
    role: Role
    username: str = ""
    """The one account that is meant; empty for every account of the role."""
    department: str = ""
    """For the role DEPARTMENT: whose accounts are meant."""
    at: datetime

    @property
    def told_in(self) -> RegionCode:
        """The division of those who are told: a lead that moves within it is known to them."""
        level = Level.TOWN if self.role is Role.CLERK else WORKS_AT.get(self.role, Level.COUNTY)
        return self.region.within(level) or self.region

    def reaches(self, other: "LeadReminder") -> bool:
        """True when those whom the other one of the same lead and day is for are told by this one."""
        same = (self.role, self.told_in, self.department) == (other.role, other.told_in, other.department)
        return same and self.username in ("", other.username)
