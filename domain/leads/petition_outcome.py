"""What became of a petition that an office handed in, without a word of it and without a name."""

from dataclasses import dataclass
from datetime import date

from domain.deliveries.receipt import Way
from domain.labelled import Labelled
from domain.leads.lead import LeadId, LeadStatus
from domain.texts.document import DocumentId


class PetitionState(Labelled):
    """How far a petition has come."""

    WAITING = "waiting", "已收到, 待判读"
    UNCLEAR = "unclear", "读不懂, 待查"
    RESTRICTED = "restricted", "限制件, 待处理"
    FORWARDED = "forwarded", "限制件, 已转纪检"
    NOTHING = "nothing", "没有形成线索"
    LEAD_OPEN = "lead_open", "线索待核查"
    LEAD_VERIFIED = "lead_verified", "线索已核查"
    LEAD_MEASURED = "lead_measured", "线索已处置"
    LEAD_REPORTED = "lead_reported", "已反馈"
    LEAD_CLOSED = "lead_closed", "已办结"

    @property
    def pending(self) -> bool:
        """True while something is still owed for it here."""
        return self not in (
            PetitionState.FORWARDED,
            PetitionState.NOTHING,
            PetitionState.LEAD_REPORTED,
            PetitionState.LEAD_CLOSED,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionLimits:
    """Days that the law gives, counted from the day on which the petition came in."""

    forward_days: int
    """Registered, and forwarded or answered whether it is accepted (信访工作条例 art. 22 and 23)."""
    settle_days: int
    """Settled (art. 34); the law counts from acceptance, which this system does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionOutcome:
    """One petition of the office; `reason` is Chinese, names nobody and quotes nothing."""

    document_id: DocumentId
    number: str
    """The office's own number; empty where the record had none."""
    received_on: date
    way: Way
    state: PetitionState
    reason: str = ""
    lead_id: LeadId | None = None
    """None also where the lead lies outside what the reader may see."""
    verdict: LeadStatus | None = None
    measure: LeadStatus | None = None
    reported_on: date | None = None
    closed_on: date | None = None
    forward_by: date
    settle_by: date

    def forwards_late(self, today: date) -> bool:
        """True when nothing was begun within the days for forwarding."""
        begun = self.state not in (PetitionState.WAITING, PetitionState.UNCLEAR, PetitionState.RESTRICTED)
        return not begun and self.forward_by < today

    def settles_late(self, today: date) -> bool:
        """True when it is not finished within the days for settling."""
        return self.state.pending and self.settle_by < today
