"""Takes the household register and the gazetteer in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.clock import Clock
from domain.receipt import RowProblem
from domain.region import RegionCode
from importers.gazetteer import GazetteerDelivery, read_gazetteer
from importers.registry import read_registry
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryReceipt:
    """What became of a delivered household register."""

    file: str
    households: int
    persons: int
    added: int
    changed: int
    unchanged: int
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]


def import_registry(store: Store, path: Path, clock: Clock) -> RegistryReceipt:
    """Append a new version of the register; households that did not change keep their old row."""
    at = clock.now()
    with store.reading() as work:
        places = work.places.all()
    delivered = read_registry(path, imported_at=at, places=places)
    with store.unit_of_work() as work:
        outcome = work.registry.import_households(
            delivered.households, file=delivered.file, file_sha256=delivered.sha256, at=at
        )
        work.commit()
    return RegistryReceipt(
        file=delivered.file,
        households=len(delivered.households),
        persons=sum(len(household.persons) for household in delivered.households),
        added=outcome.added,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        problems=delivered.problems,
        warnings=delivered.warnings,
    )


def import_gazetteer(store: Store, paths: Sequence[Path], county: RegionCode) -> GazetteerDelivery:
    """Put the places of all files together into the gazetteer; a history of names without codes is of `county`."""
    delivered = read_gazetteer(paths, county)
    with store.unit_of_work() as work:
        work.places.put(delivered.places)
        work.commit()
    return delivered
