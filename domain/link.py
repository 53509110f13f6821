"""The tie between a text and a household: ranked candidates, each with a probability and its reasons."""

from dataclasses import dataclass

from domain.document import DocumentId
from domain.household import HouseholdId
from domain.labelled import Labelled
from domain.region import RegionCode


class LinkDecision(Labelled):
    """How far the linking could go; it never guesses between two doors."""

    LINKED = "linked", "已关联到户"
    REVIEW = "review", "待人工选户"
    PLACE = "place", "只到村"
    NONE = "none", "未关联"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A household the text may speak of."""

    household_id: HouseholdId
    probability: float
    why: tuple[str, ...]
    """Chinese reasons that a cadre understands, strongest first; they name no petitioner."""
    weights: tuple[float, ...] = ()
    """Of each reason the log-odds that it adds, below nought when it speaks against; empty in older links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The outcome of linking one document."""

    document_id: DocumentId
    decision: LinkDecision
    village: RegionCode | None
    candidates: tuple[Candidate, ...]
    version: str

    @property
    def household_id(self) -> HouseholdId | None:
        """The household, only when the decision is `linked`."""
        return self.candidates[0].household_id if self.decision is LinkDecision.LINKED else None
