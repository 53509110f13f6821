"""What the reading process takes from itself before it looks at the first byte: memory, time, files, the network."""

import os
import resource
import shutil
import sys
from pathlib import Path

from importers.formats.confined.converter import CONVERTER, SOCKETS
from importers.formats.confined.landlock import restrict
from importers.formats.confined.seccomp import refuse_sockets
from importers.formats.limits import Limits

_SHARED = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/fonts",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system",
    "/dev/urandom",
    "/dev/null",
)
"""Of the system: libraries, time zones, kinds of files, fonts, the number of cores."""
_FOR_THE_CONVERTER = (
    "/bin",
    "/etc/libreoffice",
    "/etc/passwd",
    "/etc/nsswitch.conf",
    "/var/spool/libreoffice",
    "/var/cache/fontconfig",
    "/proc",
    "/sys",
    "/dev/random",
    "/dev/zero",
)
"""What LibreOffice reads besides, of itself and of the system; of other processes the kernel shows it names alone."""
_OPEN_FILES = 256
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = ("socket.", "os.exec", "os.system", "os.posix_spawn", "os.spawn", "os.fork", "pty.")
_CHANGING = frozenset({"os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.truncate"})


def confine(limits: Limits, folder: Path) -> None:
    """Set the limits of the kernel and close what a parser of documents has no business with; no way back.

    The kernel's limits, Landlock and seccomp hold whatever runs in the process: it reads the program and what the
    system shares, writes into `folder`, opens no socket, and signals nobody outside. Where they are missing (Linux
    before 5.13, other systems) the audit hook still stops parsers written in Python from writing files outside
    `folder`, sockets and programs; it does not hold against machine code that took the process over.
    """
    _limit(resource.RLIMIT_AS, limits.memory_bytes, max(limits.memory_bytes, limits.conversion_memory_bytes))
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    _limit(resource.RLIMIT_FSIZE, limits.temporary_bytes, limits.temporary_bytes)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0, 0)
    converter = shutil.which(CONVERTER)
    restrict(folder, SOCKETS if converter else None, _readable(converter))
    refuse_sockets(local_allowed=converter is not None)
    sys.addaudithook(lambda event, details: _forbid(event, details, str(folder)))


def _readable(converter: str | None) -> list[Path]:
    """What a parser needs to read: the interpreter, its libraries, our own code for it, and what the system shares.

    Never a whole folder of the deployment: keys, database and registers may lie beside the program.
    """
    own = Path(__file__).parents[3]
    installed = (Path(entry) for entry in sys.path if Path(entry).name in {"site-packages", "dist-packages"})
    program = (own / "importers", own / "domain", Path(sys.prefix), Path(sys.base_prefix), *installed)
    shared = [Path(name) for name in _SHARED]
    if converter is not None:
        shared += [Path(converter).resolve().parents[1], *(Path(name) for name in _FOR_THE_CONVERTER)]
    return [*program, *shared]


def widen_memory() -> None:
    """In the converter's process, before it starts: LibreOffice reserves more address space than a parser needs."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def allow_memory(most: int) -> None:
    """Let this process reserve up to `most` bytes, as far as it may: for a reader that is known to need them."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _limit(kind: int, soft: int, hard: int) -> None:
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(kind, (soft, hard))


def _forbid(event: str, details: tuple[object, ...], folder: str) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "subprocess.Popen" and Path(str(details[0])).name != CONVERTER:
        raise PermissionError(event)
    writes = event == "open" and isinstance(details[2], int) and details[2] & _WRITING
    if (writes or event in _CHANGING) and not _is_ours(details[0], folder):
        raise PermissionError(event)


def _is_ours(path: object, folder: str) -> bool:
    """Inside the folder; a number is a file that is open already."""
    if not isinstance(path, str | bytes | os.PathLike):
        return True
    name = os.path.realpath(os.fsdecode(path))
    return name == os.devnull or name == folder or name.startswith(folder + os.sep)
