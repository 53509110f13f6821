"""What somebody has to be told of a lead's deadlines; written once each, sent by whoever sends notices."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.labelled import Labelled
from domain.lead import LeadId
from domain.region import RegionCode
from domain.vocabulary import Role
from domain.workflow import Deadline


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
    """One reminder; a second one of the same lead, deadline, day and kind changes nothing."""

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
