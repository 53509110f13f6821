"""What a delivered register would change: the same for the preview, which writes nothing, and for the import."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from domain.places.region import RegionCode
from domain.register.register_change import HouseholdChangeKind, PersonChangeKind, RegisterDiff
from importers.registers.households import NO_HEAD
from importers.registers.registry import RegistryFile
from pipeline.policy.tables import RegisterPolicy
from pipeline.register_checks.checking import Findings
from pipeline.registers.diff import arrival, register_diff
from pipeline.registers.removals import check_not_older, check_removals
from pipeline.registers.scope import within_region
from pipeline.registers.taking import Taken, take
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A register beside the one that is in force."""

    delivered: RegistryFile
    taken: Taken
    diff: RegisterDiff
    """Empty where nothing was registered before."""
    first: bool
    removes_nothing: bool

    def check(self, work: UnitOfWork, policy: RegisterPolicy) -> None:
        """FileError where a person has to say first that so much is to go, or that an older file is to come back."""
        check_removals(work, self.delivered.file, self.diff, self.taken, policy)
        check_not_older(work, self.delivered.file, self.delivered.sha256, self.diff)

    def household_counts(self) -> dict[HouseholdChangeKind, int]:
        """How many households change in each way."""
        if not self.first:
            return self.diff.counts()
        new = len(self.taken.after.keys() - self.taken.current.keys())
        return {**self.diff.counts(), HouseholdChangeKind.NEW: new}

    def person_counts(self, today: date) -> dict[PersonChangeKind, int]:
        """How many persons change in each way."""
        if not self.first:
            return self.diff.person_counts()
        arrived = (arrival(one, today.year) for household in self.taken.after.values() for one in household.persons)
        counted = Counter(arrived)
        return {kind: counted[kind] for kind in PersonChangeKind}

    def findings(self, policy: RegisterPolicy, today: date) -> Findings:
        """What the checks say of the delivered households."""
        return Findings(self.taken.entries, policy.checks, today)


def examine(
    work: UnitOfWork, delivered: RegistryFile, *, region: RegionCode | None, partial: bool, today: date
) -> Examined:
    """Compare the register with the one in force; with a `region`, what is not the region's is refused."""
    if region is not None:
        delivered = within_region(work, delivered, region)
    removes_nothing = partial or delivered.unnumbered_rows > 0 or delivered.is_of_monitored
    first = work.registry.version() == 0
    taken = take(work, delivered, removes_nothing=removes_nothing, partial=partial)
    told = delivered.warnings
    if partial:
        # A list of some persons need name no head of a registered family.
        told = tuple(one for one in told if one.reason != NO_HEAD or one.value not in taken.current)
    delivered = replace(delivered, warnings=(*told, *taken.warnings))
    former = work.registry.last_known([one for one in taken.after if one not in taken.current])
    diff = RegisterDiff.empty() if first else register_diff(taken.before, taken.after, former, year=today.year)
    return Examined(delivered=delivered, taken=taken, diff=diff, first=first, removes_nothing=removes_nothing)
