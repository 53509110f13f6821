"""Takes the household register and the gazetteer in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.clock import Clock, china_date
from domain.deliveries.receipt import Origin, ReceiptId, RowProblem, Way
from domain.places.region import RegionCode
from domain.register.register_change import (
    HouseholdChange,
    HouseholdChangeKind,
    PersonChange,
    PersonChangeKind,
    RegisterDiff,
)
from importers.places.gazetteer import GazetteerDelivery, read_gazetteer
from importers.progress import Far, Progress, unseen, unseen_far
from importers.registers.registry import read_registry
from pipeline.leads.follow_register import Followed, follow_register
from pipeline.policy.tables import RegisterPolicy
from pipeline.register_checks.checking import Findings
from pipeline.registers.examination import examine
from pipeline.registers.receipt import keep_receipt
from storage.joined.known_headers import KnownHeaders
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_COMMAND = Origin(way=Way.COMMAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a file is to be taken."""

    partial: bool = False
    """True when households that the file does not name stay as they are."""
    confirmed: bool = False
    """True when a person has said that many households are to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryReceipt:
    """What became of a delivered household register."""

    file: str
    version: int
    households: int
    persons: int
    added: int
    changed: int
    unchanged: int
    gone: int
    kept: int
    """Households that stay as they were because one of their rows was rejected, or they are in doubt."""
    removes_nothing: bool
    """True for a partial delivery, for a ledger of monitored households alone, and for one with rows of which nobody
    knows whose they are."""
    change_counts: Mapping[HouseholdChangeKind, int]
    person_counts: Mapping[PersonChangeKind, int]
    changes: tuple[HouseholdChange, ...]
    """Empty for the first delivery, in which everything is new."""
    person_changes: tuple[PersonChange, ...]
    followed: Followed
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    findings: Findings
    """What the checks say of the delivered households; nothing was kept out because of it."""
    id: ReceiptId
    """Of the receipt that is kept row by row."""


def import_registry(
    store: Store,
    path: Path,
    clock: Clock,
    policy: RegisterPolicy,
    delivery: Delivery = Delivery(),
    *,
    origin: Origin = _COMMAND,
    region: RegionCode | None = None,
    progress: Progress = unseen,
    far: Far = unseen_far,
) -> RegistryReceipt:
    """Append a new version of the register with its report; open leads follow their households in the same transaction.

    A full delivery ends the households of the villages it covers that it does not name; other villages stay. A ledger
    of monitored households ends none, and where it names heads alone, their families stay as they are registered.
    With a `region`, the rows of households outside it are refused: a sender changes nothing but his own division.
    Killed anywhere, it has changed nothing. `progress` is told how many further rows were read, `far` how
    much of the file.

    Raises:
        FileError: when the file is no register, when it would remove more of a village than the policy allows,
            or when it is an older file again.
    """
    at = clock.now()
    today = china_date(at)
    with store.reading() as work:
        places = work.places.all()
    read = read_registry(
        path, places=places, today=today, profiles=KnownHeaders(store, origin.office), progress=progress, far=far
    )
    with store.unit_of_work() as work:
        examined = examine(work, read, region=region, partial=delivery.partial, today=today)
        delivered, taken, diff, first = examined.delivered, examined.taken, examined.diff, examined.first
        if not delivery.confirmed:
            examined.check(work, policy)
        outcome = work.registry.import_households(
            taken.after.values(),
            file=delivered.file,
            file_sha256=delivered.sha256,
            at=at,
            gone=diff.gone,
            known=taken.current,
            unchanged=taken.unchanged,
        )
        followed = _remember(work, diff, outcome.version, at) if not first else Followed()
        receipt_id = keep_receipt(work, delivered, taken.outcomes, origin=origin, at=at)
        work.commit()
    return RegistryReceipt(
        file=delivered.file,
        version=outcome.version,
        households=len(delivered.entries),
        persons=sum(len(entry.persons) for entry in delivered.entries),
        added=outcome.added,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        gone=outcome.gone,
        kept=taken.kept,
        removes_nothing=examined.removes_nothing,
        change_counts=examined.household_counts(),
        person_counts=examined.person_counts(today),
        changes=diff.households,
        person_changes=diff.persons,
        followed=followed,
        problems=delivered.problems,
        warnings=delivered.warnings,
        findings=examined.findings(policy, today),
        id=receipt_id,
    )


def _remember(work: UnitOfWork, diff: RegisterDiff, version: int, at: datetime) -> Followed:
    work.register_history.add(version, diff)
    return follow_register(work, diff, version, at)


def import_gazetteer(store: Store, paths: Sequence[Path], county: RegionCode) -> GazetteerDelivery:
    """Put the places of all files together into the gazetteer; a history of names without codes is of `county`."""
    delivered = read_gazetteer(paths, county)
    with store.unit_of_work() as work:
        work.places.put(delivered.places)
        work.commit()
    return delivered
