"""Takes the household register and the gazetteer in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.clock import Clock, china_date
from domain.errors import FileError
from domain.household import Household, HouseholdId
from domain.receipt import RowProblem
from domain.region import RegionCode
from domain.register_change import HouseholdChange, HouseholdChangeKind, PersonChange, PersonChangeKind, RegisterDiff
from importers.gazetteer import GazetteerDelivery, read_gazetteer
from importers.registry import RegistryFile, read_registry
from pipeline.follow_register import Followed, follow_register
from pipeline.policy.tables import RegisterPolicy
from pipeline.register_diff import register_diff
from storage.registry import fingerprint
from storage.store import Store
from storage.unit_of_work import UnitOfWork


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
    """Households that stay as they were because one of their rows was rejected."""
    removes_nothing: bool
    """True for a partial delivery, and for one with rows of which nobody knows whose they are."""
    change_counts: Mapping[HouseholdChangeKind, int]
    person_counts: Mapping[PersonChangeKind, int]
    changes: tuple[HouseholdChange, ...]
    """Empty for the first delivery, in which everything is new."""
    person_changes: tuple[PersonChange, ...]
    followed: Followed
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]


def import_registry(
    store: Store, path: Path, clock: Clock, policy: RegisterPolicy, delivery: Delivery = Delivery()
) -> RegistryReceipt:
    """Append a new version of the register with its report; open leads follow their households in the same transaction.

    A full delivery ends the households of the villages it covers that it does not name; other villages stay.

    Raises:
        FileError: when the file is no register, or when it would remove more of a village than the policy allows.
    """
    at = clock.now()
    with store.reading() as work:
        places = work.places.all()
    delivered = read_registry(path, imported_at=at, places=places)
    removes_nothing = delivery.partial or delivered.unnumbered_rows > 0
    with store.unit_of_work() as work:
        first = work.registry.version() == 0
        taken = _taken(work, delivered, removes_nothing=removes_nothing)
        diff = register_diff(taken.before, taken.after, year=china_date(at).year)
        if not delivery.confirmed:
            _check_removals(work, delivered.file, diff, taken.covered, policy)
        outcome = work.registry.import_households(
            taken.households, file=delivered.file, file_sha256=delivered.sha256, at=at, gone=diff.gone
        )
        followed = _remember(work, diff, outcome.version, at) if not first else Followed()
        work.commit()
    return RegistryReceipt(
        file=delivered.file,
        version=outcome.version,
        households=len(delivered.households),
        persons=sum(len(household.persons) for household in delivered.households),
        added=outcome.added,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        gone=outcome.gone,
        kept=taken.kept,
        removes_nothing=removes_nothing,
        change_counts=diff.counts(),
        person_counts=diff.person_counts(),
        changes=() if first else diff.households,
        person_changes=() if first else diff.persons,
        followed=followed,
        problems=delivered.problems,
        warnings=delivered.warnings,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """What of a file is taken in, and what it is compared with."""

    households: tuple[Household, ...]
    covered: Mapping[HouseholdId, RegionCode]
    """The current households of the villages that the file covers."""
    before: Mapping[HouseholdId, Household]
    after: Mapping[HouseholdId, Household]
    kept: int


def _taken(work: UnitOfWork, delivered: RegistryFile, *, removes_nothing: bool) -> _Taken:
    current = work.registry.fingerprints()
    known_in_part = delivered.partly_read & current.keys()
    households = tuple(one for one in delivered.households if one.id not in known_in_part)
    after = {one.id: one for one in households if current.get(one.id) != fingerprint(one)}
    covered = work.registry.in_villages(_villages(delivered.households))
    named = {one.id for one in delivered.households} | delivered.partly_read
    gone = [] if removes_nothing else [one for one in covered if one not in named]
    changed = [one for one in after if one in current]
    return _Taken(
        households=households,
        covered=covered,
        before=work.registry.households([*changed, *gone]),
        after=after,
        kept=len(known_in_part),
    )


def _villages(households: Iterable[Household]) -> list[RegionCode]:
    return sorted({household.village for household in households})


def _check_removals(
    work: UnitOfWork, file: str, diff: RegisterDiff, covered: Mapping[HouseholdId, RegionCode], policy: RegisterPolicy
) -> None:
    """FileError when more than the allowed share of a village's households would leave with all their people."""
    present = Counter(covered.values())
    removed = Counter(
        covered[change.household_id] for change in diff.households if change.kind is HouseholdChangeKind.GONE
    )
    too_many = [one for one in sorted(removed) if removed[one] > present[one] * policy.largest_share_removed]
    if too_many:
        told = "; ".join(
            f"{work.places.name_of(one)}现有{present[one]}户, 将移出{removed[one]}户" for one in too_many[:10]
        )
        more = f"等{len(too_many)}个村" if len(too_many) > 10 else ""
        raise FileError(
            f"{file}: 按全量台账导入, 以下村移出的户超过{policy.largest_share_removed:.0%}: {told}{more}。"
            "没有导入任何内容。请核对文件是否完整; 只交部分户时加 --partial; 核对无误、确要移出时加 --yes",
            reason="too_many_removed",
        )


def _remember(work: UnitOfWork, diff: RegisterDiff, version: int, at: datetime) -> Followed:
    work.register_history.add(version, diff)
    gone = [change.household_id for change in diff.households if change.kind is HouseholdChangeKind.GONE]
    return follow_register(work, diff.successions, gone, version, at)


def import_gazetteer(store: Store, paths: Sequence[Path], county: RegionCode) -> GazetteerDelivery:
    """Put the places of all files together into the gazetteer; a history of names without codes is of `county`."""
    delivered = read_gazetteer(paths, county)
    with store.unit_of_work() as work:
        work.places.put(delivered.places)
        work.commit()
    return delivered
