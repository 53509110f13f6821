"""Files that the pages hand out: whoever joins the parts hands in something that writes them."""

from datetime import date
from pathlib import Path
from typing import Protocol

from domain.counting.report import Period, ReportKind
from domain.leads.petition_outcome import PetitionLimits
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from storage.deliveries.petition_outcomes import PetitionFilter, PetitionReader


class Exports(Protocol):
    """Writes ledgers and reports."""

    def report_period(self, kind: ReportKind) -> Period:
        """The last whole period of the kind."""
        ...

    def write_report(self, path: Path, kind: ReportKind, region: RegionCode) -> None:
        """Write the report of the last whole period of a division as docx."""
        ...

    def write_ledger(self, path: Path, region: RegionCode, first: date | None, last: date | None, role: Role) -> None:
        """Write the ledger of a division as xlsx, as the role may know it."""
        ...

    def write_petition_outcomes(
        self, path: Path, wanted: PetitionFilter, reader: PetitionReader, limits: PetitionLimits
    ) -> None:
        """Write what became of an office's petitions as xlsx, as the role may know it."""
        ...
