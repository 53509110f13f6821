"""Imports registers as xlsx and csv beside pandas in the same run; writes results.md, checks the floors.

`python -m benchmarks.importing.run [--rows 1000000] [--only "xlsx qianshao" …] [--kills 50]`; `--kills` is for each of
SQLite and PostgreSQL. Figures of other numbers of rows and of what was left out stay.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from benchmarks.importing.registers import write_csv, write_xlsx

_HERE = Path(__file__).parent
_FIGURES = _HERE / "figures.json"
_WAYS = {"xlsx": ("qianshao", "pandas", "pandas+calamine"), "csv": ("qianshao", "pandas")}
_KILLS = ("kills", "before_anything", "in_the_middle", "behind_the_end", "files", "rows")

Figures = dict[str, float]


def main() -> int:
    """Print and write the tables; 1 when a floor is missed or a row was lost or doubled."""
    given = _arguments().parse_args()
    kept = json.loads(_FIGURES.read_text(encoding="utf-8")) if _FIGURES.exists() else {"scale": {}, "kills": {}}
    if given.rows:
        kept["scale"].setdefault(str(given.rows), {}).update(_scale(given.rows, given.only))
    if given.kills:
        kept["kills"] = _kills(given.kills, given.killed_rows, given.seed)
    _FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    text = _report(kept)
    print(text)
    (_HERE / "results.md").write_text(text, encoding="utf-8")
    missed = _missed(kept)
    print("floors missed:" if missed else "all floors held", "; ".join(missed))
    return 1 if missed else 0


def _scale(rows: int, chosen: Sequence[str]) -> dict[str, Figures]:
    """Figures by kind of file and way; `chosen` names them as `xlsx qianshao`, all when it is empty."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for suffix, write in (("xlsx", write_xlsx), ("csv", write_csv)):
            ways = [way for way in _WAYS[suffix] if not chosen or f"{suffix} {way}" in chosen]
            path = write(Path(folder, f"register.{suffix}"), rows if ways else 0)
            for way in ways:
                with tempfile.TemporaryDirectory(dir=folder) as database:
                    found[f"{suffix} {way}"] = _measured(way, path, database)
                print(suffix, way, found[f"{suffix} {way}"], file=sys.stderr)
    return found


def _measured(way: str, path: Path, folder: str) -> Figures:
    command = [sys.executable, "-m", "benchmarks.importing.measure", way, str(path), folder]
    finished = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(finished.stdout)
    return {**figures, "rows_a_second": figures["rows"] / figures["seconds"], "file_bytes": path.stat().st_size}


def _kills(kills: int, rows: int, seed: int) -> dict[str, dict[str, object]]:
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        sqlite = nullcontext(f"sqlite:///{folder}/killed.db")
        for name, opened in (("SQLite", sqlite), ("PostgreSQL", postgres())):
            with opened as url:
                command = [sys.executable, "-m", "benchmarks.importing.kills", url]
                command += ["--kills", str(kills), "--rows", str(rows), "--seed", str(seed)]
                finished = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
                found[name] = json.loads(finished.stdout)
    return found


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server of its own: its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pgserver
    with tempfile.TemporaryDirectory(prefix="qianshao-pg-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


def _missed(kept: Mapping[str, Mapping[str, Any]]) -> list[str]:
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["importing"]
    missed = []
    for rows, scale in kept["scale"].items():
        for suffix in _WAYS:
            own, pandas = scale.get(f"{suffix} qianshao"), scale.get(f"{suffix} pandas")
            if own is None:
                continue
            if own["rows"] != int(rows):
                missed.append(f"{rows} {suffix}: {own['rows']} rows taken in")
            if own["megabytes"] > floors["megabytes"]:
                missed.append(f"{rows} {suffix}: {own['megabytes']:.0f} MB")
            share = pandas["cpu_seconds"] / own["cpu_seconds"] if pandas else float("inf")
            if share < floors[f"share_of_pandas_{suffix}"]:
                missed.append(f"{rows} {suffix}: {share:.2f} rows for one of pandas in the same CPU time")
    missed += [f"kills on {name}: {found['wrong']}" for name, found in kept["kills"].items() if found["wrong"]]
    return missed


def _report(kept: Mapping[str, Mapping[str, Any]]) -> str:
    lines = ["# Importing", "", "Written by `python -m benchmarks.importing.run`; the machine of the last run:", ""]
    lines += [f"{platform.machine()}, {os.cpu_count()} logical cores, Python {platform.python_version()}.", ""]
    lines += ["## Scale", ""]
    lines += [
        "Registers of twelve columns. Ours reads in a child process, checks every cell, encrypts, recognises what is",
        "there and keeps a receipt for every row; pandas (`read_excel` or `read_csv`, then `to_sql`) writes plain",
        "text. Memory is the most that the process and its children held at one moment (PSS). The machine did other",
        "work at the same time: CPU seconds compare, seconds do not.",
        "",
    ]
    scales = sorted(kept["scale"].items(), key=_number)
    lines += _table(
        ("rows", "file", "way", "seconds", "CPU seconds", "rows a second", "peak MB", "of these the reader"),
        [_scale_row(rows, name, one) for rows, scale in scales for name, one in scale.items()],
    )
    lines += ["", "## Kills", ""]
    lines += ["`kill -9` at random moments, the same file again, until it is in; then every row is counted.", ""]
    lines += _table(
        ("database", "kills", "before the first batch", "in the middle", "behind the end", "files", "rows", "wrong"),
        [(name, *(found[key] for key in _KILLS), len(found["wrong"])) for name, found in kept["kills"].items()],
    )
    return "\n".join(lines) + "\n"


def _number(item: tuple[str, object]) -> int:
    return int(item[0])


def _scale_row(rows: str, name: str, one: Mapping[str, float]) -> tuple[object, ...]:
    suffix, way = name.split()
    children = one["megabytes"] - one["own_megabytes"]
    seconds = (f"{one['seconds']:.0f}", f"{one['cpu_seconds']:.0f}", f"{one['rows_a_second']:,.0f}")
    return (f"{int(rows):,}", suffix, way, *seconds, f"{one['megabytes']:.0f}", f"{children:.0f}")


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join(map(str, line))} |" for line in lines]


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="0 to leave the scale out")
    parser.add_argument("--only", nargs="*", default=[], help="such as 'xlsx qianshao': measure no other")
    parser.add_argument("--kills", type=int, default=50, help="0 to leave the kills out")
    parser.add_argument("--killed-rows", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
