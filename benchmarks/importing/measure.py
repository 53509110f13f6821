"""One way of bringing a register into a database, in a process of its own: its seconds, rows and memory.

`python -m benchmarks.importing.measure {qianshao,pandas} FILE FOLDER` prints one JSON line.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

import psutil

_EVERY_SECONDS = 0.2
_BATCH = 10_000
_Result = TypeVar("_Result")


class PeakMemory(threading.Thread):
    """The most that this process and its children held at one moment, pages that they share counted once."""

    def __init__(self) -> None:
        """Look at this process."""
        super().__init__(daemon=True)
        self._own = psutil.Process()
        self._stop_looking = threading.Event()
        self.bytes = 0
        self.own_bytes = 0

    def run(self) -> None:
        """Look until told to stop."""
        while not self._stop_looking.wait(_EVERY_SECONDS):
            held = [self._held(process) for process in (self._own, *self._own.children(recursive=True))]
            self.bytes, self.own_bytes = max(self.bytes, sum(held)), max(self.own_bytes, held[0])

    def stop(self) -> None:
        """Look no more."""
        self._stop_looking.set()
        self.join()

    @staticmethod
    def _held(process: psutil.Process) -> int:
        try:
            return int(process.memory_full_info().pss)
        except psutil.Error:
            return 0


def figures_of(task: Callable[[], _Result]) -> tuple[_Result, dict[str, float]]:
    """What the task returned, and what it took: seconds, CPU seconds and peak megabytes, its children's among them."""
    peak = PeakMemory()
    peak.start()
    started, cpu = time.perf_counter(), time.process_time()
    result = task()
    seconds = time.perf_counter() - started
    peak.stop()
    children = psutil.Process().cpu_times()
    return result, {
        "seconds": seconds,
        "cpu_seconds": time.process_time() - cpu + children.children_user + children.children_system,
        "megabytes": peak.bytes / (1 << 20),
        "own_megabytes": peak.own_bytes / (1 << 20),
    }


def with_qianshao(path: Path, folder: Path) -> int:
    """Rows taken in, each with a receipt, encrypted, by number and content."""
    from benchmarks.importing.kills import KEY, import_once
    from storage.schema import upgrade

    url = f"sqlite:///{folder / 'qianshao.db'}"
    upgrade(url, KEY)
    return import_once(url, path).accepted


def with_pandas(path: Path, folder: Path, engine: Literal["openpyxl", "calamine"] = "openpyxl") -> int:
    """Rows written by `read_excel` or `read_csv` and `to_sql`: no receipt, no encryption, nothing recognised again."""
    import pandas
    from sqlalchemy import create_engine

    if path.suffix == ".csv":
        frame = pandas.read_csv(path, encoding="gb18030", dtype=str)
    else:
        frame = pandas.read_excel(path, dtype=str, engine=engine)
    database = create_engine(f"sqlite:///{folder / 'pandas.db'}")
    frame.to_sql("petitions", database, index=False, chunksize=_BATCH)
    return len(frame)


def with_calamine(path: Path, folder: Path) -> int:
    """The same as `with_pandas`, the workbook read by the faster of its two readers."""
    return with_pandas(path, folder, "calamine")


_WAYS = {"qianshao": with_qianshao, "pandas": with_pandas, "pandas+calamine": with_calamine}


def main() -> None:
    """Print what was measured."""
    way, path, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    rows, figures = figures_of(lambda: _WAYS[way](path, folder))
    print(json.dumps({"rows": rows, **figures}))


if __name__ == "__main__":
    main()
