"""A small deployment in a folder, run by the same commands a person types."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

from examples.kehu.build import PETITIONS, TICKETS
from examples.kehu.texts_format import HERE

ROOT = HERE.parent.parent


class Command(Protocol):
    """Runs one command in a home to its end."""

    def __call__(self, home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]: ...


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a deployment in this home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QIANSHAO_")}
    return {**kept, "QIANSHAO_HOME": str(home), **more}


def qianshao(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "commands", *arguments],
        env=environment(home, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def set_up(home: Path) -> None:
    """The example county with its registers taken in and nothing processed yet."""
    assert qianshao(home, "init", "--example", "kehu").returncode == 0
    taken = qianshao(home, "import", "petitions", str(HERE / PETITIONS), str(HERE / TICKETS))
    assert taken.returncode in {0, 1}, taken.stderr


def crawl(home: Path, address: str) -> subprocess.CompletedProcess[str]:
    """Crawl the example's site."""
    return qianshao(home, "source", "crawl", "--json", QIANSHAO_SOURCE_VARIABLES=json.dumps({"site": address}))


def leads(home: Path, command: Command = qianshao) -> list[dict[str, object]]:
    """All leads without the moments at which they were opened."""
    listed = command(home, "lead", "list", "--limit", "10000", "--json")
    found = [json.loads(line) for line in listed.stdout.splitlines()]
    return sorted(
        ({key: value for key, value in one.items() if key not in {"opened_at", "due"}} for one in found),
        key=lambda one: str(one["id"]),
    )
