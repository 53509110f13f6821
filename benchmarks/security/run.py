"""Measures the change of keys over many persons and the check of a long audit log.

`python -m benchmarks.security.run --persons 100000 --entries 1000000` prints one JSON line for each; the database is
SQLite in a temporary folder, or the empty one that `--database` names.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from crawlers.spooling.run_files import CrawlFolders
from domain.accounts.account import AuditEntry
from domain.auditing.audit import FIRST_HASH, link_hash
from domain.clock import SystemClock
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId, Person, Relation, Sex
from pipeline.upkeep.key_rotation import KeyRotation
from storage.encryption.key_file import create_keyring, load_keyring
from storage.encryption.keyring import Keyring
from storage.encryption.suites import ALGORITHMS
from storage.engine import make_engine
from storage.schema import upgrade
from storage.store import open_store
from storage.tables.operation import AuditRow

_VILLAGE = RegionCode("141124104202")
_AT_ONCE = 10_000


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--first", choices=sorted(ALGORITHMS), default="aes-256-gcm")
    parser.add_argument("--then", choices=sorted(ALGORITHMS), default="aes-256-gcm")
    parser.add_argument("--database", help="URL of an empty database; SQLite when left out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qianshao-bench-") as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        path = Path(folder) / "field.key"
        create_keyring(path, Keyring.new(ALGORITHMS[given.first]))
        upgrade(url, load_keyring(path))
        if given.persons:
            print(json.dumps(_change_keys(url, path, given.persons, given.then)))
        if given.entries:
            print(json.dumps(_check_audit(url, path, given.entries)))


def _change_keys(url: str, path: Path, persons: int, then: str) -> dict[str, object]:
    store = open_store(url, load_keyring(path))
    now = SystemClock().now()
    started = time.perf_counter()
    with store.unit_of_work() as work:
        work.registry.import_households(_households(persons), file="bench", file_sha256="0", at=now)
        work.commit()
    filled = time.perf_counter() - started
    store.close()
    began = time.process_time()
    report = KeyRotation(path, url, SystemClock(), CrawlFolders(path.parent / "spool")).rotate(
        ALGORITHMS[then], lambda *_: None, lambda *_: None
    )
    return {
        "measured": "change of keys",
        "to": then,
        "persons": persons,
        "sealed": report.sealed,
        "indexed": report.indexed,
        "seconds": round(report.seconds, 2),
        "processor_seconds": round(time.process_time() - began, 2),
        "seconds_to_fill": round(filled, 2),
    }


def _households(persons: int) -> Iterator[Household]:
    for number in range(persons // 2):
        members = tuple(
            Person(
                name=f"甲{number}",
                relation=Relation.HEAD if at == 0 else Relation.OTHER,
                sex=Sex.MALE,
                birth_year=1960,
                id_number=f"14112419600101{number:06d}{at}",
                phone=f"138{number:07d}{at}",
                health="慢性病",
            )
            for at in range(2)
        )
        yield Household(
            id=HouseholdId(f"1411241042{number:06d}"), village=_VILLAGE, group="一组", persons=members, address="坡上"
        )


def _check_audit(url: str, path: Path, entries: int) -> dict[str, object]:
    engine, now = make_engine(url), SystemClock().now()
    store = open_store(url, load_keyring(path))
    with store.reading() as work:
        head = work.audit.head()
    sequence, previous = (head.sequence, head.hash) if head else (0, FIRST_HASH)
    while sequence < entries:
        rows = []
        for _ in range(min(_AT_ONCE, entries - sequence)):
            sequence += 1
            entry = AuditEntry(
                at=now + timedelta(seconds=sequence), actor="wang", action="view_lead", subject=f"{sequence:032x}"
            )
            digest = link_hash(sequence, previous, entry)
            rows.append(
                {
                    "sequence": sequence,
                    "at": entry.at,
                    "actor": entry.actor,
                    "action": entry.action,
                    "subject": entry.subject,
                    "detail": "",
                    "previous_hash": previous,
                    "hash": digest,
                }
            )
            previous = digest
        with engine.begin() as connection:
            connection.execute(AuditRow.__table__.insert(), rows)  # type: ignore[attr-defined]
    started, began = time.perf_counter(), time.process_time()
    with store.reading() as work:
        verdict = work.audit.check()
    seconds, processor = time.perf_counter() - started, time.process_time() - began
    store.close()
    engine.dispose()
    return {
        "measured": "check of the audit log",
        "entries": verdict.entries,
        "whole": verdict.whole,
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
    }


if __name__ == "__main__":
    main()
