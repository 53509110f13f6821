"""Crawls the loopback sites twice beside `scrapy bench`; writes results.md beside this file, checks the floors.

`python -m benchmarks.crawl.run [--pages 2000] [--seed 1] [--remembered 200000]`: about two minutes.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.crawl import memory
from benchmarks.crawl.sites import loopback_sites
from storage.schema import upgrade

_HERE = Path(__file__).parent
_MOST_MEGABYTES = 250


def main() -> int:
    """Print and write the table; 1 when a floor is missed."""
    given = _arguments().parse_args()
    bench = [_scrapy_bench()]
    with tempfile.TemporaryDirectory() as folder, _server(given.pages, given.seed) as site:
        home = Path(folder)
        upgrade(f"sqlite:///{home / 'crawl.db'}", bytes(range(32)))
        sizes = {}
        for one in loopback_sites(given.pages, given.seed):
            (home / f"{one.name}.yml").write_text(one.declaration, encoding="utf-8")
            sizes[one.name] = len(one.pages)
        first, asked = _crawl(home, site), _asked(site)
        second = _crawl(home, site)
        again = {status: count - asked.get(status, 0) for status, count in _asked(site).items()}
    bench.append(_scrapy_bench())
    remembered = memory.measure(given.remembered)
    figures = _figures(sum(sizes.values()), sum(bench) / len(bench), first, second, again)
    text = _report(figures, sizes, bench, (first, second), again, remembered, given)
    print(text)
    (_HERE / "results.md").write_text(text, encoding="utf-8")
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["crawl"]
    missed = {name: floor for name, floor in floors.items() if figures[name] < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def _figures(
    pages: int, bench: float, first: dict[str, Any], second: dict[str, Any], again: dict[str, int]
) -> dict[str, float]:
    per_minute = pages / first["seconds"] * 60
    return {
        "pages_a_minute": per_minute,
        "share_of_scrapy_bench": per_minute / bench,
        "not_downloaded_again": 1 - again.get("200", 0) / pages,
        "megabytes_left": _MOST_MEGABYTES - max(first["peak_megabytes"], second["peak_megabytes"]),
    }


def _crawl(home: Path, site: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.crawl.crawl_all", str(home), site]
    content: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return content


def _asked(site: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{site}/__asked__") as answer:
        content: dict[str, int] = json.loads(answer.read())
    return content


def _scrapy_bench() -> float:
    """Pages a minute of Scrapy's own benchmark, over its ten seconds."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "scrapy", "bench"]
        said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stderr
    responses = re.search(r"'response_received_count': (\d+)", said)
    seconds = re.search(r"'elapsed_time_seconds': ([\d.]+)", said)
    if responses is None or seconds is None:
        raise ValueError(f"scrapy bench did not end as expected: {said[-500:]}")
    return int(responses[1]) / float(seconds[1]) * 60


@contextmanager
def _server(pages: int, seed: int) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.crawl.server", "--pages", str(pages), "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def _report(
    figures: dict[str, float],
    sizes: dict[str, int],
    bench: list[float],
    crawls: tuple[dict[str, Any], dict[str, Any]],
    again: dict[str, int],
    remembered: dict[str, dict[str, float]],
    given: argparse.Namespace,
) -> str:
    first, second = crawls
    written, few, many = remembered["written"], remembered["fingerprints"], remembered["dictionary"]
    load = os.getloadavg()[0]
    return f"""# Fetching, measured

`python -m benchmarks.crawl.run --pages {given.pages} --seed {given.seed} --remembered {given.remembered}`;
load of the machine at the end {load:.1f} on {os.cpu_count()} cores. Sites: {
        ", ".join(f"{name} {size}" for name, size in sizes.items())
    } pages.

| figure | value |
|---|---|
| `scrapy bench`, pages a minute, before and after | {bench[0]:.0f}, {bench[1]:.0f} |
| first crawl, pages a minute, starts of processes included | {figures["pages_a_minute"]:.0f} |
| share of `scrapy bench` | {figures["share_of_scrapy_bench"]:.2f} |
| first crawl: articles, seconds, seconds of processor | {first["fetched"]}, {first["seconds"]:.1f}, {
        first["cpu_seconds"]:.1f} |
| second crawl: articles fetched, pages downloaded, conditional requests | {second["fetched"]}, {again.get("200", 0)}, {
        again.get("304", 0)
    } |
| second crawl, seconds | {second["seconds"]:.1f} |
| peak memory of a crawl's process, MB: first, second | {first["peak_megabytes"]:.0f}, {second["peak_megabytes"]:.0f} |
| outcomes | {", ".join(sorted({*first["outcomes"].values(), *second["outcomes"].values()}))} |

Remembering {given.remembered} pages of one source:

| way | MB | seconds of processor to load | µs to look one up |
|---|---|---|---|
| file of fingerprints ({written["megabytes"]:.1f} MB, {written["seconds"]:.1f} s to write) | {few["megabytes"]:.1f} | {
        few["seconds"]:.2f} | {few["lookup_microseconds"]:.0f} |
| dictionary of all pages | {many["megabytes"]:.1f} | {many["seconds"]:.2f} | {many["lookup_microseconds"]:.0f} |
"""


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--remembered", type=int, default=200_000)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
