"""Registers that were handed in for an office: what each would change, and taking it in.

An office changes households of its own division alone, whatever its file names.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from domain.clock import Clock, china_date
from domain.deliveries.receipt import Origin, ReceiptId
from domain.deliveries.register_preview import FindingCount, RegisterPreview
from domain.failures.errors import FileError
from domain.places.region import RegionCode
from domain.register.register_finding import Finding
from importers.formats.limits import standard_limits
from importers.registers.registry import RegistryFile, read_registry
from pipeline.policy.tables import RegisterPolicy
from pipeline.register_checks.checking import Findings
from pipeline.registers.examination import Examined, examine
from pipeline.registers.import_registry import Delivery, import_registry
from pipeline.registers.workbook import write_register_workbook
from pipeline.run_lock import run_lock
from storage.joined.known_headers import KnownHeaders
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_SECONDS = 60.0
"""A person waits for the preview; the import itself has the time that every file has."""
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReception:
    """Takes registers in, one at a time, and never while texts are linked to households."""

    store: Store
    clock: Clock
    policy: RegisterPolicy
    home: Path

    def take_in(self, path: Path, origin: Origin, region: RegionCode, delivery: Delivery) -> ReceiptId:
        """The stored receipt of the region's register; FileError when it is not taken in.

        AlreadyRunning while the stages run, or another register is taken in: later it may be.
        """
        with run_lock(self.home):
            return import_registry(self.store, path, self.clock, self.policy, delivery, origin=origin, region=region).id

    def preview(self, path: Path, office: str, region: RegionCode, *, partial: bool) -> RegisterPreview:
        """What the register would change; nothing is written. FileError when it cannot be read."""
        delivered, today = self._read(path, office), china_date(self.clock.now())
        with self.store.reading() as work:
            examined = examine(work, delivered, region=region, partial=partial, today=today)
            return _preview(examined, self._refusal(work, examined), examined.findings(self.policy, today), today)

    def write_report(self, path: Path, office: str, region: RegionCode, *, partial: bool, target: Path) -> None:
        """Write what the register would change, and what the checks say of it, as a workbook."""
        delivered, today = self._read(path, office), china_date(self.clock.now())
        with self.store.reading() as work:
            examined = examine(work, delivered, region=region, partial=partial, today=today)
            names = {place.code: place.name for place in work.places.all()}
        write_register_workbook(
            target,
            findings=examined.findings(self.policy, today),
            households=examined.diff.households,
            persons=examined.diff.persons,
            refused=examined.delivered.problems,
            warnings=examined.delivered.warnings,
            village=lambda code: names.get(code, code.digits),
        )

    def _read(self, path: Path, office: str) -> RegistryFile:
        with self.store.reading() as work:
            places = work.places.all()
        limits = replace(standard_limits(), wall_seconds=_SECONDS, member_seconds=_SECONDS)
        today = china_date(self.clock.now())
        return read_registry(path, places=places, today=today, profiles=KnownHeaders(self.store, office), limits=limits)

    def _refusal(self, work: UnitOfWork, examined: Examined) -> str:
        try:
            examined.check(work, self.policy)
        except FileError as exc:
            return str(exc)
        return ""


def _preview(examined: Examined, refusal: str, findings: Findings, today: date) -> RegisterPreview:
    delivered = examined.delivered
    return RegisterPreview(
        households=len(delivered.entries),
        persons=sum(len(entry.persons) for entry in delivered.entries),
        unchanged=examined.taken.unchanged,
        kept=examined.taken.kept,
        removes_nothing=examined.removes_nothing,
        household_counts=examined.household_counts(),
        person_counts=examined.person_counts(today),
        changes=examined.diff.households[:_SHOWN],
        findings=_counted(findings),
        refused=len(delivered.problems),
        warned=len(delivered.warnings),
        problems=tuple(islice((*delivered.problems, *delivered.warnings), _SHOWN)),
        refusal=refusal,
    )


def _counted(findings: Findings) -> tuple[FindingCount, ...]:
    first: dict[str, Finding] = {}
    counts = Counter[str]()
    for finding in findings:
        first.setdefault(finding.rule, finding)
        counts[finding.rule] += 1
    return tuple(FindingCount(example=first[rule], count=count) for rule, count in counts.most_common())
