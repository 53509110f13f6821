"""The county's board counted for the first time; prints and checks the floors.

`python -m benchmarks.review.board [--leads 200000] [--databases sqlite postgres]`: one uvicorn process that has
counted no board yet; what is measured is the page as the browser gets it.
"""

import argparse
import json
import secrets
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.review.cadres import processor_seconds, sign_in
from benchmarks.review.run import database, fill, served

_FLOORS = Path(__file__).parent.parent / "floors.json"
_BAR_LEADS = 200_000
_TIMES = 5


@dataclass(frozen=True)
class BoardCost:
    """Seconds of one opened board, median of several servers that had counted nothing yet."""

    wall: float
    processor: float
    """Of the web process, which on SQLite does the counting too."""


def main() -> int:
    """Print a row for each database; 1 when a floor is missed."""
    given = _arguments().parse_args()
    floors = json.loads(_FLOORS.read_text(encoding="utf-8"))["review"]
    missed = False
    for kind in given.databases:
        with database(kind) as url:
            key, password = secrets.token_bytes(32), secrets.token_urlsafe(12)
            county = fill(url, key, password, given.leads, 10)[0]
            cost = measure(url, key, county, password)
        print(f"{kind}: {given.leads:,} leads, {cost.wall * 1000:.0f} ms, processor {cost.processor * 1000:.0f} ms")
        late = cost.wall * 1000 > floors["board_first_ms"] or cost.processor * 1000 > floors["board_processor_ms"]
        missed |= late and given.leads >= _BAR_LEADS
    print("a floor is missed" if missed else "all floors held")
    return 1 if missed else 0


def measure(url: str, key: bytes, name: str, password: str) -> BoardCost:
    """The board of this account, each time in a server that has shown other pages and counted no board."""
    walls, processors = [], []
    for _ in range(_TIMES):
        with served(url, key) as (address, process):
            client = sign_in(address, name, password)
            client.get("/")
            before, began = processor_seconds(process), time.perf_counter()
            answer = client.get("/board")
            walls.append(time.perf_counter() - began)
            processors.append(processor_seconds(process) - before)
            if answer.status_code != 200:
                raise RuntimeError(f"no board: {answer.status_code}")
    return BoardCost(wall=statistics.median(walls), processor=statistics.median(processors))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=_BAR_LEADS)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgres"), default=["sqlite", "postgres"])
    return parser


if __name__ == "__main__":
    sys.exit(main())
