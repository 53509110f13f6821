"""Household registers of any length: seconds and memory of importing one, the same again, one that changed; and kills.

`python -m benchmarks.importing.household_registers FOLDER [--persons 100000] [--kills 20] [--killed-persons 2000]`
prints a JSON line a step; 1 when a killed import left anything but the former version.
"""

import argparse
import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks.importing.kills import KEY, in_child
from benchmarks.importing.measure import figures_of
from benchmarks.importing.run import postgres
from domain.clock import SystemClock
from domain.register.household import HouseholdId
from domain.register.id_number import check_character
from pipeline.policy.tables import load_policy
from pipeline.registers.import_registry import Delivery, import_registry
from storage.schema import upgrade
from storage.store import open_store

HEADER = (
    *("村代码", "组", "户编号", "户类型", "监测对象类别", "致贫返贫风险", "识别监测时间", "户主姓名", "家庭人口"),
    *("姓名", "性别", "证件号码", "出生日期", "与户主关系", "健康状况", "劳动技能", "务工所在地", "务工时间(月)"),
    *("在校生状况", "联系电话", "家庭住址", "是否参加城乡居民基本医疗保险", "工资性收入", "人均纯收入"),
)
_RELATIONS = ("户主", "配偶", "长子", "次女", "母亲")
_SURNAMES = "甲乙丙丁戊己庚辛壬癸"
_OF_A_VILLAGE = 400
_FAMILY = (1, 2, 3, 4, 5)


def rows(persons: int, *, changed: float = 0.0, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """So many persons in households of one to five; a share of `changed` households say something else than before."""
    draw, other = random.Random(seed), random.Random(seed + 1)
    written = household = 0
    while written < persons:
        size = min(draw.choice(_FAMILY), persons - written)
        village = f"9901211{household // _OF_A_VILLAGE // 100:02d}2{household // _OF_A_VILLAGE % 100:02d}"
        group = f"{draw.randrange(1, 9)}组"
        if other.random() < changed:
            group = "九组"
        monitored = draw.random() < 0.05
        head = f"{draw.choice(_SURNAMES)}{chr(0x4E00 + draw.randrange(3000))}{chr(0x4E00 + draw.randrange(3000))}"
        for place in range(size):
            born = f"{draw.randrange(1940, 2020)}{draw.randrange(1, 13):02d}{draw.randrange(1, 29):02d}"
            first = f"999999{born}{draw.randrange(1000):03d}"
            working = draw.random() < 0.3
            yield (
                village,
                group,
                f"{village}{household:07d}",
                "脱贫户",
                "脱贫不稳定户" if monitored else "",
                "因病" if monitored else "",
                "202203" if monitored else "",
                head,
                str(size),
                head if place == 0 else f"{head[0]}{chr(0x4E00 + draw.randrange(3000))}{place}",
                "男" if int(first[-1]) % 2 else "女",
                first + check_character(first),
                f"{born[:4]}-{born[4:6]}-{born[6:]}",
                _RELATIONS[place],
                "健康",
                "普通劳动力",
                "太原市" if working else "",
                "8" if working else "",
                "",
                f"1380000{draw.randrange(10000):04d}",
                f"某镇某村{household}号",
                "是",
                "12000",
                "9000",
            )
        written += size
        household += 1


def write_register(path: Path, persons: int, *, changed: float = 0.0) -> Path:
    """A register as CSV in GB18030."""
    with path.open("w", encoding="gb18030", newline="") as output:
        writer = csv.writer(output)
        writer.writerow(HEADER)
        writer.writerows(rows(persons, changed=changed))
    return path


def import_once(url: str, path: Path) -> dict[str, int]:
    """What the import counted, by a store of this process; the checks are run as well."""
    store = open_store(url, KEY)
    try:
        policy = load_policy().household_register
        receipt = import_registry(store, path, SystemClock(), policy, Delivery(confirmed=True))
        findings = Counter(finding.rule for finding in receipt.findings)
    finally:
        store.close()
    return {
        "persons": receipt.persons,
        "added": receipt.added,
        "changed": receipt.changed,
        "unchanged": receipt.unchanged,
        "findings": findings.total(),
    }


def measured(url: str, path: Path) -> dict[str, object]:
    """The import in a process of its own: counts, seconds, CPU seconds and peak megabytes."""
    command = [sys.executable, "-m", "benchmarks.importing.household_registers", "one", url, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def _one(url: str, path: Path) -> dict[str, object]:
    counts, figures = figures_of(lambda: import_once(url, path))
    return {
        **counts,
        "seconds": round(figures["seconds"], 1),
        "cpu_seconds": round(figures["cpu_seconds"], 1),
        "megabytes": round(figures["megabytes"]),
    }


@dataclass(frozen=True, slots=True)
class _State:
    """What a register is recognised by from outside."""

    version: int
    receipts: int
    contents: frozenset[tuple[HouseholdId, str]]

    def is_next(self, former: "_State") -> bool:
        """True when one more import is in, with all that belongs to it."""
        told = self.version - former.version, self.receipts - former.receipts
        return told == (1, 1) and self.contents != former.contents


def kill_imports(url: str, folder: Path, *, kills: int, persons: int, seed: int = 1) -> dict[str, int]:
    """Kill imports of changed registers at random moments; the former version or the whole next one is there then."""
    upgrade(url, KEY)
    draw, counts = random.Random(seed), {"kills": 0, "former": 0, "next": 0, "wrong": 0}
    import_once(url, write_register(folder / "killed.csv", persons))
    former = _state(url)
    whole = 0.0
    while counts["kills"] < kills:
        path = write_register(folder / "killed.csv", persons, changed=draw.uniform(0.2, 0.9))
        started = time.perf_counter()
        child = in_child(lambda path=path: import_once(url, path))  # type: ignore[misc]
        if whole:
            time.sleep(draw.uniform(0, whole))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            whole = time.perf_counter() - started
        else:
            counts["kills"] += 1
        now = _state(url)
        if os.WIFSIGNALED(status):
            counts["former"] += now == former
            counts["next"] += now.is_next(former)
        counts["wrong"] += not (now.is_next(former) or (now == former and os.WIFSIGNALED(status)))
        former = now
    return {"persons": persons, **counts}


def _state(url: str) -> _State:
    store = open_store(url, KEY)
    with store.reading() as work:
        found = _State(
            version=work.registry.version(),
            receipts=len(work.receipts.recent(1000)),
            contents=frozenset(work.registry.fingerprints().items()),
        )
    store.close()
    return found


def _print_steps(folder: Path, persons: int) -> None:
    url = f"sqlite:///{folder / 'register.db'}"
    upgrade(url, KEY)
    register = write_register(folder / "register.csv", persons)
    for step, share in (("first", 0.0), ("again", 0.0), ("1 % changed", 0.01), ("all changed", 1.0)):
        write_register(register, persons, changed=share)
        print(json.dumps({"step": step, **measured(url, register)}), flush=True)


def main() -> int:
    """Print what was measured."""
    if sys.argv[1:2] == ["one"]:
        print(json.dumps(_one(sys.argv[2], Path(sys.argv[3]))))
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=20, help="for each of SQLite and PostgreSQL; 0 to leave them out")
    parser.add_argument("--killed-persons", type=int, default=2_000)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.persons:
        _print_steps(given.folder, given.persons)
    wrong = 0
    sqlite = nullcontext(f"sqlite:///{given.folder / 'killed.db'}")
    for name, opened in (("SQLite", sqlite), ("PostgreSQL", postgres())) if given.kills else ():
        with opened as url:
            killed = kill_imports(url, given.folder, kills=given.kills, persons=given.killed_persons)
        print(json.dumps({"database": name, **killed}), flush=True)
        wrong += killed["wrong"]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
