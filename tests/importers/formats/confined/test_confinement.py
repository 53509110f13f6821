"""What the reading process can no longer do. Each attempt runs in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from importers.formats.confined.converter import CONVERTER
from importers.formats.limits import standard_limits

_PROGRAM = """
import sys
from pathlib import Path
from importers.formats.confined import confinement
from importers.formats.confined.converter import CONVERTER
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


def _attempt(
    folder: Path, attempt: str, *, landlock: bool = True, hook: bool = True, path: str = "/usr/bin:/bin"
) -> str:
    program = _PROGRAM.format(attempt=attempt, without_landlock=not landlock, without_hook=not hook)
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[4]), "PATH": path},
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


LIBC = "libc = __import__('ctypes').CDLL(None, use_errno=True)"
MACHINE_CODE = [
    ("open('../keys/field.key').read()", "refused"),
    ("__import__('os').listdir('..')", "refused"),
    (f"{LIBC}; print(libc.socket(2, 2, 0))", "-1"),
    (f"{LIBC}; print(libc.socket(1, 1, 0))", "-1"),
    (f"{LIBC}; print(libc.syscall(425, 1, None))", "-1"),
    (f"{LIBC}; print(libc.kill(__import__('os').getppid(), 0))", "-1"),
    (f"{LIBC}; print(libc.setpgid(0, 0))", "-1"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="of this kernel")
@pytest.mark.parametrize(("attempt", "said"), MACHINE_CODE)
def test_the_kernel_refuses_machine_code_too(tmp_path: Path, attempt: str, said: str) -> None:
    if "True" not in _attempt(tmp_path, "print(confinement.restrict(Path.cwd()))"):
        pytest.skip("a kernel without Landlock")
    folder = tmp_path / "own"
    folder.mkdir()
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "field.key").write_text("invented")

    assert _attempt(folder, attempt, hook=False, path=str(folder)).split("\n")[0] == said


def test_where_libreoffice_is_installed_keys_stay_unreadable_too(tmp_path: Path) -> None:
    if "True" not in _attempt(tmp_path, "print(confinement.restrict(Path.cwd()))"):
        pytest.skip("a kernel without Landlock")
    folder, programs = tmp_path / "own", tmp_path / "LibreOffice" / "program"
    folder.mkdir()
    programs.mkdir(parents=True)
    (programs / CONVERTER).write_text("#!/bin/sh\n")
    (programs / CONVERTER).chmod(0o755)
    (tmp_path / "field.key").write_text("invented")

    assert _attempt(folder, "open('../field.key').read()", hook=False, path=str(programs)) == "refused"


def test_parsers_are_still_found_and_read_what_the_system_shares(tmp_path: Path) -> None:
    attempt = "import openpyxl, docx, zoneinfo; zoneinfo.ZoneInfo('Asia/Shanghai')"
    assert _attempt(tmp_path, attempt) == "done"


def test_with_a_converter_sockets_within_the_machine_stay(tmp_path: Path) -> None:
    attempt = (
        "from importers.formats.confined.seccomp import refuse_sockets; refuse_sockets(local_allowed=True); "
        "import socket; socket.socket(socket.AF_UNIX).close(); socket.socket(socket.AF_INET)"
    )
    program = f"try:\n    {attempt}\nexcept PermissionError as exc:\n    print('refused')"
    environment = {"PYTHONPATH": str(Path(__file__).parents[4])}
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "refused"
