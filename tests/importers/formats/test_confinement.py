"""What the reading process can no longer do. Each attempt runs in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from importers.formats.limits import standard_limits

_PROGRAM = """
import sys
from pathlib import Path
from importers.formats import confinement
from importers.formats.limits import standard_limits
if {without_landlock}:
    confinement.restrict = lambda *folders: False
if {without_hook}:
    sys.addaudithook = lambda hook: None
confinement.confine(standard_limits(), Path.cwd())
try:
    {attempt}
except MemoryError:
    print("no memory")
except OSError as exc:
    print("refused")
else:
    print("done")
"""


def _attempt(folder: Path, attempt: str, *, landlock: bool = True, hook: bool = True) -> str:
    program = _PROGRAM.format(attempt=attempt, without_landlock=not landlock, without_hook=not hook)
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


FORBIDDEN = [
    "open('../outside.txt', 'w')",
    "Path('../outside').mkdir()",
    "Path('../kept.txt').unlink()",
    "__import__('socket').create_connection(('127.0.0.1', 9))",
]


@pytest.mark.parametrize("attempt", FORBIDDEN)
def test_it_writes_nowhere_else_and_speaks_to_nobody(tmp_path: Path, attempt: str) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (tmp_path / "kept.txt").write_text("kept")
    assert _attempt(folder, attempt) == "refused"
    assert _attempt(folder, attempt, landlock=False) == "refused"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.txt", "own"]


@pytest.mark.parametrize("attempt", ["__import__('os').system('true')", "__import__('subprocess').run(['true'])"])
def test_it_starts_no_programs(tmp_path: Path, attempt: str) -> None:
    assert _attempt(tmp_path, attempt) == "refused"


def test_the_kernel_forbids_writing_even_without_the_hook(tmp_path: Path) -> None:
    if "True" not in _attempt(tmp_path, "print(confinement.restrict(Path.cwd()))"):
        pytest.skip("a kernel without Landlock")
    folder = tmp_path / "own"
    folder.mkdir()
    assert _attempt(folder, FORBIDDEN[0], hook=False) == "refused"


def test_its_own_folder_is_open(tmp_path: Path) -> None:
    assert _attempt(tmp_path, "open('inside.txt', 'w').close()") == "done"


def test_memory_ends_at_the_limit(tmp_path: Path) -> None:
    assert _attempt(tmp_path, f"bytearray({standard_limits().memory_bytes})") == "no memory"
