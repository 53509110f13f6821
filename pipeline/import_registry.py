"""Takes the household register and the gazetteer in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from domain.clock import Clock, china_date
from domain.errors import FileError
from domain.household import Household, HouseholdId
from domain.receipt import Origin, ReceiptId, RowOutcome, RowProblem, Way
from domain.region import RegionCode
from domain.register_change import HouseholdChange, HouseholdChangeKind, PersonChange, PersonChangeKind, RegisterDiff
from domain.register_entry import HouseholdEntry, PersonFacts
from importers.gazetteer import GazetteerDelivery, read_gazetteer
from importers.registry import RegistryFile, read_registry
from pipeline.follow_register import Followed, follow_register
from pipeline.policy.tables import RegisterPolicy
from pipeline.register_checks.checking import Findings
from pipeline.register_diff import arrival, register_diff
from pipeline.register_receipt import keep_receipt
from storage.registry import fingerprint
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
    """Households that stay as they were because one of their rows was rejected."""
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
) -> RegistryReceipt:
    """Append a new version of the register with its report; open leads follow their households in the same transaction.

    A full delivery ends the households of the villages it covers that it does not name; other villages stay. A ledger
    of monitored households ends none, and where it names heads alone, their families stay as they are registered.
    Killed anywhere, it has changed nothing.

    Raises:
        FileError: when the file is no register, or when it would remove more of a village than the policy allows.
    """
    at = clock.now()
    today = china_date(at)
    with store.reading() as work:
        places = work.places.all()
    delivered = read_registry(path, places=places)
    removes_nothing = delivery.partial or delivered.unnumbered_rows > 0 or delivered.is_of_monitored
    with store.unit_of_work() as work:
        first = work.registry.version() == 0
        taken = _taken(work, delivered, removes_nothing=removes_nothing)
        diff = RegisterDiff.empty() if first else register_diff(taken.before, taken.after, year=today.year)
        if not delivery.confirmed:
            _check_removals(work, delivered.file, diff, taken.covered, policy)
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
        removes_nothing=removes_nothing,
        change_counts={**diff.counts(), HouseholdChangeKind.NEW: outcome.added} if first else diff.counts(),
        person_counts=_arrivals(taken.after.values(), today.year) if first else diff.person_counts(),
        changes=diff.households,
        person_changes=diff.persons,
        followed=followed,
        problems=delivered.problems,
        warnings=delivered.warnings,
        findings=Findings(taken.entries, policy.checks, today),
        id=receipt_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """What of a file is taken in, and what it is compared with."""

    entries: Sequence[HouseholdEntry]
    """Everything delivered, heads that came alone with their families."""
    current: Mapping[HouseholdId, str]
    """What the registered households are recognised by."""
    unchanged: int
    covered: Mapping[HouseholdId, RegionCode]
    """The current households of the villages that the file covers."""
    before: Mapping[HouseholdId, Household]
    after: Mapping[HouseholdId, Household]
    outcomes: Mapping[HouseholdId, RowOutcome]
    """What became of the rows of each delivered household; of those that are not here nothing changed."""
    kept: int


def _taken(work: UnitOfWork, delivered: RegistryFile, *, removes_nothing: bool) -> _Taken:
    current = work.registry.fingerprints()
    known_in_part = delivered.partly_read & current.keys()
    entries = _with_families(work, delivered.entries)
    whole = [one.household for one in entries if one.household.id not in known_in_part]
    after = {one.id: one for one in whole if current.get(one.id) != fingerprint(one)}
    covered = {} if removes_nothing else work.registry.in_villages(_villages(whole))
    named = {one.household.id for one in entries} | delivered.partly_read
    gone = [one for one in covered if one not in named]
    changed = [one for one in after if one in current]
    return _Taken(
        entries=entries,
        current=current,
        unchanged=len(whole) - len(after),
        covered=covered,
        before=work.registry.households([*changed, *gone]),
        after=after,
        outcomes={
            **{one: RowOutcome.CORRECTED if one in current else RowOutcome.ACCEPTED for one in after},
            **dict.fromkeys(known_in_part, RowOutcome.REJECTED),
        },
        kept=len(known_in_part),
    )


def _with_families(work: UnitOfWork, entries: Sequence[HouseholdEntry]) -> Sequence[HouseholdEntry]:
    """A head who came alone stands for the family that is registered under his number."""
    known = work.registry.households([one.household.id for one in entries if one.only_head])
    return [
        _with_family(entry, known[entry.household.id]) if entry.only_head and entry.household.id in known else entry
        for entry in entries
    ]


def _with_family(entry: HouseholdEntry, known: Household) -> HouseholdEntry:
    told = entry.household
    monitoring = told.monitoring or known.monitoring
    family = replace(known, monitoring=monitoring, household_type=told.household_type or known.household_type)
    facts = PersonFacts(place=entry.facts.place)
    return replace(entry, household=family, persons=(entry.persons[0], *(facts for _ in family.persons[1:])))


def _arrivals(households: Iterable[Household], year: int) -> dict[PersonChangeKind, int]:
    counted = Counter(arrival(person, year) for household in households for person in household.persons)
    return {kind: counted[kind] for kind in PersonChangeKind}


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
