"""Rows a second and memory of reading one large xlsx: our reader beside calamine and openpyxl.

`python -m benchmarks.formats.run [--rows 200000] [--readers ours,calamine,openpyxl] [--file FILE]`; prints a JSON line
for each. Every reader runs in a process of its own; ours counts the reading process too. Memory is the highest resident
size, looked at twenty times a second.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
import psutil
from python_calamine import CalamineWorkbook

from benchmarks.formats.register import write_register
from importers.formats.opening import open_parts
from importers.formats.parts import Table

_INTERVAL = 0.05


def read_ours(path: Path) -> int:
    """Rows read by `open_parts`."""
    with open_parts(path) as parts:
        return sum(sum(1 for _ in part.rows) for part in parts if isinstance(part, Table))


def read_calamine(path: Path) -> int:
    """Rows read by calamine."""
    return sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())


def read_openpyxl(path: Path) -> int:
    """Rows read by openpyxl in its read-only mode."""
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


_READERS = {"ours": read_ours, "calamine": read_calamine, "openpyxl": read_openpyxl}


def measure(reader: str, path: Path) -> dict[str, object]:
    """One reader in a process of its own."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.formats.run", "--read", reader, "--file", str(path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    watched = psutil.Process(process.pid)
    highest = 0
    while process.poll() is None:
        highest = max(highest, _resident(watched))
        time.sleep(_INTERVAL)
    seconds = time.perf_counter() - began
    rows = int(process.communicate()[0])
    return {
        "reader": reader,
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(rows / seconds),
        "peak_mb": highest >> 20,
    }


def _resident(watched: psutil.Process) -> int:
    total = 0
    try:
        for process in [watched, *watched.children(recursive=True)]:
            total += process.memory_info().rss
    except psutil.Error:
        return total
    return total


def main() -> None:
    """Measure the readers one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--readers", default="ours,calamine,openpyxl")
    parser.add_argument("--file", type=Path, help="measure with this file instead of one made for it")
    parser.add_argument("--read", choices=list(_READERS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        print(_READERS[given.read](given.file))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = given.file or Path(folder, "register.xlsx")
        if given.file is None:
            write_register(path, given.rows)
        for reader in given.readers.split(","):
            print(json.dumps(measure(reader, path)), flush=True)


if __name__ == "__main__":
    main()
