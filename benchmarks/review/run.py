"""Feed and lead page under load; writes a page for each database beside this file and checks the floors.

`python -m benchmarks.review.run [--leads 200000] [--databases sqlite postgres] [--thinking 8] [--rounds 9]`: 10 cadres
at once on SQLite, 50 on PostgreSQL, against one uvicorn process with one worker. Then every cadre alone, one page after
the other without thinking, which tells what one page costs.
"""

import argparse
import json
import os
import random
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.review.cadres import Timings, processor_costs, sign_in, weigh_first_page, work_day
from benchmarks.review.county import FirstFormStore, add_accounts, make_prototypes, multiply
from benchmarks.review.report import Measured, missed_floors, report
from domain.clock import SystemClock
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from importers.places.gazetteer import read_gazetteer
from review.sign_in.passwords import hash_password
from storage.schema import upgrade

_HERE = Path(__file__).parent
_LISTS = [_HERE.parent.parent / "examples" / "kehu" / name for name in ("gazetteer.csv", "groups.csv")]
_COUNTY = RegionCode("141124")
_PROTOTYPES = 1000
_CADRES = {"sqlite": 10, "postgres": 50}
_ALONE = 30


def main() -> int:
    """Print and write the table; 1 when a floor is missed."""
    given = _arguments().parse_args()
    measured = []
    for kind in given.databases:
        with database(kind) as url:
            measured.append(_measure(kind, url, given))
    text = report(measured, leads=given.leads, thinking=given.thinking)
    print(text)
    if given.leads < 200_000:
        print("fewer leads than the bar asks for: nothing is written")
        return 0
    for one in measured:
        page = report([one], leads=given.leads, thinking=given.thinking)
        (_HERE / f"results_{one.kind}.md").write_text(page, encoding="utf-8")
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["review"]
    missed = missed_floors(measured, floors)
    print("floors missed:" if missed else "all floors held", *missed, sep="\n")
    return 1 if missed else 0


def _measure(kind: str, url: str, given: argparse.Namespace) -> Measured:
    key, password = secrets.token_bytes(32), secrets.token_urlsafe(12)
    began = time.perf_counter()
    accounts = fill(url, key, password, given.leads, _CADRES[kind])
    print(f"{kind}: {given.leads} leads made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    with served(url, key) as (address, process):
        clients = [sign_in(address, name, password) for name in accounts]
        timings, alone, load = Timings(), Timings(), os.getloadavg()[0]
        for client in clients:
            timings.first_page_bytes = max(timings.first_page_bytes, weigh_first_page(client))
        work_day(clients[:1], rounds=_ALONE, thinking=0, timings=alone)
        costs = processor_costs(process, clients[0])
        work_day(clients, rounds=given.rounds, thinking=given.thinking, timings=timings)
    return Measured(kind=kind, cadres=len(clients), together=timings, alone=alone, costs=costs, load=load)


def fill(url: str, key: bytes, password: str, leads: int, cadres: int) -> list[str]:
    """The user names of a county with so many leads, put into an empty database; the first sees all of it."""
    rng, now = random.Random(7), SystemClock().now()
    upgrade(url, key)
    store = FirstFormStore(url, key)
    with store.unit_of_work() as work:
        work.places.put(read_gazetteer(_LISTS, _COUNTY).places)
        work.commit()
        villages = [place.code for place in work.places.villages(_COUNTY)]
    accounts = _accounts(villages, cadres)
    add_accounts(store, accounts, hash_password(password), now)
    make_prototypes(store, villages, min(_PROTOTYPES, leads), now, rng)
    store.close()
    if leads > _PROTOTYPES:
        multiply(url, leads // _PROTOTYPES - 1)
    return [name for name, _, _ in accounts]


def _accounts(villages: Sequence[RegionCode], count: int) -> list[tuple[str, Role, RegionCode]]:
    """The county first, then towns and a clerk, and villages: as they would be on one morning."""
    towns = sorted({RegionCode(village.digits[:9]) for village in villages})
    fixed = [("county", Role.LEADER, _COUNTY), ("clerk", Role.CLERK, towns[0])]
    fixed += [(f"town{number}", Role.TOWN, towns[number % len(towns)]) for number in range(count * 3 // 10)]
    rest = count - len(fixed)
    return fixed + [(f"village{number}", Role.VILLAGE, villages[number * 7]) for number in range(rest)]


@contextmanager
def served(url: str, key: bytes) -> Iterator[tuple[str, psutil.Process]]:
    """Address and process of the web application over the database."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.review.server", url, key.hex(), str(port)]
    process = subprocess.Popen(command)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}", psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server does not answer")


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The URL of an empty database, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="qianshao-review-", ignore_cleanup_errors=True) as folder:
        if kind == "sqlite":
            yield f"sqlite:///{folder}/bench.db"
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pgserver
        server = pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=200_000)
    parser.add_argument("--databases", nargs="+", choices=sorted(_CADRES), default=sorted(_CADRES, reverse=True))
    parser.add_argument("--thinking", type=float, default=8.0, help="seconds between two pages of one cadre")
    parser.add_argument("--rounds", type=int, default=9)
    return parser


if __name__ == "__main__":
    sys.exit(main())
