"""The coverage ledger: who spoke of a village in a month, so that "no leads" is told from "no data"."""

from dataclasses import dataclass
from datetime import date

from domain.labelled import Labelled
from domain.places.region import RegionCode
from domain.words.vocabulary import Channel


class CoverageState(Labelled):
    """What the absence of leads in a village and month means."""

    SPOKE = "spoke", "有来源提到"
    QUIET = "quiet", "来源正常, 没有提到"
    GAPS = "gaps", "来源有缺口"
    NO_SOURCE = "no_source", "没有来源"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDays:
    """How one medium was crawled in a month."""

    source: str
    title: str
    due: int
    """Days of the month on which it was to be crawled."""
    done: int
    """Days on which a crawl was completed."""

    @property
    def complete(self) -> bool:
        """True when no day is missing."""
        return self.done >= self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How many texts of one source name a village in a month; accusations are not counted."""

    source: str
    channel: Channel
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageCoverage:
    """One village in one month."""

    village: RegionCode
    name: str
    spoken: tuple[Spoken, ...]
    leads: int
    state: CoverageState


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageLedger:
    """One month inside one region."""

    month: date
    """Its first day."""
    region: RegionCode
    media: tuple[SourceDays, ...]
    deliveries: int
    """Files that the petition office delivered in the month, for the whole deployment."""
    delivered: int
    """Records taken in from them."""
    villages: tuple[VillageCoverage, ...]
