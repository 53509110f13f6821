"""Kills imports at random moments, delivers the same file again, and counts every row of the end state.

`python -m benchmarks.importing.kills URL [--kills 50] [--rows 4000] [--seed 1]`; 1 when a row is lost or doubled.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.importing.registers import write_csv, write_xlsx
from domain.clock import SystemClock
from domain.deliveries.receipt import Origin, Receipt, ReceiptState, RowOutcome, Way
from domain.places.region import RegionCode
from domain.texts.document import DocumentId
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.receipt_record import receipt_rows
from storage.schema import upgrade
from storage.store import open_store

KEY = bytes(range(32))
_COUNTY = RegionCode("141124")
_CLERK = Origin(way=Way.COMMAND, who="clerk")
_MOST_TRIES = 100


@dataclass(slots=True)
class KillReport:
    """What the kills met and what was left."""

    kills: int = 0
    before_anything: int = 0
    """Kills that came before the first batch was kept."""
    in_the_middle: int = 0
    behind_the_end: int = 0
    """Kills that came after the receipt was finished."""
    files: int = 0
    rows: int = 0
    wrong: list[str] = field(default_factory=list)
    """What does not hold, for each file; empty when every row is in exactly once."""


def import_once(url: str, path: Path) -> Receipt:
    """The receipt of the file, by a store of this process."""
    store = open_store(url, KEY)
    try:
        return import_petitions(store, path, county=_COUNTY, clock=SystemClock(), origin=_CLERK)
    finally:
        store.close()


def in_child(task: Callable[[], object]) -> int:
    """The number of a forked process that does this and nothing else; it exits 0 when it came to its end."""
    number = os.fork()
    if number == 0:
        code = 1
        try:
            task()
            code = 0
        finally:
            os._exit(code)
    return number


def kill_imports(url: str, folder: Path, *, kills: int, rows: int, seed: int) -> KillReport:
    """Import files of so many rows, killing each at random moments, until so many kills were done."""
    draw, report = random.Random(seed), KillReport()
    started = time.perf_counter()
    import_once(url, write_csv(folder / "warm.csv", rows, seed=99))
    whole = time.perf_counter() - started
    while report.kills < kills:
        report.files += 1
        write, suffix = draw.choice([(write_csv, "csv"), (write_xlsx, "xlsx")])
        path = write(folder / f"{report.files}.{suffix}", rows, seed=report.files)
        for _ in range(_MOST_TRIES):
            if _killed(url, path, draw.uniform(0, whole * 1.1), report, kills):
                continue
            break
        import_once(url, path)
        report.rows += rows
        report.wrong += _wrong(url, path.name, rows)
    return report


def _killed(url: str, path: Path, seconds: float, report: KillReport, most: int) -> bool:
    """False when the import came to its end before its moment, or when enough was killed."""
    if report.kills >= most:
        return False
    child = in_child(lambda: import_once(url, path))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        return False
    report.kills += 1
    states = [receipt for receipt in _receipts(url) if receipt.file == path.name]
    if any(receipt.state is ReceiptState.FINISHED for receipt in states):
        report.behind_the_end += 1
        return False
    if states:
        report.in_the_middle += 1
    else:
        report.before_anything += 1
    return True


def _receipts(url: str) -> list[Receipt]:
    store = open_store(url, KEY)
    with store.reading() as work:
        found = work.receipts.recent(10_000)
    store.close()
    return found


def _wrong(url: str, file: str, rows: int) -> list[str]:
    """Everything that does not hold about the rows of a file whose numbers are its own."""
    store = open_store(url, KEY)
    wrong: list[str] = []
    accepted: Counter[str] = Counter()
    for receipt in [one for one in _receipts(url) if one.file == file]:
        lines = list(receipt_rows(store, receipt.id))
        if receipt.state is not ReceiptState.FINISHED:
            wrong.append(f"{file}: receipt {receipt.id} is {receipt.state.value}")
        if [line.position for line in lines] != list(range(len(lines))) or len(lines) != rows:
            wrong.append(f"{file}: receipt {receipt.id} has {len(lines)} rows")
        if len({line.row for line in lines}) != rows:
            wrong.append(f"{file}: receipt {receipt.id} names a row twice")
        taken = [line for line in lines if line.outcome is RowOutcome.ACCEPTED]
        accepted.update(str(line.document_id) for line in taken)
        if len(taken) not in {0, rows}:
            wrong.append(f"{file}: rows of the killed run count as foreign: {len(taken)} of {rows} accepted")
    if len(accepted) != rows or set(accepted.values()) != {1}:
        wrong.append(
            f"{file}: {len(accepted)} of {rows} rows accepted, at most {max(accepted.values(), default=0)} times"
        )
    with store.reading() as work:
        found = len(work.raw.found([DocumentId(one) for one in accepted]))
        if work.raw.count() % rows:
            wrong.append(f"after {file} there are {work.raw.count()} documents")
    if found != len(accepted):
        wrong.append(f"{file}: {len(accepted) - found} accepted rows have no document")
    store.close()
    return wrong


def main() -> int:
    """Print the report as one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    upgrade(given.url, KEY)
    with tempfile.TemporaryDirectory() as folder:
        report = kill_imports(given.url, Path(folder), kills=given.kills, rows=given.rows, seed=given.seed)
    print(json.dumps({name: getattr(report, name) for name in KillReport.__slots__}, ensure_ascii=False))
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
