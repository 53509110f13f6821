"""Searches random worlds for secrets that come back where the matrix says no; writes results.md, checks the floors.

`python -m benchmarks.leaks.run [--cases 20000] [--seed 1] [--objects 10]`: worlds are made until so many cases were
tried. A case is one request of one account for one object on one route.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from storage.schema import upgrade
from storage.store import open_store
from tests.databases import KEY
from tests.review.leaks.office import searched
from tests.review.leaks.search import Found
from tests.review.leaks.secrets import allowed_somewhere

_HERE = Path(__file__).parent
_FLOORS = _HERE.parent / "floors.json"


def main() -> int:
    """Print and write what was found; 1 when anything leaked or too little was tried."""
    given = _arguments().parse_args()
    started, total, worlds = time.perf_counter(), Found(), 0
    while total.cases < given.cases:
        one = _one_world(given.seed + worlds, given.objects)
        total.cases += one.cases
        total.leaks += one.leaks
        total.met += one.met
        total.statuses += one.statuses
        worlds += 1
        print(f"world {worlds}: {total.cases} cases, {len(total.leaks)} leaks", file=sys.stderr)
    text = _report(total, worlds, time.perf_counter() - started)
    print(text)
    (_HERE / "results.md").write_text(text, encoding="utf-8")
    floors = json.loads(_FLOORS.read_text(encoding="utf-8"))["leaks"]
    unmet = sorted(f"{kind.value} by {role.value}" for kind, role in allowed_somewhere() if not total.met[kind, role])
    held = len(total.leaks) <= floors["leaks"] and total.cases >= floors["cases"] and not unmet
    print("all floors held" if held else f"floors missed; never met: {', '.join(unmet) or 'nothing'}")
    return 0 if held else 1


def _one_world(seed: int, objects: int) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/world.db"
        upgrade(url, KEY)
        store = open_store(url, KEY)
        try:
            return searched(store, Path(folder) / "held", seed, most_objects=objects or None)
        finally:
            store.close()


def _report(total: Found, worlds: int, seconds: float) -> str:
    by_kind: Counter[str] = Counter()
    for (kind, _), times in total.met.items():
        by_kind[kind.value] += times
    lines = [
        "# Leak search",
        "",
        f"{total.cases} cases (account x object x route) in {worlds} random worlds, {seconds:.0f} s: "
        f"**{len(total.leaks)} leaks**.",
        "",
        "| answer | cases |",
        "|---|---|",
        *(f"| {status} | {times} |" for status, times in sorted(total.statuses.items())),
        "",
        "What was met where it may be met (a search that meets nothing proves nothing):",
        "",
        "| secret | times |",
        "|---|---|",
        *(f"| {kind} | {times} |" for kind, times in sorted(by_kind.items())),
    ]
    found = Counter((one.account, one.method, one.address.split("?")[0], one.kind.value) for one in total.leaks)
    lines += ["", *(f"- {' '.join(one)}: {times}" for one, times in found.most_common(40))] if found else []
    return "\n".join(lines) + "\n"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--objects", type=int, default=10, help="of each route; 0 for all")
    return parser


if __name__ == "__main__":
    sys.exit(main())
