"""What is hidden and may be shown for a short time to whom asks with a reason, and by which figures.

Authority: 个人信息保护法 art. 28 and 51 (strict protection, by who needs what); DOMAIN 5 (查看理由必填, 查看留痕).
"""

from dataclasses import dataclass
from datetime import datetime

from domain.labelled import Labelled
from domain.leads.lead import LeadId
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId


class RevealField(Labelled):
    """One kind of hidden content."""

    TEXT = "text", "信访件全文"
    PETITIONER_NAME = "petitioner_name", "信访人姓名"
    PETITIONER_PHONE = "petitioner_phone", "信访人电话"
    PETITIONER_ID_NUMBER = "petitioner_id_number", "信访人证件号码"
    HOUSEHOLD_NAMES = "household_names", "户内姓名"
    HOUSEHOLD_PHONES = "household_phones", "户内电话"
    HOUSEHOLD_ID_NUMBERS = "household_id_numbers", "户内证件号码"

    @property
    def of_text(self) -> bool:
        """True for what belongs to a text, false for what belongs to a household of the register."""
        return not self.value.startswith("household_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """One item shown to one account until a moment; appended, never edited."""

    id: str
    """Random, so that nobody else's can be guessed."""
    account: str
    field: RevealField
    lead_id: LeadId
    document_id: DocumentId | None
    household_id: HouseholdId | None
    reason: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRules:
    """The figures of the policy file `disclosure.toml`."""

    reveals_per_day: int
    reveal_minutes: int
    shortest_reason: int
    longest_reason: int
    forward_days: int
    """Calendar days within which an accusation is forwarded or given back (信访工作条例 art. 22)."""
    remind_days: int
    """So many days before the last one the page says that it is near."""
    second_person_forward: bool
    second_person_release: bool
    earliest_hours: int
    latest_hours: int
    """A lead without a text opens at a random time between these after it was planned."""
    crowd_days: int
    fewest_others: int
    """Below so many other leads of its village in the last `crowd_days` a lead without a text does not go there."""
