"""A large register handed in through the page and the interface: what the web process holds meanwhile.

`python -m benchmarks.review.uploads FILE [--after 60]`: FILE is handed in twice to `qianshao serve` over an empty
home, on the page as a browser does, then by a key. Prints one JSON line for each way: seconds, and megabytes of the web
process before, at most while the file came, and at most in the seconds after, when the file is previewed (page) or
imported (key). What the reading process holds is counted apart.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import httpx2
import psutil

from benchmarks.review.cadres import sign_in
from commands.accounts import add_account
from commands.api_keys import create_key
from domain.accounts.api_key import KeyScope
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from pipeline.deployment import make_deployment

_COUNTY = RegionCode("141124")
_RULES = Path(__file__).parents[2] / "review" / "sign_in" / "sign_in.toml"
_EVERY_SECONDS = 0.05


class _Watch(threading.Thread):
    """The most that a process, and those that it started, hold."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self._process, self._ended = process, threading.Event()
        self.most = self.most_of_readers = 0

    def run(self) -> None:
        while not self._ended.wait(_EVERY_SECONDS):
            self.most = max(self.most, _held(self._process))
            self.most_of_readers = max(self.most_of_readers, *map(_held, self._process.children(recursive=True)), 0)

    def __enter__(self) -> "_Watch":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()


def _held(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss) >> 20
    except psutil.Error:
        return 0


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description="What the web process holds while a large file is handed in.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--after", type=float, default=60.0, help="seconds that are watched after each upload")
    given = parser.parse_args()
    path, after = given.file, given.after
    with tempfile.TemporaryDirectory(prefix="qianshao-uploads-") as folder:
        os.environ["QIANSHAO_HOME"] = folder
        Path(folder, "settings.toml").write_text(f'sign_in = "{_without_second_factor(Path(folder))}"\n')
        _run("init", "--example", "kehu")
        deployment = make_deployment()
        password = add_account(deployment, "clerk", Role.CLERK, _COUNTY, "王登记", must_change=False)
        key = create_key(deployment, "benchmark", _COUNTY, frozenset({KeyScope.SUBMIT_PETITIONS}))
        with _served() as (address, process):
            browser = sign_in(address, "clerk", password)
            token = re.search(r'name="csrf" value="(\w+)"', browser.get("/imports").text)
            fields = {"csrf": token[1] if token else ""}
            _measure("page", path, process, browser, "/imports", fields, after)
            program = httpx2.Client(base_url=address, timeout=600, headers={"Authorization": f"Bearer {key}"})
            _measure("interface", path, process, program, "/api/v1/imports", {}, after)


def _measure(
    way: str,
    path: Path,
    process: psutil.Process,
    client: httpx2.Client,
    address: str,
    fields: dict[str, str],
    seconds_after: float,
) -> None:
    before, began = _held(process), time.perf_counter()
    with path.open("rb") as file, _Watch(process) as coming:
        answer = _sent(client, address, fields, file)
        seconds = time.perf_counter() - began
    with _Watch(process) as after:
        if "location" in answer.headers:
            client.get(answer.headers["location"])
        time.sleep(seconds_after)
    figures = {
        "way": way,
        "answer": answer.status_code,
        "file_megabytes": path.stat().st_size >> 20,
        "seconds": round(seconds, 1),
        "before": before,
        "while_it_came": coming.most,
        "afterwards": after.most,
        "reading_processes": after.most_of_readers,
    }
    print(json.dumps(figures), flush=True)


def _sent(client: httpx2.Client, address: str, fields: dict[str, str], file: BinaryIO) -> httpx2.Response:
    return client.post(address, data=fields, files={"file": ("register.xlsx", file)}, timeout=600)


def _without_second_factor(home: Path) -> Path:
    """The shipped rules, so that a name and a password are enough."""
    written = re.sub(r"^second_factor_roles = .*$", "second_factor_roles = []", _RULES.read_text("utf-8"), flags=re.M)
    path = home / "sign_in.toml"
    path.write_text(written, encoding="utf-8")
    return path


def _run(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "commands", *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@contextmanager
def _served() -> Iterator[tuple[str, psutil.Process]]:
    """Address and process of the pages."""
    serving = subprocess.Popen(
        [sys.executable, "-m", "commands", "serve", "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    assert serving.stderr is not None
    try:
        for line in serving.stderr:
            if found := re.search(r"http://\S+", line):
                yield found[0], psutil.Process(serving.pid)
                return
        raise RuntimeError("the pages were not served")
    finally:
        serving.terminate()
        serving.wait()


if __name__ == "__main__":
    main()
