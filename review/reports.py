"""What the pages ask of the floor beside them: whoever joins the parts hands in something that answers."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from domain.media.coverage import CoverageLedger
from domain.media.source_health import SourceHealth
from domain.places.region import RegionCode
from domain.words.vocabulary import Channel


class Reports(Protocol):
    """Health of media and the coverage ledger."""

    def source_healths(self) -> list[SourceHealth]:
        """The health of every declared medium, what needs a person first."""
        ...

    def coverage(self, region: RegionCode, month: date, channels: Iterable[Channel]) -> CoverageLedger:
        """Which sources spoke of the region's villages in a month, through these channels."""
        ...
