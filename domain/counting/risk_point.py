"""Risk points (风险点): many households of one village with one cause in one window of time."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.labelled import Labelled
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.texts.document import DocumentId


class AlertLevel(Labelled):
    """How loud a risk point is."""

    YELLOW = "yellow", "黄色"
    ORANGE = "orange", "橙色"
    RED = "red", "红色"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPoint:
    """A cluster of matters of one cause, with the households counted once each."""

    region: RegionCode
    risk: Risk
    level: AlertLevel
    window_start: date
    window_end: date
    household_count: int
    matter_count: int
    """Distinct matters; reprints and repeated petitions of one matter count once."""
    document_ids: tuple[DocumentId, ...]
    reason: str
    computed_at: datetime
