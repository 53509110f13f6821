"""Ledgers and reports of a deployment: what leaves the house as a file."""

from datetime import date
from pathlib import Path

from domain.clock import Clock, china_date
from domain.counting.report import Period, ReportKind
from domain.leads.petition_outcome import PetitionLimits
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from pipeline.handed_out.petition_outcomes import write_petition_outcomes
from pipeline.handed_out.town_ledger import write_town_ledger
from pipeline.policy.tables import Policy
from pipeline.reports.due import period_of, write_due_reports, write_report_file
from pipeline.settings.settings import Settings
from storage.deliveries.petition_outcomes import PetitionFilter, PetitionReader
from storage.store import Store


class CountyExports:
    """Writes what towns and the county hand on, by the county's policy."""

    def __init__(self, store: Store, clock: Clock, policy: Policy, settings: Settings) -> None:
        """Read from `store`; write where each call says."""
        self._store, self._clock, self._policy, self._settings = store, clock, policy, settings

    def report_period(self, kind: ReportKind) -> Period:
        """The last whole period of the kind."""
        return period_of(kind, china_date(self._clock.now()), self._policy.outgoing.reports.month_ends_on)

    def write_report(self, path: Path, kind: ReportKind, region: RegionCode) -> None:
        """Write the report of the last whole period of a division as docx."""
        write_report_file(path, self._store, region, self.report_period(kind), self._clock.now())

    def write_due_reports(self) -> list[Path]:
        """Write the county's reports of the last week and month that are not there yet; which were written."""
        ends_on = self._policy.outgoing.reports.month_ends_on
        folder, county = self._settings.home / "reports", self._settings.county_code
        return write_due_reports(folder, self._store, county, self._clock.now(), ends_on)

    def write_ledger(self, path: Path, region: RegionCode, first: date | None, last: date | None, role: Role) -> None:
        """Write the ledger of a division as xlsx, as the role may know it."""
        write_town_ledger(path, self._store, region, first=first, last=last, role=role)

    def write_petition_outcomes(
        self, path: Path, wanted: PetitionFilter, reader: PetitionReader, limits: PetitionLimits
    ) -> None:
        """Write what became of an office's petitions as xlsx, as the reader may know it."""
        write_petition_outcomes(path, self._store, wanted, reader, limits)
